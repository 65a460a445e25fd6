/** The store key under an app passphrase, for computers without a keychain. */
import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { z } from 'zod';
import { seal, sealedKey, unseal } from './sealed-key';
import type { StoreKey } from './store-key';

/** 128 MiB and some tenths of a second a guess; written beside the key, so that it can be raised. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;
const saltBytes = 32;
const wrappingKeyBytes = 32;

export const passphraseWrap = z.object({
  kdf: z.literal('scrypt'),
  // A vault file somebody changed must not take all the memory there is.
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((N) => Number.isInteger(Math.log2(N))),
  r: z.int().min(8).max(16),
  p: z.int().min(1).max(4),
  salt: z.base64(),
  sealed: sealedKey,
});

export type PassphraseWrap = z.infer<typeof passphraseWrap>;

export async function wrapByPassphrase(
  key: StoreKey,
  passphrase: string,
  profileId: string,
): Promise<PassphraseWrap> {
  const salt = randomBytes(saltBytes).toString('base64');
  const wrappingKey = await derive(passphrase, { ...cost, salt });
  try {
    return { kdf: 'scrypt', ...cost, salt, sealed: seal(key, wrappingKey, purpose(profileId)) };
  } finally {
    wrappingKey.fill(0);
  }
}

/** Null where it is another passphrase. */
export async function openByPassphrase(
  wrap: PassphraseWrap,
  passphrase: string,
  profileId: string,
): Promise<StoreKey | null> {
  const wrappingKey = await derive(passphrase, wrap);
  try {
    return unseal(wrap.sealed, wrappingKey, purpose(profileId));
  } finally {
    wrappingKey.fill(0);
  }
}

function derive(
  passphrase: string,
  { N, r, p, salt }: Pick<PassphraseWrap, 'N' | 'r' | 'p' | 'salt'>,
): Promise<Buffer> {
  // What scrypt needs, and some room: Node's own limit is below it.
  const options: ScryptOptions = { N, r, p, maxmem: 2 * 128 * N * r * p };
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // The same passphrase, whatever keyboard and system it is typed on.
  const text = passphrase.normalize('NFC');
  scrypt(text, Buffer.from(salt, 'base64'), wrappingKeyBytes, options, (error, derived) => {
    if (error === null) resolve(derived);
    else reject(error);
  });
  return promise;
}

function purpose(profileId: string): string {
  return `holdfast store key by passphrase v1 ${profileId}`;
}
