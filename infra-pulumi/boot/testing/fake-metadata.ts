import { createServer } from 'node:http';
import { once } from 'node:events';
import type { Cleanups } from './cleanups';
import { metadataAddress } from './network';

/** The role's keys that instances get, for a while. */
export const roleKeys = {
  id: 'ASIATESTTESTTESTTEST',
  secret: 'the/secret+key/that/nobody/may/see=',
  token: 'the-session-token//that+nobody/may-see==',
} as const;

const sessionToken = 'a-token-of-the-metadata-service==';
const role = 'chat-role';

/** The instance metadata service, version 2 only: without a token it says nothing. */
export async function startFakeMetadata(cleanups: Cleanups): Promise<void> {
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    if (method === 'PUT' && url === '/latest/api/token') {
      const asked = headers['x-aws-ec2-metadata-token-ttl-seconds'] !== undefined;
      response.writeHead(asked ? 200 : 400).end(asked ? sessionToken : '');
    } else if (headers['x-aws-ec2-metadata-token'] !== sessionToken) {
      response.writeHead(401).end();
    } else {
      const answer = answers[url ?? ''];
      response.writeHead(answer === undefined ? 404 : 200).end(answer);
    }
  });
  server.listen(80, metadataAddress);
  await once(server, 'listening');
  cleanups.add(() => server.close());
}

const answers: Readonly<Record<string, string>> = {
  '/latest/meta-data/iam/security-credentials/': role,
  [`/latest/meta-data/iam/security-credentials/${role}`]: JSON.stringify(
    {
      Code: 'Success',
      LastUpdated: '2026-01-01T00:00:00Z',
      Type: 'AWS-HMAC',
      AccessKeyId: roleKeys.id,
      SecretAccessKey: roleKeys.secret,
      Token: roleKeys.token,
      Expiration: '2036-01-01T00:00:00Z',
    },
    undefined,
    2,
  ),
};
