// What to do about a certificate that is not trusted, after the words of whoever refused it.

/** Adds the way to trust a broker's own authority to a reason that is about a certificate. */
export function withTrustHint(reason: string): string {
  return /certificate/i.test(reason)
    ? `${reason}. To trust the authority that signed it, name its PEM file by --ca or in NODE_EXTRA_CA_CERTS`
    : reason;
}
