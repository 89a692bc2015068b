import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 100;

/**
 * Asks until there is an answer, for what nobody announces: a port that opens, say.
 * A probe that throws is asked again; its last words are in the error at the end.
 */
export async function eventually<Answer>(
  what: string,
  secondsMax: number,
  probe: () => Answer | undefined | false | Promise<Answer | undefined | false>,
): Promise<Answer> {
  const deadline = Date.now() + secondsMax * 1000;
  let said = '';
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      said = `: ${String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`not within ${secondsMax} s: ${what}${said}`);
    await pause(pauseMs);
  }
}
