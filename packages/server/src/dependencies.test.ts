import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const packages = join(root, 'packages');
const manifests = readdirSync(packages, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(packages, name))
  .concat(root, join(root, 'infra-pulumi'))
  .map((folder) => join(folder, 'package.json'));

type Versions = Readonly<Record<string, string>>;

/** All that the workspaces depend on, with its version. */
const dependencies = manifests.flatMap((path) => {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, Versions>>;
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];
  return kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
});

test('every dependency is pinned to one version', () => {
  expect(dependencies.length).toBeGreaterThan(20);
  const loose = dependencies.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

test('every dependency that is not ours is in the README, with its reason', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const rows = readme.matchAll(/^\| ([^|]+?) +\| +[^ |][^|]*\|$/gm);
  const named = new Set([...rows].flatMap(([, names = '']) => names.split(', ')));
  const ours = /^(?:@chat-server\/|chat-server$)/;
  const names = dependencies.map(([name]) => name).filter((name) => !ours.test(name));
  expect(names.filter((name) => !named.has(name))).toEqual([]);
});
