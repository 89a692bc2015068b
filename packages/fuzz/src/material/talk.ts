import { commands } from 'chat-server/src/commands/catalogue';
import type { Random } from '../random';
import { mutated, utf8 } from './bytes';
import { telnetPiece } from './telnet';
import { text } from './text';

/** All that can be typed behind a slash; passwords less often, since each costs a hash. */
const names = commands
  .filter(({ takesSecret }) => takesSecret !== true)
  .flatMap(({ name, aliases = [] }) => [name].concat(aliases));
const secretNames = commands.filter(({ takesSecret }) => takesSecret).map(({ name }) => name);

/** Of people and rooms that there are, may be, and cannot be. */
const called = [
  'honest',
  'reader',
  'Honest',
  'HONEST',
  'h1',
  'h2',
  'h3',
  'h4',
  'Planes',
  'lobby',
  'x',
  '-',
  '__proto__',
  'constructor',
  'toString',
  'a'.repeat(32),
  'a'.repeat(33),
  '../../etc/passwd',
  '',
  '*',
  '#',
  'null',
] as const;

const numbers = ['0', '-1', '1', '99999999999999999999', '1e9', 'NaN', '0x10', '1.5', '١'] as const;

const ends = ['\n', '\r\n', '\r\0', '\r', '\n\r', '\0', '\r\r\n'] as const;

/** A name to log in by: few, so that they are taken, or one that is nobody's. */
export function aName(random: Random): string {
  return random.once(4) ? aNewName(random) : random.pick(['h1', 'h2', 'h3', 'h4', 'H1', 'h5']);
}

function aNewName(random: Random): string {
  return `n${random.below(1_000_000_000)}`;
}

/** A line of a command with something behind it, without its end. */
export function command(random: Random): string {
  if (random.once(100)) return secretCommand(random);
  const name = names[random.below(names.length)] ?? 'help';
  const shown = random.once(20) ? name.toUpperCase() : name;
  const slash = random.once(30) ? random.pick(['//', ' /', '/ ', '\u00A0/', '/']) : '/';
  const words = random.some(3, () => argument(random));
  return mutated(random, [utf8(slash) + shown, ...words].join(random.once(10) ? '  ' : ' '));
}

/** Whose name it is decides how long a wrong password waits: each is tried once. */
function secretCommand(random: Random): string {
  const name = secretNames[random.below(secretNames.length)] ?? 'login';
  const word = utf8(random.pick(['correct horse', 'battery staple', 'x', '日本日本日本', ' ']));
  return random.once(2) ? `/${name}` : `/${name} ${aNewName(random)} ${word}\n${word}\n${word}`;
}

function argument(random: Random): string {
  switch (random.below(4)) {
    case 0:
    case 1:
      return random.pick(called);
    case 2:
      return random.pick(numbers);
    default:
      return text(random);
  }
}

/** What is sent by someone who connects, in any state: a line, a part of one, telnet, or noise. */
export function said(random: Random): string {
  switch (random.below(10)) {
    case 0:
      return telnetPiece(random);
    case 1:
      return mutated(random, text(random));
    case 2:
      return text(random) + random.pick(ends);
    case 3:
      return pasted(random);
    case 4:
      // Into the room where honest people talk.
      return `/join Honest\n${text(random)}${end(random)}`;
    default:
      return command(random) + end(random);
  }
}

function end(random: Random): string {
  return random.once(6) ? random.pick(ends) : '\n';
}

/** Many lines at once, or one that is too long. */
function pasted(random: Random): string {
  if (random.once(8)) return 'x'.repeat(random.below(70_000)) + random.pick(ends);
  const lines = random.some(40, () => (random.once(3) ? command(random) : text(random)));
  const whole = lines.join(random.pick(ends)) + random.pick(ends);
  return random.once(3) ? `\u001B[200~${whole}\u001B[201~` : whole;
}
