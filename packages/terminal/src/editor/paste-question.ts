import type { Key, KeyName } from '../keys/key';

// No is also the answer that is given by default.
const noKeys: ReadonlySet<KeyName> = new Set([
  'enter',
  'cancel',
  'escape',
  'interrupt',
  'end-of-input',
]);

/** Whether several pasted lines are to be sent: what is in a clipboard may surprise its owner. */
export class PasteQuestion {
  readonly kind = 'question';

  constructor(readonly lines: readonly string[]) {}

  get prompt(): string {
    return `Send ${this.lines.length} lines? [y/N] `;
  }

  /** Undefined for what is no answer, such as a paste that begins with the right letter. */
  answer(key: Key): 'yes' | 'no' | undefined {
    if (key.kind === 'key') return noKeys.has(key.name) ? 'no' : undefined;
    if (key.kind !== 'text') return undefined;
    const letter = key.text.toLowerCase();
    if (letter === 'y') return 'yes';
    return letter === 'n' ? 'no' : undefined;
  }
}
