import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'chat-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Files of a certificate for localhost that nobody trusts who is not told to, with that name in it. */
export function makeCertificate(name = 'localhost'): {
  readonly certificate: string;
  readonly key: string;
} {
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject, ...files],
    { stdio: 'ignore' },
  );
  return { certificate, key };
}
