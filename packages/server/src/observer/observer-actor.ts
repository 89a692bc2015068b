import type { ActorContext, Behaviour, Settled } from '@chat-server/supervision';
import type { Observer, RoomsView } from './observer';

export type ObserverMessage =
  { readonly type: 'tick' } | { readonly type: 'rooms'; readonly outcome: Settled<RoomsView> };

type Ticked = Pick<Observer, 'tick' | 'isWatched' | 'rooms' | 'tellRooms'>;

/** So that a page shows within a second what happened, a server that is a little late included. */
const tickMs = 250;
/** Rooms are asked for once a second: they are the store's to tell. */
const ticksPerRooms = 4;

interface ObserverKeeper {
  readonly observer: Ticked;
  /** Whether rooms were asked for, and not answered. */
  isAsking: boolean;
  ticks: number;
}

/**
 * Has the observer look, four times a second. A crash costs those who watch one look; all that they see is
 * kept elsewhere.
 */
export const observerBehaviour: Behaviour<Ticked, ObserverKeeper, ObserverMessage> = {
  init(observer, context) {
    context.after(tickMs, { type: 'tick' });
    return { observer, isAsking: false, ticks: 0 };
  },
  receive(keeper, message, context) {
    switch (message.type) {
      case 'tick':
        context.after(tickMs, { type: 'tick' });
        keeper.observer.tick();
        if (++keeper.ticks % ticksPerRooms === 0) askForRooms(keeper, context);
        return keeper;
      case 'rooms':
        keeper.isAsking = false;
        if (!message.outcome.ok) throw message.outcome.error;
        keeper.observer.tellRooms(message.outcome.value);
        return keeper;
    }
  },
};

function askForRooms(keeper: ObserverKeeper, context: ActorContext<ObserverMessage>): void {
  if (keeper.isAsking || !keeper.observer.isWatched) return;
  keeper.isAsking = true;
  context.pipe(keeper.observer.rooms(), (outcome) => ({ type: 'rooms', outcome }));
}
