import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BootSettings, encodedUserDataOf, userDataOf } from './user-data';

const boot: BootSettings = {
  repository: 'https://git.example/chat.git',
  commit: '0123456789abcdef0123456789abcdef01234567',
  port: 8080,
  httpPort: 8081,
  storeEndpoint: 'master.store.example:6379',
  storeTls: true,
  storeSecretId: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:store-AbCdEf',
  storeUrl: '',
  region: 'eu-central-1',
  hookName: 'chat-prod-ready',
  asgName: 'chat-prod',
  logGroup: '/chat/chat-prod',
};

test('the settings are exported, and the bytes of the boot script follow', () => {
  const script = '#!/usr/bin/env bash\necho "grüße\t$1"\n';
  expect(userDataOf(boot, script)).toBe(
    `#!/bin/bash
export CHAT_REPOSITORY='https://git.example/chat.git'
export CHAT_COMMIT='0123456789abcdef0123456789abcdef01234567'
export CHAT_PORT='8080'
export CHAT_HTTP_PORT='8081'
export CHAT_STORE_ENDPOINT='master.store.example:6379'
export CHAT_STORE_TLS='true'
export CHAT_STORE_SECRET_ID='arn:aws:secretsmanager:eu-central-1:123456789012:secret:store-AbCdEf'
export CHAT_STORE_URL=''
export AWS_REGION='eu-central-1'
export CHAT_HOOK_NAME='chat-prod-ready'
export CHAT_ASG_NAME='chat-prod'
export CHAT_LOG_GROUP='/chat/chat-prod'
${script}`,
  );
});

test.each(["it's", '$(touch /tmp/x)', '`id`', '"; id; "', 'a\nb', String.raw`\'`, '$HOME !!', ''])(
  'bash reads %j as it was written',
  (value) => {
    const script = userDataOf({ ...boot, storeUrl: value }, 'printf %s "$CHAT_STORE_URL"');
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe(value);
  },
);

test('a NUL, which bash cannot hold, is refused', () => {
  expect(() => userDataOf({ ...boot, storeUrl: 'a\0b' }, '')).toThrow('has a NUL in it');
});

test('what is not a whole commit is refused', () => {
  expect(() => userDataOf({ ...boot, commit: 'main' }, '')).toThrow(
    'ref: "main" is not a commit; give one of 40 hexadecimal digits',
  );
});

test('what EC2 would refuse for its size is refused with a word', () => {
  const room = 16_384 - Buffer.byteLength(userDataOf(boot, ''));
  const fits = Buffer.from(encodedUserDataOf(boot, '#'.repeat(room)), 'base64');
  expect(fits).toHaveLength(16_384);
  expect(() => encodedUserDataOf(boot, '#'.repeat(room + 1))).toThrow(
    'boot.sh: the user-data has 16385 bytes, 16384 are allowed; shorten boot.sh',
  );
  // It is bytes that count: this has two of them.
  expect(() => encodedUserDataOf(boot, `${'#'.repeat(room - 1)}ü`)).toThrow('16385 bytes');
});

test('the boot script of this repository fits, is valid bash, and comes through unchanged', () => {
  const script = readFileSync(join(__dirname, '..', 'boot', 'boot.sh'), 'utf8');
  const decoded = Buffer.from(encodedUserDataOf(boot, script), 'base64').toString('utf8');
  expect(decoded.endsWith(script)).toBe(true);
  execFileSync('bash', ['-n'], { input: decoded });
});
