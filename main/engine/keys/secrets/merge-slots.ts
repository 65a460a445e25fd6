import { isDeepStrictEqual } from 'node:util';

/** What is stored of one secret, by the id of the key it is encrypted for. */
export type Slots = Readonly<Record<string, unknown>>;

/**
 * Puts back what a write undid: whatever another client changed after `base`, where the slot now is
 * as it was in `base`. What was changed since `theirs` stays.
 *
 * @param base what the write rested on
 * @param theirs what another client stored after `base`, and the write overwrote
 * @param now what is stored after the write
 */
export function mergeSlots(base: Slots, theirs: Slots, now: Slots): Slots {
  const undone = (id: string): boolean =>
    isDeepStrictEqual(now[id], base[id]) && !isDeepStrictEqual(theirs[id], base[id]);
  const ids = new Set([...Object.keys(now), ...Object.keys(theirs)]);
  const merged = [...ids].map((id) => [id, undone(id) ? theirs[id] : now[id]] as const);
  return Object.fromEntries(merged.filter(([, slot]) => slot !== undefined));
}
