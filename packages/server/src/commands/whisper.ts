import { splitWord, texts } from '@chat-server/protocol';
import { type Caller, type Command, usageOf } from './command';
import { type Effect, tell } from './effect';

export const whisper: Command = {
  name: 'whisper',
  aliases: ['w', 'msg'],
  args: '<user> <text>',
  group: 'Talking',
  summary: 'says something to one person only',
  run(rest, caller) {
    const [to, text] = splitWord(rest);
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
