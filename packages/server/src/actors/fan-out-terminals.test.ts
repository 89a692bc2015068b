import { type Look, Terminal } from '@chat-server/terminal';
import { LineDisplay, TerminalDisplay } from '../clients/display';
import { Batch } from './batch';
import { FakeMember } from './fake-member.suite';
import { catchUp, fanOut } from './fan-out';
import { Ring } from './ring';

const one = new FakeMember('one');
const bell = '\u0007';

const look: Look = {
  columns: 80,
  colours: 0,
  theme: 'any',
  isScreenReader: false,
  clock: undefined,
};

/** Someone at a terminal, who has typed this much of a line. */
function atTerminal(name: string, typed = '', drawn: Look = look): FakeMember {
  const member = new FakeMember(name);
  const { peer } = member;
  const terminal = new Terminal({
    write: (text) => peer.write(text),
    size: { columns: drawn.columns, rows: 24 },
    lineBytesMax: 1_024,
    complete: () => ({ start: 0, candidates: [] }),
  });
  terminal.prompt = '#Planes> ';
  terminal.type(Buffer.from(typed));
  terminal.next();
  member.display = new TerminalDisplay(peer, terminal, drawn);
  member.display.flush();
  return member;
}

function ringOf(...lines: readonly string[]): Ring {
  const ring = new Ring(100);
  ring.push(
    1,
    lines.map((line) => one.said(line)),
  );
  return ring;
}

test('a terminal gets the lines in one write, with the line being typed away before and back behind', () => {
  const member = atTerminal('reader', 'half');
  const before = member.peer.transcript.all.length;
  fanOut([member.seat(0)], ringOf('hi', 'there'), 0, 'Planes');
  expect(member.peer.shared).toHaveLength(1);
  expect(member.peer.transcript.all.slice(before)).toBe(
    '\r\u001B[J[one]: hi\r\n[one]: there\r\n#Planes> half',
  );
});

test('an author at a terminal reads their own words where the room has them', () => {
  const author = atTerminal('author');
  const ring = new Ring(100);
  ring.push(1, [one.said('hi'), author.said('mine'), one.said('ho')]);
  fanOut([author.seat(0)], ring, 0, 'Planes');
  expect(author.peer.transcript.all).toContain('[one]: hi\r\n[author]: mine\r\n[one]: ho\r\n');
});

test('all who have the same look share what was drawn, and plain members what is on the wire', () => {
  const batch = new Batch(ringOf('hi'), 0, 'Planes');
  expect(batch.as({ ...look })).toBe(batch.as({ ...look }));
  expect(batch.as(look)).not.toBe(batch.as({ ...look, colours: 256 }));
  expect(batch.as(undefined)).toBe(batch.as(undefined));
  expect(Buffer.from(batch.as(undefined).bytesFrom(0)).toString()).toBe('[one]: hi\r\n');
});

test('a client that edits lines itself gets them drawn, and no copy of its own words', () => {
  const author = new FakeMember('author');
  author.display = new LineDisplay(author.peer, { ...look, columns: 24 });
  const ring = new Ring(100);
  ring.push(1, [one.said('the quick brown fox'), author.said('mine')]);
  fanOut([author.seat(0)], ring, 0, 'Planes');
  expect(author.lines).toEqual(['[one]: the quick brown', '       fox']);
});

describe('the bell', () => {
  test.each([
    ['one: anna, look', true],
    ['Anna!', true],
    ['annabel is here', false],
    ['hi all', false],
  ])('for %j rings: %s', (text, rings) => {
    const anna = atTerminal('anna');
    anna.mentionKey = 'anna';
    fanOut([anna.seat(0)], ringOf('before', text), 0, 'Planes');
    expect(anna.peer.transcript.all.includes(bell)).toBe(rings);
  });

  test('does not ring for what one says oneself, nor for who does not want it', () => {
    const anna = atTerminal('anna');
    anna.mentionKey = 'anna';
    const quiet = atTerminal('bert');
    const ring = new Ring(100);
    ring.push(1, [anna.said('I am anna, bert')]);
    fanOut([anna.seat(0), quiet.seat(0)], ring, 0, 'Planes');
    expect(anna.peer.transcript.all).not.toContain(bell);
    expect(quiet.peer.transcript.all).not.toContain(bell);
  });
});

test('a screen that cannot be drawn costs neither the room nor the others anything', () => {
  const broken = atTerminal('broken');
  const failure = new Error('a bug');
  broken.display = {
    ...broken.display,
    look: undefined,
    showsOwnWords: true,
    showShared() {
      throw failure;
    },
    show() {
      throw failure;
    },
  };
  const other = new FakeMember('other');
  const seat = broken.seat(0);
  const ring = ringOf('hi');
  fanOut([seat, other.seat(0)], ring, 0, 'Planes');
  expect(broken.failures).toEqual([failure]);
  expect(other.lines).toEqual(['[one]: hi']);
  ring.push(2, [one.said('ho')]);
  catchUp(seat, ring, 'Planes');
  expect(broken.failures).toEqual([failure, failure]);
  expect(seat.cursor).toBe(2);
});
