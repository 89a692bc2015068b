import type { TelnetCommand } from './telnet';

/**
 * How a client sends what is typed. A `plain` one knows no telnet, or is not known yet, and sends
 * lines; one in `line` mode is a telnet client that edits and shows its line by itself; one in
 * `terminal` mode sends each key, and shows what it is sent and nothing else.
 */
export type ClientMode = 'plain' | 'line' | 'terminal';

/** What becomes of one telnet command or one line end; to be acted on in the order given. */
export type TelnetEvent =
  /** These bytes are to be sent as they are. */
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** The client's traits have changed. */
  | { readonly kind: 'traits' }
  /** From the very next byte that is received on, the client is in this mode. */
  | { readonly kind: 'mode'; readonly mode: ClientMode }
  | ControlEvent;

/** A control function that the user asked for, as a client in line mode sends them (RFC 854). */
export type ControlEvent =
  /** IP, BRK or ABORT: what ^C and its like stand for. */
  | { readonly kind: 'interrupt' }
  /** EOF: what ^D stands for (RFC 1184). */
  | { readonly kind: 'end-of-input' }
  /** AYT: to be answered with something that can be seen. */
  | { readonly kind: 'are-you-there' }
  | { readonly kind: 'erase-character' }
  | { readonly kind: 'erase-line' };

const controls: Partial<Record<TelnetCommand['verb'], ControlEvent>> = {
  ip: { kind: 'interrupt' },
  brk: { kind: 'interrupt' },
  abort: { kind: 'interrupt' },
  eof: { kind: 'end-of-input' },
  ayt: { kind: 'are-you-there' },
  ec: { kind: 'erase-character' },
  el: { kind: 'erase-line' },
};

/**
 * The control function that a command stands for, if it does. SUSP is none: who steps out for a
 * moment has not said that the line, or the chat, is over.
 */
export function controlOf(command: TelnetCommand): ControlEvent | undefined {
  return controls[command.verb];
}
