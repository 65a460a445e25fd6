/** The account's devices and a room's people, for scenes and component tests. */
import type { DeviceStatus, OwnDevice } from '../../../preload/model/devices';
import type { DeviceId, RoomId, UserId } from '../../../preload/model/ids';
import type { RoomPerson, RoomTrust } from '../../../preload/model/people';
import type { FakeTransport } from '../fake-transport';
import { account } from '../fixtures';

const hour = 3_600_000;
const now = Date.now();
/** Its first moment, here: what is said to be today or yesterday is, at every time of day. */
const today = new Date(now).setHours(0, 0, 0, 0);

function device(id: string, more: Partial<OwnDevice>): OwnDevice {
  return {
    id: id as DeviceId,
    name: null,
    isThis: false,
    trust: 'verified',
    lastSeenAt: now - 2 * hour,
    noticedAt: null,
    ...more,
  };
}

export const laptop = device(account.deviceId, { name: 'Holdfast (Linux)', isThis: true });
export const phone = device('PHONE', { name: 'Mira’s phone', lastSeenAt: today - 9 * hour });
export const stranger = device('STRANGER', {
  name: 'Chrome on Windows',
  trust: 'unverified',
  lastSeenAt: Math.max(today, now - 600_000),
  noticedAt: Math.max(today, now - 1_200_000),
});
export const bridge = device('BRIDGEBOT', { trust: 'no_keys', lastSeenAt: null });

export const fresh: DeviceStatus = { list: 'fresh', problem: null, unfamiliar: [] };

export function playDevices(
  fake: FakeTransport,
  devices: readonly OwnDevice[] = [phone, laptop, stranger, bridge],
  status = fresh,
): void {
  fake
    .publish('devices', { reset: true, upsert: devices, remove: [] })
    .publish('deviceStatus', status)
    .publish('verifiedOnly', { everywhere: false })
    .answer({
      'devices.refresh': () => undefined,
      'devices.rename': () => undefined,
      'devices.snooze': () => undefined,
      'devices.signOut': () => undefined,
      'devices.signOutRisk': () => ({ obstacle: null, state: 'ready', pendingKeys: 0 }),
      'verifiedOnly.everywhere': () => undefined,
      'verifiedOnly.inRoom': () => undefined,
      'verification.requestDevice': () => undefined,
      'verification.requestPerson': () => undefined,
    });
}

const person = (name: string, more: Partial<RoomPerson> = {}): RoomPerson => ({
  id: `@${name.toLowerCase().split(' ')[0] ?? name}:uni-kueste.example` as UserId,
  name,
  role: 'member',
  isInvited: false,
  trust: 'unverified',
  unconfirmedDevices: 0,
  ...more,
});

export const people: readonly RoomPerson[] = [
  person('Noor van Dijk', { unconfirmedDevices: 1 }),
  person('Prof. Lindqvist', { isInvited: true }),
  { ...person(account.displayName, { trust: 'self' }), id: account.userId },
  person('Jonas Brandt', { trust: 'verified', role: 'admin' }),
  person('Aylin Demir', { trust: 'changed', role: 'moderator' }),
];

export const limited: RoomTrust = {
  changed: [],
  person: null,
  allVerified: false,
  verifiedOnly: { everywhere: false, here: true },
  leftOut: { people: 2, devices: 3 },
};

const trusts: Readonly<Record<string, RoomTrust>> = {
  'verified-only': limited,
  'all-verified': {
    ...limited,
    allVerified: true,
    verifiedOnly: { everywhere: false, here: false },
    leftOut: { people: 0, devices: 0 },
  },
};

/** What a scene says of a room's people. */
export function playPeople(fake: FakeTransport, scene: string, roomId: RoomId): void {
  const present = scene === 'all-verified' ? people.map((one) => verifiedOf(one)) : people;
  fake.publish('roomPeople', { reset: true, upsert: present, remove: [] }, { roomId });
  const trust = trusts[scene];
  if (trust !== undefined) fake.publish('roomTrust', trust, { roomId });
}

function verifiedOf(one: RoomPerson): RoomPerson {
  return one.trust === 'self' ? one : { ...one, trust: 'verified', unconfirmedDevices: 0 };
}

/** How the account's devices stand in a scene. */
export function playDevicesOf(fake: FakeTransport, scene: string): void {
  if (scene === 'new-device') {
    playDevices(fake, undefined, { ...fresh, unfamiliar: [stranger.id] });
  } else if (scene === 'devices-offline') {
    playDevices(fake, [], { list: 'loading', problem: 'offline', unfamiliar: [] });
  } else {
    playDevices(fake);
    if (scene === 'devices-needed') {
      fake.answer({
        'devices.signOutRisk': () => ({
          obstacle: 'not_restored',
          state: 'needs_restore',
          pendingKeys: null,
        }),
      });
    }
  }
}
