import { texts } from '@chat-server/protocol';
import type { Chat, Person } from './chat.suite';

const iac = 0xff;
const [will, wont, doIt, sb, se] = [251, 252, 253, 250, 240] as const;
const [echo, suppressGoAhead, terminalType, windowSize] = [1, 3, 24, 31] as const;

/** What the client calls itself, one name for each time it is asked. */
function answersTo(...names: readonly string[]): Buffer[] {
  return names.map((name) =>
    Buffer.from([iac, sb, terminalType, 0, ...Buffer.from(name), iac, se]),
  );
}

/** Someone with a telnet client that lets the server edit its lines, 80 by 24. */
export async function atTerminal(chat: Chat, name: string): Promise<Person> {
  const person = await afterLogin(chat, name, ['xterm-256color', 'xterm-256color']);
  person.peer.sends(Buffer.from([iac, doIt, echo, iac, doIt, suppressGoAhead]));
  await person.peer.transcript.shows('lobby> ');
  return person;
}

/** Someone with a MUD client, which edits lines itself; `mtts` says what else it can. */
export function withMudClient(chat: Chat, name: string, mtts: number): Promise<Person> {
  return afterLogin(chat, name, ['tintin++', 'xterm', `MTTS ${mtts}`]);
}

async function afterLogin(chat: Chat, name: string, types: readonly string[]): Promise<Person> {
  const person = chat.connects(name);
  await person.reads(texts.loginPrompt);
  person.peer.sends(Buffer.from(`${name}\r\n`));
  await person.peer.transcript.shows(texts.helpHint);
  person.peer.sends(Buffer.from([iac, will, terminalType, iac, will, windowSize]));
  person.peer.sends(Buffer.from([iac, sb, windowSize, 0, 80, 0, 24, iac, se]));
  for (const answer of answersTo(...types)) person.peer.sends(answer);
  person.peer.sends(Buffer.from([iac, wont, 200]));
  return person;
}
