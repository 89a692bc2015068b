import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands';

/** A certificate that only the test image trusts, and its files. */
export interface Certificate {
  readonly authorityFile: string;
  readonly keyFile: string;
  readonly certificateFile: string;
}

/** Makes an authority, and a certificate of it for these names. */
export async function certificateFor(
  names: readonly string[],
  folder: string,
): Promise<Certificate> {
  const file = (name: string) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-keyout', file('ca.key'), '-out', file('ca.crt'), '-subj', '/CN=Test CA'];
  await run('openssl', ['req', '-x509', '-days', '2', ...key, ...authority]);
  const request = ['-keyout', file('server.key'), '-out', file('server.csr'), '-subj', '/CN=test'];
  await run('openssl', ['req', ...key, ...request]);
  writeFileSync(file('names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  const signer = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial'];
  const signed = ['-in', file('server.csr'), '-out', file('server.crt'), '-extfile', file('names')];
  await run('openssl', ['x509', '-req', '-days', '2', ...signer, ...signed]);
  return {
    authorityFile: file('ca.crt'),
    keyFile: file('server.key'),
    certificateFile: file('server.crt'),
  };
}

export function pem(file: string): string {
  return readFileSync(file, 'utf8');
}
