import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Certificate } from '../transports/certificate';

export interface CertificateFiles {
  readonly tlsPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/**
 * The certificate of a port with TLS and its key, from their files; undefined without such a port.
 * Throws an error of one line where they are not good for a server, without anything of the key.
 */
export function readCertificate(
  { tlsPort, tlsCert, tlsKey }: CertificateFiles,
  nowMs: number,
): Certificate | undefined {
  if (tlsPort === undefined) {
    if (tlsCert === undefined && tlsKey === undefined) return undefined;
    throw new Error('There is a certificate or a key but no port for it; give one by --tls-port.');
  }
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new Error(
      'A port with TLS needs a certificate and its key; give --tls-cert and --tls-key.',
    );
  }
  const certificate = readPem('certificate', tlsCert);
  const key = readPem('key', tlsKey);
  checkCertificate(certificate, tlsCert, nowMs);
  checkPair({ certificate, key }, tlsCert, tlsKey);
  return { certificate, key };
}

/** Whether it is the same in content, from whichever files. */
export function isSameCertificate(one?: Certificate, other?: Certificate): boolean {
  return one?.certificate === other?.certificate && one?.key === other?.key;
}

/** Whose a certificate is and until when, for people to read. */
export function shownCertificate(pair?: Certificate): string {
  if (pair === undefined) return '';
  const { subject, fingerprint256, validToDate } = new X509Certificate(pair.certificate);
  const name = subject?.replaceAll('\n', ', ') || fingerprint256;
  return `${name}, until ${dayOf(validToDate)}`;
}

function readPem(what: 'certificate' | 'key', file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read the ${what} for TLS: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function checkCertificate(pem: string, file: string, nowMs: number): void {
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(pem);
  } catch (error) {
    throw new Error(`There is no certificate in ${file}; give one in PEM form by --tls-cert.`, {
      cause: error,
    });
  }
  if (parsed.validToDate.getTime() > nowMs) return;
  throw new Error(
    `The certificate in ${file} expired on ${dayOf(parsed.validToDate)}; put a new one there.`,
  );
}

function checkPair({ certificate, key }: Certificate, certFile: string, keyFile: string): void {
  try {
    createSecureContext({ cert: certificate, key });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') {
      throw new Error(
        `The key in ${keyFile} is not that of the certificate in ${certFile}; give the two that belong together.`,
        { cause: error },
      );
    }
    throw new Error(
      `The certificate in ${certFile} and the key in ${keyFile} are not good for TLS (${message}); give both in PEM form, the key without a password.`,
      { cause: error },
    );
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
