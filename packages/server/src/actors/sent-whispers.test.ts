import type { Letter } from '../domain/letter';
import { SentWhispers } from './sent-whispers';

function whisper(sender: string, to: string, text: string): Letter & { kind: 'whisper' } {
  return { kind: 'whisper', sender, to, toName: to, fromName: sender, text };
}

test('what was whispered to a node within 15 s is lost with it, and the last of each is named', () => {
  const sent = new SentWhispers();
  sent.add(whisper('a-1.1', 'b-1.1', 'too old'), 0);
  sent.add(whisper('a-1.2', 'b-1.1', 'first'), 5_000);
  sent.add(whisper('a-1.2', 'b-1.1', 'second'), 6_000);
  sent.add(whisper('a-1.2', 'c-1.1', 'elsewhere'), 7_000);
  expect(sent.lostWith('b-1', 16_000).map(({ text }) => text)).toEqual(['second']);
  expect(sent.lostWith('b-1', 30_000)).toEqual([]);
});

test('only so many are remembered: the newest', () => {
  const sent = new SentWhispers();
  for (let number = 0; number < 3_000; number++) sent.add(whisper(`a-1.${number}`, 'b-1.1', ''), 1);
  const lost = sent.lostWith('b-1', 2);
  expect(lost).toHaveLength(1_000);
  expect(lost.at(-1)?.sender).toBe('a-1.2999');
});
