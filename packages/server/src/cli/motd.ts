import { readFileSync } from 'node:fs';
import { sanitizeText } from '@chat-server/protocol';

/** The lines of a message of the day. Throws an error of one line when the file cannot be read. */
export function readMotd(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).map(sanitizeText);
  } catch (error) {
    throw new Error(`Cannot read the message of the day: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
