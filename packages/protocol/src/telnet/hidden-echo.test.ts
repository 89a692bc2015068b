import * as fc from 'fast-check';
import { Replay, isType, says, sentWords, together, types } from './telnet-replay.suite';

/** A MUD client, which edits its lines itself. */
function inLineMode(): Replay {
  const replay = new Replay([
    says('will', 'terminalType'),
    ...['MUDLET', 'xterm', 'MTTS 9'].map(isType),
  ]);
  expect(replay.link.mode).toBe('line');
  return replay;
}

/** What hiding, or showing again, has sent. */
function hides(replay: Replay, isHidden: boolean): string {
  const bytes = replay.link.hideEcho(isHidden);
  return bytes === undefined ? '' : sentWords(bytes);
}

test('a client in line mode leaves showing to the server for as long as it hides', () => {
  const replay = inLineMode();
  expect(hides(replay, true)).toBe('WILL echo');
  expect(replay.link.showsNoEcho).toBe(false);
  expect(replay.read(says('do', 'echo'))).toEqual(['client: DO echo']);
  expect([replay.link.showsNoEcho, replay.link.mode]).toEqual([true, 'line']);
  expect(hides(replay, false)).toBe('WONT echo');
  expect(replay.read(says('dont', 'echo'))).toEqual(['client: DONT echo']);
  expect([replay.link.showsNoEcho, replay.link.mode]).toEqual([false, 'line']);
});

test('a client that goes on showing is not asked again and again', () => {
  const replay = inLineMode();
  hides(replay, true);
  expect(replay.read(says('dont', 'echo'))).toEqual(['client: DONT echo']);
  expect(replay.link.showsNoEcho).toBe(false);
  expect(hides(replay, false)).toBe('');
});

test('a terminal is told nothing, since it shows what it is sent', () => {
  const replay = new Replay([says('will', 'terminalType'), isType('xterm'), isType('xterm')]);
  replay.read(together(says('do', 'echo'), says('do', 'suppressGoAhead')));
  expect([hides(replay, true), hides(replay, false)]).toEqual(['', '']);
  expect([replay.link.showsNoEcho, replay.link.mode]).toEqual([false, 'terminal']);
});

test('a client that turns out to speak telnet while a secret is asked for hides it from then on', () => {
  const replay = new Replay([types('one\r\n')]);
  expect(hides(replay, true)).toBe('');
  expect(replay.read(says('will', 'terminalType'))).toEqual([
    'client: WILL terminalType',
    'server: DO windowSize, WILL echo, SB terminalType 1',
  ]);
  replay.read(together(says('do', 'echo'), isType('xterm'), isType('xterm')));
  expect(replay.link.showsNoEcho).toBe(true);
  replay.read(says('do', 'suppressGoAhead'));
  expect([replay.link.showsNoEcho, replay.link.mode]).toEqual([false, 'terminal']);
  expect(hides(replay, false)).toBe('');
});

test('whichever client it turns out to be, it keeps hiding until the secret is there', () => {
  const replay = new Replay([types('one\r\n')]);
  hides(replay, true);
  replay.read(together(says('will', 'terminalType'), says('do', 'echo')));
  const told = ['MUDLET', 'xterm', 'MTTS 9'].flatMap((name) => replay.read(isType(name)));
  expect(told.join()).not.toContain('echo');
  expect([replay.link.showsNoEcho, replay.link.mode]).toEqual([true, 'line']);
  expect(hides(replay, false)).toBe('WONT echo');
});

test('nc is sent nothing, whatever is asked', () => {
  const replay = new Replay([types('one\n')]);
  expect([hides(replay, true), hides(replay, false)]).toEqual(['', '']);
});

test('whatever a client answers, hiding comes to an end, and never goes back and forth', () => {
  const said = fc.constantFrom(
    ...(['do', 'dont'] as const).flatMap((verb) => [
      says(verb, 'echo'),
      says(verb, 'suppressGoAhead'),
    ]),
  );
  const step = fc.oneof(said, fc.boolean());
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 30 }), (isMud, steps) => {
      const names = isMud ? ['MUDLET', 'xterm', 'MTTS 9'] : ['xterm', 'xterm'];
      const replay = new Replay([says('will', 'terminalType'), ...names.map(isType)]);
      for (const each of steps) {
        const before = replay.sent.length;
        if (typeof each === 'boolean') replay.link.hideEcho(each);
        else replay.read(each);
        // At most both options are answered, each once.
        expect(replay.sent.length - before).toBeLessThanOrEqual(6);
      }
      replay.link.hideEcho(false);
      replay.read(together(says('dont', 'echo'), says('dont', 'suppressGoAhead')));
      replay.read(together(says('dont', 'echo'), says('dont', 'suppressGoAhead')));
      expect([replay.link.showsNoEcho, replay.link.mode]).toEqual([false, 'line']);
    }),
  );
});
