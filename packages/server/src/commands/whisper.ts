import { splitWord, texts } from '@chat-server/protocol';
import { type Caller, type Command, usageOf } from './command';
import { type Effect, tell } from './effect';

export const whisper: Command = {
  name: 'whisper',
  aliases: ['w', 'msg'],
  args: '<user> <text>',
  group: 'Talking',
  costToStranger: 10,
  needsRegistration: true,
  isHeard: true,
  summary: 'says something to one person only',
  details: ['At a terminal, without a text: what you type goes to them, until an empty line.'],
  completes: ['user'],
  run(rest, caller) {
    const [to, text] = splitWord(rest);
    if (to !== '' && text === '' && caller.isPrompted) return converseWith(to, caller);
    return text === '' ? tell(texts.usage(usageOf(whisper))) : whisperTo(to, text, caller);
  },
};

/** Whispers, and says if the other one is away. */
export function whisperTo(to: string, text: string, { directory }: Caller): readonly Effect[] {
  const other = directory.find(to);
  if (other === undefined) return tell(texts.notOnline(to));
  const effect: Effect = { do: 'whisper', to: other.name, text };
  if (other.away === undefined) return [effect];
  return [effect, { do: 'tell', lines: [texts.isAway(other.name, other.away)] }];
}

/** From now on, what is typed goes to one person. */
export function converseWith(to: string, { directory }: Caller): readonly Effect[] {
  const other = directory.find(to);
  return other === undefined ? tell(texts.notOnline(to)) : [{ do: 'converse', with: other.name }];
}
