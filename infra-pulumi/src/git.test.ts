import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf } from './commit';
import { lsRemote, originOf } from './git';

let folder = '';
let head = '';

function git(...parameters: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...parameters], { encoding: 'utf8' }).trim();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-git-'));
  git('init', '--quiet', '--initial-branch=main');
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@git.example'];
  git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'First');
  git(...identity, 'tag', '--annotate', '--message', 'One', 'v1');
  head = git('rev-parse', 'HEAD');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(['HEAD', 'main', 'v1', 'refs/heads/main', 'refs/tags/v1'])(
  'git itself resolves %s to the commit',
  (ref) => {
    expect(commitOf(folder, ref, lsRemote)).toBe(head);
  },
);

test('a repository that is not there is refused with one line', () => {
  expect(() => lsRemote(join(folder, 'nowhere'), ['main'])).toThrow(
    /^repository: git cannot list it \(.+\); check the URL and that anyone can clone it$/,
  );
});

test('the origin is told where it is an https URL', () => {
  expect(originOf(folder)).toBeUndefined();
  git('remote', 'add', 'origin', 'git@git.example:chat.git');
  expect(originOf(folder)).toBeUndefined();
  git('remote', 'set-url', 'origin', 'https://git.example/chat.git');
  expect(originOf(folder)).toBe('https://git.example/chat.git');
});
