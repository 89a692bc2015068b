/** How many colours a client can be sent. */
export type Colours = 0 | 16 | 256;

/**
 * How a client wants to be dealt with: with its keys read one by one, by the line, or by the line
 * with its prompts marked, as MUD clients like them.
 */
export type ClientManner = 'terminal' | 'line' | 'mud';

/** Who a client is, by what it has answered to questions after its terminal type. */
export interface ClientIdentity {
  readonly manner: ClientManner;
  /** In lower case; undefined if it told none. */
  readonly terminalType: string | undefined;
  readonly colours: Colours;
  readonly isScreenReader: boolean;
  /** Undefined if it did not say. */
  readonly isUtf8: boolean | undefined;
}

/** The bits of the Mud Terminal Type Standard, https://tintin.mudhalla.net/protocols/mtts/. */
const mttsBit = { ansi: 1, utf8: 4, colours256: 8, screenReader: 64, truecolour: 256 } as const;

const mudClients = [
  'atlantis',
  'axmud',
  'beip',
  'blightmud',
  'cmud',
  'kildclient',
  'mudlet',
  'mudrammer',
  'mushclient',
  'potato',
  'tintin++',
  'zmud',
];
const withoutTerminal = /^(?:dumb.*|unknown|network.*)?$/;
// The second half are terminals of today that do not say in their names how many they have.
const has256Colours = /256color|truecolor|direct|alacritty|foot|ghostty|kitty|wezterm/;
const has16Colours =
  /^(?:ansi|cygwin|konsole|linux|putty|rxvt|screen|tmux|vt[2-5]\d\d|xterm)|color/;

/**
 * Who a client is: `names` are its terminal types as it listed them (RFC 1091), in lower case, and
 * `mtts` the bits of its `MTTS <bits>`, if it answered so.
 *
 * A client that knows MTTS, or whose first name is that of a MUD client, is one; its first name is
 * then its own and the second its terminal's. A client that shows what is typed by itself unless
 * told otherwise would mask it as a password if the server echoed.
 */
export function identifyClient(names: readonly string[], mtts: number | undefined): ClientIdentity {
  const [first, second] = names;
  const isMud = mtts !== undefined || isMudClient(first ?? '');
  const terminalType = isMud ? (second ?? first) : first;
  const bits = mtts ?? 0;
  return {
    manner: isMud ? 'mud' : mannerOf(terminalType ?? ''),
    terminalType,
    colours: coloursOf(terminalType ?? '', bits),
    isScreenReader: (bits & mttsBit.screenReader) !== 0,
    isUtf8: mtts === undefined ? undefined : (mtts & mttsBit.utf8) !== 0,
  };
}

/** The bits of an answer like `mtts 137`, in lower case; undefined if it is another answer. */
export function mttsBits(name: string): number | undefined {
  const digits = /^mtts (\d{1,9})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isMudClient(name: string): boolean {
  return mudClients.some((client) => name.startsWith(client));
}

function mannerOf(terminalType: string): ClientManner {
  return withoutTerminal.test(terminalType) ? 'line' : 'terminal';
}

function coloursOf(terminalType: string, bits: number): Colours {
  const many = mttsBit.colours256 | mttsBit.truecolour;
  if ((bits & many) !== 0 || has256Colours.test(terminalType)) return 256;
  return (bits & mttsBit.ansi) !== 0 || has16Colours.test(terminalType) ? 16 : 0;
}
