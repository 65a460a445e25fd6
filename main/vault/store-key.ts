/** The 32 random bytes that the profile's databases are encrypted with. */
import { createHmac, getRandomValues, timingSafeEqual } from 'node:crypto';

export const storeKeyBytes = 32;

export type StoreKey = Uint8Array<ArrayBuffer>;

/** Only ever called where there is no database. */
export function newStoreKey(): StoreKey {
  return getRandomValues(new Uint8Array(storeKeyBytes));
}

/** A value (base64) that tells this key from others, and tells nothing of it. */
export function keyCheckOf(key: StoreKey, profileId: string): string {
  return hmac(key, profileId).toString('base64');
}

export function isStoreKey(key: StoreKey, profileId: string, keyCheck: string): boolean {
  const expected = Buffer.from(keyCheck, 'base64');
  const actual = hmac(key, profileId);
  return (
    key.length === storeKeyBytes &&
    expected.length === actual.length &&
    timingSafeEqual(expected, actual)
  );
}

function hmac(key: StoreKey, profileId: string): Buffer {
  return createHmac('sha256', key).update(`holdfast store key check ${profileId}`).digest();
}
