// A PEM file of certificate authorities, trusted beside the usual ones.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as askHttp } from 'node:http';
import { request as askHttps } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HostError } from '../core/host.ts';
import type { HttpFetch, HttpQuestion } from '../core/http.ts';

const certificate =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads the authorities of a PEM file; answers them after those that Node trusts, NODE_EXTRA_CA_CERTS among them.
 * Throws: `HostError` when the file cannot be read or holds no certificate.
 */
export async function readAuthorities(
  file: string,
  extra: string | undefined,
): Promise<readonly string[]> {
  const own = await certificatesOf(file);
  const more =
    extra === undefined || extra === '' ? [] : await certificatesOf(extra);
  return [...rootCertificates, ...more, ...own];
}

async function certificatesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new HostError(`cannot read the authorities in ${file}`, {
      cause: error,
    });
  });
  const found = text.match(certificate) ?? [];
  if (found.length === 0)
    throw new HostError(
      `${file} holds no certificate: it has to be PEM, with "-----BEGIN CERTIFICATE-----"`,
    );
  const broken = found.findIndex((pem) => !isCertificate(pem));
  if (broken >= 0)
    throw new HostError(
      `certificate ${broken + 1} of ${file} cannot be read as one`,
    );
  return found;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).fingerprint256 !== '';
  } catch {
    return false;
  }
}

/** Makes a `fetch` that trusts exactly these authorities; the global one cannot be told. */
export function fetchTrusting(authorities: readonly string[]): HttpFetch {
  return async (url, question) =>
    new Promise((resolve, reject) => {
      const isSecure = url.startsWith('https:');
      const { method, headers, body, signal } = question;
      const options = { method, headers: withLength(headers, body), signal };
      const ask = isSecure
        ? askHttps(url, { ...options, ca: [...authorities], agent: false })
        : askHttp(url, options);
      ask.once('error', reject);
      ask.once('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            text: async () => Promise.resolve(text),
          });
        });
      });
      ask.end(body);
    });
}

const withLength = (
  headers: HttpQuestion['headers'],
  body: string | undefined,
): Readonly<Record<string, string>> =>
  body === undefined
    ? headers
    : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
