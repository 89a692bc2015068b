import { sameName } from '@chat-server/protocol';

/** What is held against a name in a room: a ban or a mute. */
export interface RoomSanction {
  /** As it was typed. */
  readonly name: string;
  readonly by: string;
  readonly atMs: number;
  readonly reason?: string;
  /** Until it is lifted, when not given. */
  readonly untilMs?: number;
  /** The network that a guest came from, whose other guests it holds for; never shown to anyone. */
  readonly network?: string;
}

/** Those that have not ended. */
export function inForce(
  sanctions: readonly RoomSanction[] | undefined,
  nowMs: number,
): readonly RoomSanction[] {
  return sanctions?.filter(({ untilMs = Infinity }) => untilMs > nowMs) ?? [];
}

/** What is held against a name, as names are compared, if anything is. */
export function sanctionOn(
  sanctions: readonly RoomSanction[] | undefined,
  name: string,
  nowMs: number,
): RoomSanction | undefined {
  return inForce(sanctions, nowMs).find((each) => sameName(each.name, name));
}
