import { texts } from '@chat-server/protocol';
import * as fc from 'fast-check';
import { CountedLineEncoder, hasTime, readAgeUs, userName } from './counted-line';
import { scanLines } from './line-scanner';

const indent = ' '.repeat(texts.said(userName(0), '').length);

/** A said line as a narrow window shows it. */
function wrapped(user: number, sequence: number, sentAtUs?: number): string {
  const text = new CountedLineEncoder('').encode([{ sequence, sentAtUs }]).toString().trimEnd();
  const padding = text.lastIndexOf(' ') + 1;
  const first = texts.said(userName(user), text.slice(0, padding)).trimEnd();
  return `${first}\r\n${indent}${text.slice(padding)}\r\n`;
}

function found(stream: string, cuts: readonly number[] = []): string[] {
  const lines: string[] = [];
  const bytes = Buffer.from(stream);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  let start = 0;
  for (const end of ends.toSorted((a, b) => a - b)) {
    start = scanLines(bytes, start, end, {
      counted: (writer, sequence, all, textAt) => {
        const age = hasTime(all, textAt) ? ` ${readAgeUs(all, textAt, 1_500)}` : '';
        lines.push(`counted ${writer} ${sequence}${age}`);
      },
      joined: (user) => lines.push(`joined ${user}`),
      other: (all, from, to) => lines.push(`other ${all.toString('latin1', from, to).trimEnd()}`),
    });
  }
  return lines;
}

test('a counted line in two rows is one, with its time and without', () => {
  const stream = `${wrapped(3, 7)}${wrapped(4, 8, 1_000)}[u00005]: hi\r\n`;
  expect(found(stream)).toEqual(['counted 3 7', 'counted 4 8 500', 'other [u00005]: hi']);
});

test('it makes no difference how a stream is cut into chunks', () => {
  const line = fc.constantFrom(wrapped(3, 7), wrapped(4, 8, 1_000), '[u00005]: #\r\n');
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      expect(found(lines.join(''), cuts)).toEqual(found(lines.join('')));
    }),
  );
});

test.each([undefined, 1_000])('one that lacks a byte is not taken for one', (sentAtUs) => {
  const line = wrapped(3, 7, sentAtUs);
  const next = wrapped(4, 8);
  for (let at = 0; at < line.length; at++) {
    const lines = found(line.slice(0, at) + line.slice(at + 1) + next);
    expect(lines.filter((one) => one.startsWith('counted 3'))).toEqual([]);
  }
});
