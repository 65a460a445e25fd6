import type { OwnDevice } from '../../../preload/model/devices';
import type { I18n } from '../../i18n/i18n.svelte';

/**
 * What a device is called, and its id where the name does not tell it from another.
 *
 * @param all the account's devices
 */
export function partsOfName(
  i18n: I18n,
  { name, id }: OwnDevice,
  all: readonly OwnDevice[],
): { readonly name: string; readonly id: string | null } {
  const alike = all.some((other) => other.id !== id && other.name === name);
  return { name: name ?? i18n.t.devices.unnamed, id: name === null || alike ? id : null };
}

/** The same in one line. */
export function nameOf(i18n: I18n, device: OwnDevice, all: readonly OwnDevice[]): string {
  const { name, id } = partsOfName(i18n, device, all);
  return id === null ? name : `${name} · ${id}`;
}

/** When a device was last seen, in a line of its own. */
export function seenOf(i18n: I18n, { lastSeenAt }: OwnDevice, now: number): string {
  const t = i18n.t.devices;
  return lastSeenAt === null ? t.neverSeen : t.lastSeen(i18n.dayAndTime(lastSeenAt, now));
}

/** This device first, then the one seen last. */
export function inOrder(devices: Iterable<OwnDevice>): readonly OwnDevice[] {
  return [...devices].sort(
    (one, other) =>
      Number(other.isThis) - Number(one.isThis) || (other.lastSeenAt ?? 0) - (one.lastSeenAt ?? 0),
  );
}
