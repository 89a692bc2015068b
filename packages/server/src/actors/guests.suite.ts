import { setImmediate } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import type { Room } from '../domain/room';
import { documentOf } from '../store/keys';
import type { Chat, Person } from './chat.suite';

export const password = 'correct horse';

/** Lets every actor handle what it has been sent. */
export async function handled(): Promise<void> {
  for (let turns = 0; turns < 30; turns++) await setImmediate();
}

/** Lets time pass, a sweep at a time. */
export async function minutesPass(chat: Chat, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    chat.clock.advance(60_000);
    await handled();
  }
}

export async function leaves(person: Person | undefined): Promise<void> {
  person?.types('/quit');
  await person?.untilClosed();
}

export async function registers(person: Person | undefined): Promise<void> {
  await person?.does(`/register ${password}`, texts.registered(person.name));
}

export async function createsPrivate(person: Person, room: string): Promise<void> {
  await person.does(
    `/create_private ${room}`,
    texts.roomCreated(room),
    texts.guestsRoom(room, true),
  );
}

/** Whom a private room lets in has come in. */
export async function invites(owner: Person, guest: Person, room: string): Promise<void> {
  await owner.does(`/invite ${guest.name} ${room}`, texts.invited(guest.name, room));
  await guest.sees(texts.invitation(owner.name, room));
}

/** What is kept of a room. */
export async function kept(chat: Chat, room: string): Promise<Room | undefined> {
  const answer = await chat.memory.read<Room>(documentOf(room.toLowerCase()));
  return answer.ok ? answer.value : undefined;
}

export async function keep(
  chat: Chat,
  room: Partial<Room> & { readonly name: string },
): Promise<void> {
  const document: Room = { owner: '', isPrivate: false, invited: [], createdAtMs: 0, ...room };
  await chat.memory.change(documentOf(room.name.toLowerCase()), () => ({ ok: true, document }));
}
