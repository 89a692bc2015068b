import { telnet } from '../wire/terminal-stream';
import { TelnetClient } from './telnet-client';

const { iac, sb, se, will, wont, dont } = telnet;
const [echo, binary, suppressGoAhead, terminalType, windowSize] = [1, 0, 3, 24, 31];

/** What a client answers to the commands of a server. */
function answersOf(
  client: TelnetClient,
  sent: number[][],
  ...commands: readonly number[]
): number[][] {
  sent.length = 0;
  const bytes = Buffer.from(commands);
  expect(client.read(bytes, 0, bytes.length)).toBe(0);
  return sent;
}

function newClient(): { client: TelnetClient; sent: number[][] } {
  const sent: number[][] = [];
  return { client: new TelnetClient(80, (bytes) => sent.push([...bytes])), sent };
}

test('it tells its terminal and its window, each once it is asked', () => {
  const { client, sent } = newClient();
  expect(answersOf(client, sent, iac, telnet.do, terminalType)).toEqual([
    [iac, will, terminalType],
  ]);
  expect(answersOf(client, sent, iac, sb, terminalType, 1, iac, se)).toEqual([
    [iac, sb, terminalType, 0, ...Buffer.from('XTERM-256COLOR'), iac, se],
  ]);
  expect(answersOf(client, sent, iac, telnet.do, windowSize)).toEqual([
    [iac, will, windowSize],
    [iac, sb, windowSize, 0, 80, 0, 24, iac, se],
  ]);
});

test('it sends keys once the server does both, and lines before', () => {
  const { client, sent } = newClient();
  expect(answersOf(client, sent, iac, will, echo)).toEqual([[iac, telnet.do, echo]]);
  expect([client.isInCharacterMode, client.lineEnd]).toEqual([false, '\r\n']);
  answersOf(client, sent, iac, will, suppressGoAhead);
  expect([client.isInCharacterMode, client.lineEnd]).toEqual([true, '\r\0']);
});

test('it refuses what it does not know, and says nothing twice', () => {
  const { client, sent } = newClient();
  expect(answersOf(client, sent, iac, telnet.do, binary)).toEqual([[iac, wont, binary]]);
  expect(answersOf(client, sent, iac, will, binary)).toEqual([[iac, dont, binary]]);
  answersOf(client, sent, iac, will, echo, iac, telnet.do, windowSize);
  expect(answersOf(client, sent, iac, will, echo, iac, telnet.do, windowSize)).toEqual([]);
});
