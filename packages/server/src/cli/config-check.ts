import type { Given, Sources } from './given';
import { readSettings } from './settings';

export interface Checked {
  readonly isFine: boolean;
  readonly lines: readonly string[];
}

/** What `chat-server config check` says of settings; they are only read. */
export function checkConfig(sources: Sources): Checked {
  const result = readSettings(sources);
  if (!result.ok) return { isFine: false, lines: result.problems };
  const { file, given } = result.settings;
  return { isFine: true, lines: [`${file ?? 'All that is set'} is fine:`, ...table(given)] };
}

/** All settings, and where each comes from. */
function table(given: readonly Given[]): string[] {
  const rows = given
    .filter(({ value }) => value !== undefined)
    .map(({ name, shown, where }) => ({ setting: `${name} = ${shown}`, where }));
  const width = Math.max(...rows.map(({ setting }) => setting.length));
  return rows.map(({ setting, where }) => `  ${setting.padEnd(width)}  # ${where}`);
}
