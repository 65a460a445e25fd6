/**
 * The store key under the account's recovery key: opens the store where the keychain can't, without
 * asking a server.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ProvenRecoveryKey } from '../engine/protocol';
import { unlock } from '../recovery-key/unlock';
import { seal, sealedKey, unseal, type SealedKey } from './sealed-key';
import type { StoreKey } from './store-key';

const saltBytes = 32;
const wrappingKeyBytes = 32;

export const recoveryWrap = z.object({
  kdf: z.literal('hkdf-sha256'),
  salt: z.base64(),
  /** Of secret storage: whose key it is. */
  keyId: z.string(),
  /** How the recovery key comes from a security phrase (PBKDF2 with SHA-512). */
  phrase: z.object({ salt: z.string(), iterations: z.int().min(1).max(20_000_000) }).nullable(),
  sealed: sealedKey,
});

export type RecoveryWrap = z.infer<typeof recoveryWrap>;

export function wrapByRecoveryKey(
  key: StoreKey,
  { keyId, privateKey, passphrase }: ProvenRecoveryKey,
  profileId: string,
): RecoveryWrap {
  const salt = randomBytes(saltBytes).toString('base64');
  const sealed = withWrappingKey(privateKey, salt, (wrappingKey) =>
    seal(key, wrappingKey, purpose(profileId, keyId)),
  );
  return { kdf: 'hkdf-sha256', salt, keyId, phrase: passphrase, sealed };
}

/** Null where it is another recovery key. */
export function openByRecoveryKey(
  wrap: RecoveryWrap,
  privateKey: Uint8Array,
  profileId: string,
): StoreKey | null {
  return withWrappingKey(privateKey, wrap.salt, (wrappingKey) =>
    unseal(wrap.sealed, wrappingKey, purpose(profileId, wrap.keyId)),
  );
}

/**
 * From what a person typed, pasted or picked: the recovery key, a text that holds it, or the phrase.
 *
 * @throws {HoldfastError} what {@link unlock} says
 */
export async function openByRecoveryText(
  wrap: RecoveryWrap,
  text: string,
  profileId: string,
): Promise<StoreKey | null> {
  const phrase = wrap.phrase === null ? null : { algorithm: 'm.pbkdf2' as const, ...wrap.phrase };
  let opened: StoreKey | null = null;
  const { bytes } = await unlock(text, { id: wrap.keyId, phrase }, async (key) => {
    opened = openByRecoveryKey(wrap, key, profileId);
    return opened === null ? 'wrong' : 'right';
  });
  bytes.fill(0);
  return opened;
}

function withWrappingKey<Result extends SealedKey | StoreKey | null>(
  privateKey: Uint8Array,
  salt: string,
  use: (wrappingKey: Uint8Array) => Result,
): Result {
  const info = 'holdfast store key by recovery key v1';
  const wrappingKey = new Uint8Array(
    hkdfSync('sha256', privateKey, Buffer.from(salt, 'base64'), info, wrappingKeyBytes),
  );
  try {
    return use(wrappingKey);
  } finally {
    wrappingKey.fill(0);
  }
}

function purpose(profileId: string, keyId: string): string {
  return `holdfast store key by recovery key v1 ${profileId} ${keyId}`;
}
