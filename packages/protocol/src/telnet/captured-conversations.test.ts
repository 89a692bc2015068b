import { Replay, fromCapture } from './telnet-replay.suite';

test('inetutils telnet, as captured, is asked after its first line and then sends its keys', () => {
  const replay = new Replay(
    fromCapture(`
      6f 6e 65 0d 0a
      ff fb 18
      ff fb 1f ff fa 1f 00 50 00 18 ff f0 ff fa 18 00 58 54 45 52 4d 2d 32 35 36 43 4f 4c 4f 52 ff f0
      ff fa 18 00 58 54 45 52 4d 2d 32 35 36 43 4f 4c 4f 52 ff f0
      ff fd 01 ff fd 03
      68 c3 a9
      03
      ff fa 1f 00 64 00 18 ff f0
      0d 00
    `),
  );
  expect(replay.transcript).toEqual([
    'client: "one" crlf',
    'server: DO terminalType, keys "\\r\\u0000"',
    'client: WILL terminalType',
    'server: DO windowSize, SB terminalType 1',
    'client: WILL windowSize',
    'client: SB windowSize 0 80 0 24',
    'traits: ?, 0 colours, 80x24',
    'client: SB terminalType IS "XTERM-256COLOR"',
    'server: SB terminalType 1',
    'client: SB terminalType IS "XTERM-256COLOR"',
    'server: WILL echo, WILL suppressGoAhead',
    'traits: xterm-256color, 256 colours, 80x24',
    'client: DO echo',
    'client: DO suppressGoAhead',
    'mode: terminal',
    'client: keys "hé"',
    'client: keys "\\u0003"',
    'client: SB windowSize 0 100 0 24',
    'traits: xterm-256color, 256 colours, 100x24',
    'client: keys "\\r\\u0000"',
  ]);
});

test('inetutils telnet, as captured, can go to line mode and back', () => {
  const replay = new Replay(
    fromCapture(`
      6f 6e 65 0d 0a
      ff fb 18
      ff fb 1f ff fa 1f 00 50 00 18 ff f0 ff fa 18 00 58 54 45 52 4d ff f0
      ff fa 18 00 58 54 45 52 4d ff f0
      ff fd 01 ff fd 03
    `),
  );
  expect(replay.link.mode).toBe('terminal');
  const [modeLine, line, interrupt, modeCharacter, key] = fromCapture(`
    ff fe 03 ff fb 22 ff fe 01
    61 62 63 0d 0a
    ff f4 ff fd 06
    ff fd 03 ff fd 01
    78
  `).map((chunk) => replay.read(chunk));
  expect(modeLine).toEqual([
    'client: DONT suppressGoAhead',
    'server: WONT suppressGoAhead, WONT echo',
    'mode: line',
    'client: WILL linemode',
    'server: DONT linemode',
    'client: DONT echo',
  ]);
  expect(line).toEqual(['client: "abc" crlf']);
  expect(interrupt).toEqual([
    'client: IP',
    'interrupt',
    'client: DO timingMark',
    'server: WILL timingMark',
  ]);
  expect(modeCharacter).toEqual([
    'client: DO suppressGoAhead',
    'server: WILL suppressGoAhead',
    'client: DO echo',
    'server: WILL echo',
    'mode: terminal',
  ]);
  expect(key).toEqual(['client: keys "x"']);
});

test('inetutils telnet on a dumb terminal, as captured, keeps to its lines', () => {
  const replay = new Replay(
    fromCapture(`
      6f 6e 65 0d 0a
      ff fb 18
      ff fb 1f ff fa 1f 00 50 00 18 ff f0 ff fa 18 00 44 55 4d 42 ff f0
      ff fa 18 00 44 55 4d 42 ff f0
      61 62 63 0d 0a
    `),
  );
  expect(replay.transcript.slice(-5)).toEqual([
    'server: SB terminalType 1',
    'client: SB terminalType IS "DUMB"',
    'traits: dumb, 0 colours, 80x24',
    'mode: line',
    'client: "abc" crlf',
  ]);
});

test('PuTTY, as captured, opens by itself, and what it asks for is held until it is known', () => {
  const replay = new Replay(
    fromCapture(`
      ff fb 1f ff fb 20 ff fb 18 ff fb 27 ff fd 01 ff fb 03 ff fd 03
      ff fa 1f 00 50 00 18 ff f0
      ff fa 18 00 58 54 45 52 4d ff f0 ff fb 24
      ff fa 18 00 58 54 45 52 4d ff f0
      6f 6e 65 0d 00
    `),
  );
  expect(replay.transcript).toEqual([
    'client: WILL windowSize',
    'server: DO windowSize, DO terminalType',
    'client: WILL 32',
    'server: DONT 32',
    'client: WILL terminalType',
    'server: SB terminalType 1',
    'client: WILL newEnvironment',
    'server: DONT newEnvironment',
    'client: DO echo',
    'client: WILL suppressGoAhead',
    'server: DO suppressGoAhead',
    'client: DO suppressGoAhead',
    'client: SB windowSize 0 80 0 24',
    'traits: ?, 0 colours, 80x24',
    'client: SB terminalType IS "XTERM"',
    'server: SB terminalType 1',
    'client: WILL 36',
    'server: DONT 36',
    'client: SB terminalType IS "XTERM"',
    'server: WILL echo, WILL suppressGoAhead',
    'traits: xterm, 16 colours, 80x24',
    'mode: terminal',
    'client: keys "one\\r\\u0000"',
  ]);
});

test('BusyBox, as captured, may have a window 255 wide, and sends CR LF for Enter', () => {
  const replay = new Replay(
    fromCapture(`
      6f 6e 65 0d 0a
      ff fb 18
      ff fb 1f ff fa 1f 00 ff 00 18 ff f0 ff fa 18 00 78 74 65 72 6d 2d 32 35 36 63 6f 6c 6f 72 ff f0
      ff fa 18 00 78 74 65 72 6d 2d 32 35 36 63 6f 6c 6f 72 ff f0
      ff fd 01 ff fd 03
      68 0d 0a
      ff fe 01 ff fe 03 0d 0a
    `),
  );
  expect(replay.transcript.slice(-8)).toEqual([
    'client: DO suppressGoAhead',
    'mode: terminal',
    'client: keys "h\\r\\n"',
    'client: DONT echo',
    'server: WONT echo, WONT suppressGoAhead',
    'mode: line',
    'client: DONT suppressGoAhead',
    'client: "" crlf',
  ]);
  expect(replay.link.traits).toMatchObject({ columns: 255, rows: 24 });
});

test('tintin++, as captured, tells who it is and keeps to its lines', () => {
  const replay = new Replay(
    fromCapture(`
      6f 6e 65 0d 0a
      ff fb 18
      ff fb 1f
      ff fa 1f 00 50 00 18 ff f0 ff fa 18 00 54 49 4e 54 49 4e 2b 2b ff f0
      ff fa 18 00 74 6d 75 78 2d 32 35 36 63 6f 6c 6f 72 ff f0
      ff fa 18 00 4d 54 54 53 20 32 37 31 ff f0
      2f 75 73 65 72 73 0d 0a
    `),
  );
  expect(replay.link.mode).toBe('line');
  expect(replay.link.traits).toMatchObject({ colours: 256, columns: 80, isScreenReader: false });
  expect(replay.transcript.at(-1)).toBe('client: "/users" crlf');
});
