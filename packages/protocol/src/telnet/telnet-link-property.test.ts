import * as fc from 'fast-check';
import { LineDecoder } from '../line-decoder';
import type { LineEnd } from '../line-decoder';
import { Negotiation } from './negotiation';
import type { OptionPolicy, OptionSide } from './negotiation';
import {
  Replay,
  commands,
  isSize,
  isType,
  says,
  tells,
  together,
  types,
} from './telnet-replay.suite';
import { telnetOption } from './telnet';
import type { NegotiationVerb, TelnetCommand } from './telnet';
import { TelnetLink } from './telnet-link';

const lineEnd = fc.constantFrom<LineEnd>('lf', 'crlf', 'crnul');
const verb = fc.constantFrom<NegotiationVerb>('will', 'wont', 'do', 'dont');
const anyOption = fc.oneof(
  { arbitrary: fc.constantFrom(1, 3, 6, 24, 25, 31), weight: 4 },
  { arbitrary: fc.integer({ min: 0, max: 255 }), weight: 1 },
);
const negotiation = fc.record({ verb, option: anyOption });
// Pieces that mean something to a link, in any order, and bytes that mean nothing.
const piece = fc.oneof(
  negotiation.map((said) => says(said.verb, said.option)),
  fc.constantFrom(...['XTERM', 'TINTIN++', 'MTTS 329', 'DUMB', 'vt100', ''].map(isType)),
  fc.tuple(fc.nat(65_535), fc.nat(65_535)).map(([columns, rows]) => isSize(columns, rows)),
  fc.uint8Array({ maxLength: 6 }).map((payload) => tells('windowSize', ...payload)),
  fc.uint8Array({ maxLength: 50 }).map((payload) => tells('terminalType', ...payload)),
  fc.constantFrom('one\r\n', 'two\n', 'three\r\0', 'x', '\r').map(types),
  fc.constantFrom('ip', 'ayt', 'nop', 'eof', 'ec', 'el', 'susp').map(commands),
  fc.uint8Array({ maxLength: 8 }),
);
const pieces = fc.array(piece, { maxLength: 40 });

test('any bytes, cut anywhere, are read without a throw and with the same answers', () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
      const bytes = together(...parts);
      const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
      bounds.sort((a, b) => a - b);
      const cut = bounds.map((bound, index) => bytes.subarray(bound, bounds[index + 1]));
      const whole = new Replay([bytes]);
      const inPieces = new Replay(cut.slice(0, -1));
      expect(inPieces.sent).toEqual(whole.sent);
      expect([inPieces.link.mode, inPieces.link.traits]).toEqual([
        whole.link.mode,
        whole.link.traits,
      ]);
    }),
    { numRuns: 1000 },
  );
});

test('nc never gets an IAC, whatever its user sends after the first line', () => {
  const text = fc.stringMatching(/^[ -~]*$/);
  fc.assert(
    fc.property(text, pieces, (first, parts) => {
      const replay = new Replay([types(`${first}\n`), ...parts]);
      expect(replay.sent).toEqual([]);
      expect(replay.link.isTelnet).toBe(false);
      expect(replay.transcript.filter((line) => !line.startsWith('client: '))).toEqual([]);
    }),
  );
});

test('who never negotiates gets the one question at most', () => {
  const text = fc.stringMatching(/^[ -~]*$/);
  const line = fc.tuple(text, fc.constantFrom('\n', '\r\n', '\r\0')).map((said) => said.join(''));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const replay = new Replay(lines.map(types));
      expect([0, 5]).toContain(replay.sent.length);
      expect(replay.link.mode).toBe('plain');
    }),
  );
});

/** Negotiations of the server's, each as its verb and option, from a transcript's line. */
function negotiationsIn(line: string): string[] {
  return line.match(/\b(?:WILL|WONT|DO|DONT) \w+/g) ?? [];
}

