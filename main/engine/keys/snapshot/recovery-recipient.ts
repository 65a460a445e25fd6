/**
 * Lets every snapshot be opened with the recovery key although that is never kept here: what is kept
 * is the public half of a key pair that only the recovery key gives again.
 */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import type { KeyValueTable } from '../../../store/profile-store';
import { phraseParameters, type PhraseParameters } from '../../../recovery-key/phrase-key';
import type { OpenKey } from '../../../recovery-key/unlock';

const recordKey = 'keys.snapshotRecipient';
const keyBytes = 32;
/** RFC 8410: what stands before the 32 bytes of an X25519 private key. */
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

export const recipient = z.object({
  userId: z.string(),
  /** Of the recovery key. */
  keyId: z.string(),
  phrase: phraseParameters.nullable(),
  /** SPKI, Base64. */
  publicKey: z.base64(),
});

export type Recipient = z.infer<typeof recipient>;

export function rememberRecipient(
  records: KeyValueTable,
  userId: string,
  { id, bytes }: OpenKey,
  phrase: PhraseParameters | null,
): void {
  const publicKey = createPublicKey(privateKeyOf(bytes));
  const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  records.set(recordKey, { userId, keyId: id, phrase, publicKey: der } satisfies Recipient);
}

export function readRecipient(records: KeyValueTable, userId: string): Recipient | null {
  const stored = recipient.safeParse(records.get(recordKey)).data;
  return stored?.userId === userId ? stored : null;
}

/** A key for one snapshot, and what its recipient needs to come to the same one. */
export function agreeWith({ publicKey }: Recipient): { key: Uint8Array; ephemeral: string } {
  const pair = generateKeyPairSync('x25519');
  const theirs = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const ephemeral = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { key: agreed(pair.privateKey, theirs, ephemeral), ephemeral };
}

export function agreeBy(recoveryKey: Uint8Array, ephemeral: string): Uint8Array {
  const theirs = createPublicKey({
    key: Buffer.from(ephemeral, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return agreed(privateKeyOf(recoveryKey), theirs, ephemeral);
}

function privateKeyOf(recoveryKey: Uint8Array): KeyObject {
  const seed = hkdfSync('sha256', recoveryKey, '', 'holdfast snapshot recipient v1', keyBytes);
  const der = Buffer.concat([pkcs8Prefix, new Uint8Array(seed)]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
    new Uint8Array(seed).fill(0);
  }
}

function agreed(privateKey: KeyObject, publicKey: KeyObject, ephemeral: string): Uint8Array {
  const secret = diffieHellman({ privateKey, publicKey });
  try {
    const key = hkdfSync('sha256', secret, ephemeral, 'holdfast snapshot key v1', keyBytes);
    return new Uint8Array(key);
  } finally {
    secret.fill(0);
  }
}
