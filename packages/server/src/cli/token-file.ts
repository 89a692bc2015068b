import { readFileSync } from 'node:fs';

/** What could be guessed is no token. */
const tokenCharactersMin = 16;

/**
 * The token that operators show, from its file. Throws an error of one line, without anything of
 * what is in the file.
 */
export function readToken(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`Cannot read the token's file: ${(error as Error).message}`, { cause: error });
  }
  if (!isToken(token)) {
    throw new Error(
      `The token's file ${file} must hold ${tokenCharactersMin} or more letters, digits and signs, in one line.`,
    );
  }
  return token;
}

/** Whether a text can be a token: long enough, and of what a header can hold. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text) && text.length >= tokenCharactersMin;
}
