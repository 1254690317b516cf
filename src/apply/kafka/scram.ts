// A password to what a broker keeps of it (RFC 5802): the broker never sees the password itself.
import type { ScramCredential } from './admin-requests.ts';

/** Kafka's own number of rounds for new users; its minimum is 4096. */
const iterations = 8192;

/** Derives a user's credential with a fresh salt. */
export async function scramCredential(
  user: string,
  mechanism: string,
  password: string,
): Promise<ScramCredential> {
  const hash = mechanism === 'SCRAM-SHA-256' ? 'SHA-256' : 'SHA-512';
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(password),
    'PBKDF2',
    false,
    ['deriveBits'],
  );
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash, salt, iterations },
    key,
    hash === 'SHA-256' ? 256 : 512,
  );
  const saltedPassword = new Uint8Array(bits);
  return { user, mechanism, iterations, salt, saltedPassword };
}
