import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../test-certificate.suite';
import { isSameCertificate, readCertificate, shownCertificate } from './certificate-files';

const folder = mkdtempSync(join(tmpdir(), 'chat-certificate-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const one = makeCertificate('one');
const two = makeCertificate('two');
const now = Date.now();
const dayMs = 86_400_000;

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function read(tlsCert?: string, tlsKey?: string, nowMs = now) {
  const files = { ...(tlsCert && { tlsCert }), ...(tlsKey && { tlsKey }) };
  return readCertificate({ tlsPort: 8443, ...files }, nowMs);
}

test('a certificate and its key are read from their files', () => {
  expect(read(one.certificate, one.key)).toEqual({
    certificate: readFileSync(one.certificate, 'utf8'),
    key: readFileSync(one.key, 'utf8'),
  });
});

test('without a port for it, there is none', () => {
  expect(readCertificate({}, now)).toBeUndefined();
});

test('a certificate is shown by its name and its last day, and told from others', () => {
  const pair = read(one.certificate, one.key);
  const lastDay = new Date(now + dayMs).toISOString().slice(0, 10);
  expect(shownCertificate(pair)).toBe(`CN=one, until ${lastDay}`);
  expect(isSameCertificate(pair, read(one.certificate, one.key))).toBe(true);
  expect(isSameCertificate(pair, read(two.certificate, two.key))).toBe(false);
});

test('files that are not good for a server are told, and what to do', () => {
  const garbage = written('garbage.pem', 'garbage');
  const missing = join(folder, 'missing.pem');
  const expiry = new Date(now + dayMs).toISOString().slice(0, 10);
  const mistakes: [() => unknown, string][] = [
    [
      () => read(missing, one.key),
      `Cannot read the certificate for TLS: ENOENT: no such file or directory, open '${missing}'`,
    ],
    [
      () => read(one.certificate, missing),
      `Cannot read the key for TLS: ENOENT: no such file or directory, open '${missing}'`,
    ],
    [
      () => read(garbage, one.key),
      `There is no certificate in ${garbage}; give one in PEM form by --tls-cert.`,
    ],
    [
      () => read(one.certificate, one.key, now + 2 * dayMs),
      `The certificate in ${one.certificate} expired on ${expiry}; put a new one there.`,
    ],
    [
      () => read(one.certificate, two.key),
      `The key in ${two.key} is not that of the certificate in ${one.certificate}; give the two that belong together.`,
    ],
    [
      () => read(one.certificate),
      'A port with TLS needs a certificate and its key; give --tls-cert and --tls-key.',
    ],
    [
      () => readCertificate({ tlsCert: one.certificate, tlsKey: one.key }, now),
      'There is a certificate or a key but no port for it; give one by --tls-port.',
    ],
  ];
  for (const [mistake, line] of mistakes) {
    expect(mistake).toThrow(line);
  }
});

test('a key that is none is told without anything of it', () => {
  const garbage = written('key.pem', 'secret garbage');
  expect(() => read(one.certificate, garbage)).toThrow(/^(?!.*secret).* are not good for TLS/);
});
