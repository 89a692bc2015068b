import { type ActorContext, ask } from '@chat-server/supervision';
import { type Holding, holdingOf } from '../domain/holding';
import type { Person } from '../domain/person';
import type { RoomRights } from '../domain/room-rights';
import { takeOwnerless } from '../domain/succession';
import { successionName } from './names';
import type { Services } from './services';
import type { RightsAnswer, SuccessionMessage } from './succession-message';

type Context = Pick<ActorContext<never>, 'whereIs'>;

const moveTimeoutMs = 10_000;

/** What a guest has in rooms is over; where nobody can be told, a sweep finds it. */
export function endRights(holding: Holding, context: Context): void {
  context.whereIs(successionName)?.notify({ type: 'ended', holding });
}

/** Changes what people have in rooms by the actor that does. */
export function roomRights(context: Context): RoomRights {
  return {
    move: (from, to) => askFor(from, to, context),
    end: (holding) => askFor(holding, undefined, context),
  };
}

async function askFor(
  from: Holding,
  to: Holding | undefined,
  context: Context,
): Promise<RightsAnswer> {
  const succession = context.whereIs(successionName);
  if (succession === undefined) return 'store-away';
  const answer = await ask<SuccessionMessage, RightsAnswer>(
    succession,
    (reply) => ({ type: 'move', from, to, reply }),
    moveTimeoutMs,
  );
  return answer.ok ? answer.value : 'store-away';
}

/** Makes a room theirs that is nobody's, and tells everyone in it; guests only where they may have one. */
export async function takeOver(
  room: string,
  person: Person,
  atMs: number,
  { accounts, catalogue }: Pick<Services, 'accounts' | 'catalogue'>,
): Promise<void> {
  const { name: text, origin, isRegistered } = person;
  if (accounts.registration === 'required' && !isRegistered) return;
  const decision = await catalogue.change(room, takeOwnerless(holdingOf(person)));
  if (decision === 'store-away' || !decision.ok) return;
  await catalogue.happen(room, { kind: 'inherited', atMs, by: '', origin, text });
}
