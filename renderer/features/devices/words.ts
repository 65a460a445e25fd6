import type { OwnDevice } from '../../../preload/model/devices';
import type { I18n } from '../../i18n/i18n.svelte';

/** What a device is called; its id where it has no name. */
export function nameOf(i18n: I18n, { name, id }: OwnDevice): string {
  return name ?? `${i18n.t.devices.unnamed} (${id})`;
}

/** Today, 14:03. */
export function whenOf(i18n: I18n, at: number, now: number): string {
  return `${i18n.day(at, now)}, ${i18n.time(at)}`;
}

/** This device first, then the one seen last. */
export function inOrder(devices: Iterable<OwnDevice>): readonly OwnDevice[] {
  return [...devices].sort(
    (one, other) =>
      Number(other.isThis) - Number(one.isThis) || (other.lastSeenAt ?? 0) - (one.lastSeenAt ?? 0),
  );
}
