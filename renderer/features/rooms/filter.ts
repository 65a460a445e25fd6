import type { RoomSummary } from '../../../preload/model/rooms';

const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** The rooms whose name holds every typed word, blind to case and accents. */
export function matching(rooms: readonly RoomSummary[], typed: string): readonly RoomSummary[] {
  const words = folded(typed).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return rooms;
  return rooms.filter((room) => {
    const name = folded(room.name);
    return words.every((word) => name.includes(word));
  });
}
