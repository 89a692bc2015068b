import type { Colours } from './client-identity';

/** What a client has told about itself; undefined is what it has not told, or not yet. */
export interface ClientTraits {
  /** In lower case, of 40 characters at most, printable ASCII. */
  readonly terminalType: string | undefined;
  readonly colours: Colours;
  readonly isScreenReader: boolean;
  /** In character cells, from 1 to 65,535: a client may claim anything. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  readonly isUtf8: boolean | undefined;
}

export const unknownTraits: ClientTraits = {
  terminalType: undefined,
  colours: 0,
  isScreenReader: false,
  columns: undefined,
  rows: undefined,
  isUtf8: undefined,
};
