import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Why AWS would refuse this request, or nothing: its Signature Version 4 is computed again.
 * Only for requests without a query.
 */
export function signatureProblem(
  { method, path, headers, body }: SignedRequest,
  service: string,
  key: { readonly id: string; readonly secret: string },
): string | undefined {
  const match = authorization.exec(headers.authorization ?? '');
  if (match === null) return `no signature: ${headers.authorization}`;
  const [, id, day = '', region = '', signedFor, names = '', signature] = match;
  if (id !== key.id) return `signed with another key: ${id}`;
  if (signedFor !== service) return `signed for another service: ${signedFor}`;
  const canonical = [
    method,
    path,
    '',
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    hash(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const signingKey = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (current, part) => hmac(current, part),
    `AWS4${key.secret}`,
  );
  const expected = hmac(signingKey, toSign).toString('hex');
  return signature === expected ? undefined : 'the signature does not match';
}

function hash(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex');
}

function hmac(key: string | Buffer, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}
