import type { Key, KeyName } from './key';

/** The longest that a key of the tables below, or a cursor report, may have. */
export const parametersLengthMax = 16;

/** A sequence of a key as xterm's ctlseqs names its parts, such as CSI `1;5` C. */
export interface KeySequence {
  readonly introducer: 'csi' | 'ss3';
  readonly parameters: string;
  /** Its last character, which tells what it is. */
  readonly final: string;
  /** Whether one more ESC stood before it, which is Alt for PuTTY and rxvt. */
  readonly isAfterEscape: boolean;
}

const nameByFinal: ReadonlyMap<string, KeyName> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['F', 'end'],
  ['H', 'home'],
]);
// The VT220's editing keys; rxvt has numbers of its own for Home and End.
const nameByNumber: ReadonlyMap<number, KeyName> = new Map([
  [1, 'home'],
  [3, 'delete'],
  [4, 'end'],
  [7, 'home'],
  [8, 'end'],
]);
// Enter on a keypad in application mode, and rxvt's arrows with Ctrl.
const nameBySs3Final: ReadonlyMap<string, KeyName> = new Map([
  ['M', 'enter'],
  ['a', 'up'],
  ['b', 'down'],
  ['c', 'word-right'],
  ['d', 'word-left'],
]);
const byWord: ReadonlyMap<KeyName, KeyName> = new Map([
  ['left', 'word-left'],
  ['right', 'word-right'],
  ['delete', 'delete-word-right'],
]);
const shift = 1;

/** The key of a sequence, or where a paste starts; undefined for what has no use in a line. */
export function keyOfSequence(sequence: KeySequence): Key | 'paste-start' | undefined {
  const numbers = numbersOf(sequence.parameters);
  if (numbers === undefined) return undefined;
  const { introducer, final } = sequence;
  const [first = 0, second = 0] = numbers;
  if (introducer === 'csi') {
    if (final === '~' && first === 200) return 'paste-start';
    if (final === 'R' && numbers.length === 2 && first > 0 && second > 0) {
      return { kind: 'cursor-report', row: first, column: second };
    }
    if (final === 'Z') return { kind: 'key', name: 'shift-tab' };
  }
  const name = nameOf(introducer, first, final);
  if (name === undefined) return undefined;
  // Before xterm's form CSI 1 ; modifier C there was CSI modifier C.
  const modifier = final === '~' || numbers.length > 1 ? second : first;
  const isByWord = sequence.isAfterEscape || modifier - 1 > shift;
  return { kind: 'key', name: (isByWord ? byWord.get(name) : undefined) ?? name };
}

function nameOf(introducer: 'csi' | 'ss3', first: number, final: string): KeyName | undefined {
  if (introducer === 'ss3') return nameByFinal.get(final) ?? nameBySs3Final.get(final);
  return final === '~' ? nameByNumber.get(first) : nameByFinal.get(final);
}

/** Private sequences, colons and what is absurdly large have no numbers. */
function numbersOf(parameters: string): number[] | undefined {
  if (parameters.length > parametersLengthMax || !/^[\d;]*$/.test(parameters)) return undefined;
  const numbers = parameters.split(';').map(Number);
  return numbers.every((each) => each <= 0xffff) ? numbers : undefined;
}
