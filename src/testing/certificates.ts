// A certificate authority of a test's own and a certificate for 127.0.0.1 that it signed, made by openssl.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of PEM files. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  /** Key and certificate in one file, as Kafka reads them. */
  readonly store: string;
}

/** Makes the files in a folder. Every user may read them: the broker may run as another. */
export function makeCertificates(folder: string): Certificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', [...args], { stdio: 'pipe' });
  };
  const request = ['-newkey', 'rsa:2048', '-nodes', '-days', '30'];
  openssl(
    'req',
    '-x509',
    ...request,
    '-subj',
    '/CN=Test authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  openssl(
    'req',
    ...request.slice(0, 3),
    '-subj',
    '/CN=127.0.0.1',
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
  );
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1\n');
  openssl(
    'x509',
    '-req',
    '-days',
    '30',
    '-in',
    at('server.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-extfile',
    at('names'),
    '-out',
    at('server.pem'),
  );
  writeFileSync(
    at('store.pem'),
    readFileSync(at('server.key'), 'utf8') +
      readFileSync(at('server.pem'), 'utf8'),
  );
  for (const name of ['server.key', 'store.pem']) chmodSync(at(name), 0o644);
  chmodSync(folder, 0o755);
  return {
    authority: at('ca.pem'),
    certificate: at('server.pem'),
    key: at('server.key'),
    store: at('store.pem'),
  };
}
