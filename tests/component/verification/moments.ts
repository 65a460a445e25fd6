/** A verification in each of its moments. */
import type { DeviceId, UserId } from '../../../preload/model/ids';
import type { RoomTrust } from '../../../preload/model/people';
import type { OtherSide, VerificationState } from '../../../preload/model/verification';
import { sasEmoji } from '../../../preload/rules/sas-emoji';

export const phone: OtherSide = {
  kind: 'own_device',
  deviceId: 'PHONE' as DeviceId,
  name: 'Mira’s phone',
};
export const jonas = {
  kind: 'person',
  userId: '@jonas:uni-kueste.example' as UserId,
  name: 'Jonas Brandt',
} as const satisfies OtherSide;

/** Looks like a code; no reader takes it for one. */
const code = Array.from({ length: 45 }, (_, y) =>
  Array.from({ length: 45 }, (__, x) =>
    x > 3 && y > 3 && x < 41 && y < 41 && (x * 7 + y * 13 + ((x * y) % 5)) % 3 === 0 ? '1' : '0',
  ).join(''),
);

export const newIdentity: RoomTrust = {
  changed: [{ userId: jonas.userId, name: jonas.name, wasVerified: true }],
  person: null,
  allVerified: false,
  verifiedOnly: { everywhere: false, here: false },
  leftOut: { people: 0, devices: 0 },
};

export const verificationMoments: Readonly<Record<string, VerificationState>> = {
  'verification-incoming': { step: 'incoming', with: phone },
  'verification-incoming-person': { step: 'incoming', with: jonas },
  'verification-waiting': {
    step: 'waiting',
    with: { kind: 'own_device', deviceId: null, name: null },
  },
  'verification-code': { step: 'ready', with: phone, code, canScan: true },
  'verification-emoji': {
    step: 'emoji',
    with: jonas,
    emoji: [34, 45, 14, 44, 3, 9, 63].map((index) => sasEmoji[index]!),
  },
  'verification-reciprocated': { step: 'reciprocated', with: phone },
  'verification-scanned': { step: 'scanned', with: phone },
  'verification-done': { step: 'done', with: phone },
  'verification-mismatch': { step: 'cancelled', with: jonas, reason: 'mismatch' },
};
