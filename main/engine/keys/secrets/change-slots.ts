/**
 * Account data has no compare-and-set: between reading a secret and writing it back another client
 * may have stored it for a key of its own, and the write takes that away. So the secret is read back,
 * and what syncing told of meanwhile is put back. What another client stored so shortly before the
 * write that syncing never told of it can't be known here; the device that stored it finds that
 * storage lacks it.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import type { AccountData } from '../server/account-data';
import { mergeSlots, type Slots } from './merge-slots';

export const storedSecret = z.looseObject({
  encrypted: z.record(z.string(), z.unknown()).optional(),
});

/** Of writes; only as many clients that write at once would need more. */
const attempts = 5;

/** What one slot is to hold. */
export interface SlotChange {
  /** The key it is encrypted for. */
  readonly id: string;
  /** Undefined: nothing. */
  readonly slot: unknown;
  /** Whether a slot holds the same, encrypted another time. */
  readonly isSame: (slot: unknown) => Promise<boolean>;
}

/**
 * Changes one slot of a secret, and leaves every other as others stored it.
 *
 * @throws {HoldfastError} `changed_elsewhere` where another client stored something else in that very
 *   slot meanwhile, which stays; `server_error` where the server does not give back what it was
 *   given; or what the network says
 */
export async function changeSlot(
  accountData: AccountData,
  type: string,
  { id, slot, isSame }: SlotChange,
): Promise<void> {
  const told = accountData.follow(type);
  try {
    const before = await accountData.read(type, storedSecret);
    const base = slotsOf(before);
    const written: Slots[] = [];
    let others: unknown = undefined;
    let now = base;
    let next = withSlot(base, id, slot);
    for (let left = attempts; !isDeepStrictEqual(next, now); left -= 1) {
      if (left === 0) {
        throw new HoldfastError('server_error', 'A secret did not come back as it was stored');
      }
      await accountData.write(type, { ...before, encrypted: next });
      written.push(next);
      now = slotsOf(await accountData.read(type, storedSecret));
      const theirs = overwritten(told.contents, base, written) ?? base;
      for (const found of [theirs[id], now[id]]) {
        const isOthers = ![undefined, slot, base[id]].some((one) => isDeepStrictEqual(one, found));
        if (slot !== undefined && isOthers && !(await isSame(found))) others = found;
      }
      next = withSlot(mergeSlots(base, theirs, now), id, others ?? slot);
    }
    if (others !== undefined) {
      throw new HoldfastError(
        'changed_elsewhere',
        'Another client stored another secret meanwhile',
      );
    }
  } finally {
    told.stop();
  }
}

function withSlot(slots: Slots, id: string, slot: unknown): Slots {
  const rest = Object.entries(slots).filter(([other]) => other !== id);
  return Object.fromEntries(slot === undefined ? rest : [...rest, [id, slot]]);
}

/**
 * Syncing tells one version after another: what it tells after the version the write rested on is
 * newer than that. Null where another client wrote nothing, as far as was told.
 */
function overwritten(
  told: readonly unknown[],
  base: Slots,
  written: readonly Slots[],
): Slots | null {
  const versions = told.map((content) => slotsOf(storedSecret.safeParse(content).data));
  const rested = versions.findIndex((version) => isDeepStrictEqual(version, base));
  if (rested === -1) return null;
  const isOurs = (version: Slots): boolean =>
    [base, ...written].some((one) => isDeepStrictEqual(one, version));
  return versions.slice(rested).findLast((version) => !isOurs(version)) ?? null;
}

function slotsOf(stored: z.output<typeof storedSecret> | null | undefined): Slots {
  return stored?.encrypted ?? {};
}
