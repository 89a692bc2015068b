import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A script that Redis runs at once and as a whole; all of ours can be run again without harm. */
export interface RedisScript {
  readonly source: string;
  /** Under which Redis keeps it. */
  readonly sha: string;
}

function script(...files: readonly string[]): RedisScript {
  const source = files.map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/** The scripts beside this file; each says at its top what it takes and returns. */
export const scripts = {
  append: script('channel.lua', 'append.lua'),
  readAfter: script('read-after.lua'),
  readTail: script('read-tail.lua'),
  drop: script('channel.lua', 'drop.lua'),
  claims: script('channel.lua', 'claims.lua'),
  readClaims: script('read-claims.lua'),
  readDocuments: script('read-documents.lua'),
  changeDocument: script('change-document.lua'),
} as const;
