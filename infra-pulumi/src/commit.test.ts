import { commitOf } from './commit';

const repository = 'https://git.example/chat.git';
const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

const listing = (...lines: readonly string[]) => jest.fn(() => `${lines.join('\n')}\n`);

test('a whole commit is taken as it is, and nobody asked', () => {
  const lsRemote = listing();
  expect(commitOf(repository, a, lsRemote)).toBe(a);
  expect(lsRemote).not.toHaveBeenCalled();
});

test('a branch is what it points to now', () => {
  const lsRemote = listing(`${b}\trefs/heads/feature/main`, `${a}\trefs/heads/main`);
  expect(commitOf(repository, 'main', lsRemote)).toBe(a);
  expect(lsRemote).toHaveBeenCalledWith(repository, ['main', 'main^{}']);
});

test('an annotated tag is the commit that it is about', () => {
  const lsRemote = listing(`${b}\trefs/tags/v1.0`, `${a}\trefs/tags/v1.0^{}`);
  expect(commitOf(repository, 'v1.0', lsRemote)).toBe(a);
});

test('HEAD and whole names are found too', () => {
  expect(commitOf(repository, 'HEAD', listing(`${a}\tHEAD`))).toBe(a);
  expect(commitOf(repository, 'refs/tags/v1', listing(`${a}\trefs/tags/v1`))).toBe(a);
});

test('a name that is a branch and a tag is refused', () => {
  const lsRemote = listing(`${a}\trefs/heads/v1`, `${b}\trefs/tags/v1`);
  expect(() => commitOf(repository, 'v1', lsRemote)).toThrow(
    'ref: "v1" is a branch and a tag; write refs/heads/v1 or refs/tags/v1',
  );
});

test.each([[[]], [[`${a}\trefs/heads/other/main`]], [[`short\trefs/heads/main`]]])(
  'a ref that is not there is refused',
  (lines) => {
    expect(() => commitOf(repository, 'main', listing(...lines))).toThrow(
      'ref: "main" is no branch or tag of the repository; push it, or give all 40 digits of a commit',
    );
  },
);
