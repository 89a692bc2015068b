import * as fc from 'fast-check';
import { telnet, TerminalStream } from './terminal-stream';

const { iac, sb, se, will } = telnet;
const area = '#r00000> half a line';
const erase = '\r\x1b[J';
const said = (text: string): string => `\x1b[38;5;198m[u00002]\x1b[m: ${text}\r\n`;

/** What is left of a stream that comes in chunks, as a connection has it. */
function shown(stream: Buffer, cuts: readonly number[] = []): string {
  const terminal = new TerminalStream(() => undefined);
  const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length];
  let left = Buffer.alloc(0);
  let from = 0;
  for (const end of ends.toSorted((a, b) => a - b)) {
    const bytes = Buffer.concat([left, stream.subarray(from, end)]);
    left = bytes.subarray(0, terminal.visible(bytes, left.length, bytes.length));
    from = end;
  }
  return left.toString('latin1');
}

test('rows are left as plain lines, and what is being typed where it is not erased', () => {
  const stream = `${area}${erase}${said('hi')}${said('there')}${area}`;
  expect(shown(Buffer.from(stream))).toBe(`[u00002]: hi\r\n[u00002]: there\r\n${area}`);
});

test('an area of several rows is erased as a whole', () => {
  const stream = `${area}${area}\x1b[A${erase}${said('hi')}${area} \r\x1b[2A${erase}`;
  expect(shown(Buffer.from(stream))).toBe('[u00002]: hi\r\n');
});

test('what is not erased from its start on stays there', () => {
  expect(shown(Buffer.from(`${area}\x1b[J${said('hi')}`))).toBe(`${area}[u00002]: hi\r\n`);
});

test('a row that is printed behind what is being typed stays there', () => {
  expect(shown(Buffer.from(`${area}${said('hi')}`))).toBe(`${area}[u00002]: hi\r\n`);
});

test('bells, modes and telnet commands are not seen', () => {
  const stream = Buffer.concat([
    Buffer.from('a\x07\x1b[?2004h'),
    Buffer.of(iac, will, 1, 0, iac, sb, 24, 1, iac, iac, 0x62, iac, se, iac, 241),
    Buffer.from('z'),
  ]);
  expect(shown(stream)).toBe('az');
});

test('commands are told with their option', () => {
  const told: number[][] = [];
  const terminal = new TerminalStream((verb, option) => told.push([verb, option]));
  const bytes = Buffer.of(iac, telnet.do, 24, iac, sb, 24, 1, iac, se, iac, will, 3);
  expect(terminal.visible(bytes, 0, bytes.length)).toBe(0);
  expect(told).toEqual([
    [telnet.do, 24],
    [sb, 24],
    [will, 3],
  ]);
});

test('it makes no difference how a stream is cut into chunks', () => {
  const part = fc.constantFrom(
    area,
    erase,
    said('hi'),
    '\x1b[12G',
    '\x1b[A',
    '\r\n',
    '\xff\xfb\x01',
  );
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat()), (parts, cuts) => {
      const stream = Buffer.from(parts.join(''), 'latin1');
      expect(shown(stream, cuts)).toBe(shown(stream));
    }),
  );
});