test('a hostile client gets no more than it asks for, but for the questions of the server', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const replay = new Replay(parts);
      const count = (who: string) =>
        replay.transcript.filter((line) => line.startsWith(who)).flatMap(negotiationsIn).length;
      // DO NAWS, DO TTYPE, and ECHO with SGA both when it is judged, which may be twice.
      const questions = 2 + 2 * 2;
      // Each DONT may withdraw the other option of a terminal, which had been asked for or agreed on.
      expect(count('server: ')).toBeLessThanOrEqual(2 * count('client: ') + questions);
    }),
    { numRuns: 500 },
  );
});

test('commands and line ends in any order never throw', () => {
  const step = fc.oneof(lineEnd, negotiation);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const link = new TelnetLink();
      for (const one of steps) {
        if (typeof one === 'string') link.lineRead(one);
        else link.receive(one);
      }
      expect(['plain', 'line', 'terminal']).toContain(link.mode);
      expect(link.keepalive === undefined).toBe(!link.isTelnet);
    }),
  );
});

/** A client that follows the Q method, with a mind of its own, and its server. */
class Client {
  readonly negotiation = new Negotiation();
  readonly server = new Replay();
  readonly #decoder = new LineDecoder({ lineBytesMax: 1024 });
  readonly #names: string[];
  #read = 0;

  constructor(
    private readonly policies: Partial<Record<number, OptionPolicy>>,
    names: readonly string[],
  ) {
    this.#names = [...names];
  }

  send(bytes: Uint8Array | undefined): void {
    if (bytes !== undefined) this.server.read(bytes);
  }

  /** Reads all that has been sent so far; false if there was nothing. */
  read(): boolean {
    const bytes = Uint8Array.from(this.server.sent.slice(this.#read));
    this.#read = this.server.sent.length;
    for (const input of this.#decoder.decode(bytes)) {
      if (input.kind === 'telnet') this.#answer(input.command);
    }
    return bytes.length > 0;
  }

  #answer(command: TelnetCommand): void {
    if (command.verb === 'sb') {
      // The last one is told again and again, as RFC 1091 has it.
      const name = this.#names.length > 1 ? this.#names.shift() : this.#names[0];
      if (name !== undefined) this.send(isType(name));
    } else if ('option' in command) {
      const policy = this.policies[command.option] ?? 'refuse';
      this.send(this.negotiation.receive(command.verb, command.option, policy));
    }
  }
}

const { echo, suppressGoAhead, terminalType, endOfRecord, windowSize, binary } = telnetOption;
const options = [echo, suppressGoAhead, terminalType, endOfRecord, windowSize, binary];
const decision = fc.constantFrom<OptionPolicy>('accept', 'refuse');
const policies = fc.record({
  [echo]: decision,
  [suppressGoAhead]: decision,
  [terminalType]: decision,
  [windowSize]: decision,
});
const wish = fc.record({
  side: fc.constantFrom<OptionSide>('us', 'him'),
  option: fc.constantFrom(...options),
  isOn: fc.boolean(),
});
const act = fc.oneof(wish, fc.constant('read'), fc.constant('line'));
const names = fc.array(fc.constantFrom('xterm', 'dumb', 'tintin++', 'mtts 8'), { maxLength: 3 });

test('with a client that follows the Q method it never loops, and in the end both agree', () => {
  fc.assert(
    fc.property(policies, names, fc.array(act, { maxLength: 30 }), (decides, told, acts) => {
      const client = new Client(decides, told);
      for (const one of acts) {
        if (one === 'read') client.read();
        else if (one === 'line') client.send(types('x\r\n'));
        else if (typeof one !== 'string') {
          client.send(client.negotiation.want(one.side, one.option, one.isOn));
        }
      }
      let rounds = 0;
      const settle = () => {
        while (rounds < 100 && client.read()) rounds += 1;
      };
      settle();
      for (let line = 0; line < 3; line += 1) client.send(types('x\r\n'));
      settle();
      expect(rounds).toBeLessThan(100);
      for (const option of options) {
        expect(['yes', 'no']).toContain(client.negotiation.state('us', option));
        expect(['yes', 'no']).toContain(client.negotiation.state('him', option));
      }
      const isAtTerminal = [echo, suppressGoAhead].every(
        (option) => client.negotiation.state('him', option) === 'yes',
      );
      expect(client.server.link.mode === 'terminal').toBe(isAtTerminal);
    }),
    { numRuns: 1000 },
  );
});
