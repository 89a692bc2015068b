import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Inputs by which something did not hold once. */
export interface Fixture {
  /** What did not hold. */
  readonly why: string;
  /** As the target makes them; fed together. */
  readonly inputs: readonly unknown[];
}

const folder = join(__dirname, '../fixtures');

/** What was found of a target, by the file's name. */
export function fixturesOf(target: string): readonly (readonly [name: string, Fixture])[] {
  return namesIn(join(folder, target)).map((name) => {
    const text = readFileSync(join(folder, target, name), 'utf8');
    return [name, JSON.parse(text) as Fixture];
  });
}

/** Writes a finding below a folder, and answers where. */
export function keepFixture(into: string, target: string, name: string, fixture: Fixture): string {
  const path = join(into, target, `${name}.json`);
  mkdirSync(join(into, target), { recursive: true });
  writeFileSync(path, `${JSON.stringify(fixture, null, 2)}\n`);
  return path;
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
