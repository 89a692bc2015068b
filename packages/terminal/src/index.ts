export type { Candidates } from './editor/completion';
export { LineEditor } from './editor/line-editor';
export { KeyDecoder } from './keys/key-decoder';
export { type Look, lookKey, renderLine } from './look/look';
export type { Around } from './screen/screen';
export { Terminal } from './terminal';
export type { Completer, TerminalEvent, TerminalOptions, TerminalSize } from './terminal';
export { widthOf } from './text-width';
