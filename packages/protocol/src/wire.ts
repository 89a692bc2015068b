import { sanitizeText } from './sanitize';

/**
 * A line as it is sent: sanitised and ended with CR LF (RFC 854).
 *
 * The whole line is sanitised, since no text of the protocol's own contains a control: what a user
 * typed is made harmless here once more, by whichever way it got in. Its UTF-8 never contains the
 * byte 255, so there is no IAC to double.
 */
export function toWire(line: string): string {
  return `${sanitizeText(line)}\r\n`;
}
