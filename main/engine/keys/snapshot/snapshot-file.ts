/**
 * A snapshot's bytes: one line of JSON that says how to open it, then the keys, encrypted with a
 * random key (AES-256-GCM). That key is sealed for this store, and for the recovery key.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { agreeBy, agreeWith, recipient, type Recipient } from './recovery-recipient';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const newline = 0x0a;
const purpose = Buffer.from('holdfast key snapshot v1');

const header = z.object({
  holdfast: z.literal('key-snapshot'),
  format: z.literal(1),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  keys: z.number().int(),
  /** The same for all of one device. */
  series: z.string().nullable().default(null),
  byStore: z.base64(),
  byRecoveryKey: recipient
    .omit({ publicKey: true, userId: true })
    .extend({ ephemeral: z.base64(), sealed: z.base64() })
    .nullable(),
});

export type SnapshotHeader = z.infer<typeof header>;

export interface SnapshotContent {
  readonly madeAt: number;
  /** How many keys `json` holds. */
  readonly keys: number;
  /** The same for all of one device. */
  readonly series: string;
  /** The spec's exported room keys. */
  readonly json: string;
}

/** @param storeKey 32 bytes of this profile */
export function sealSnapshot(
  { madeAt, keys, series, json }: SnapshotContent,
  storeKey: Uint8Array,
  recoverable: Recipient | null,
): Buffer {
  const fileKey = randomBytes(keyBytes);
  try {
    const line: SnapshotHeader = {
      holdfast: 'key-snapshot',
      format: 1,
      madeAt,
      keys,
      series,
      byStore: seal(fileKey, storeKey, purpose).toString('base64'),
      byRecoveryKey: recoverable === null ? null : sealFor(recoverable, fileKey),
    };
    const head = Buffer.from(`${JSON.stringify(line)}\n`);
    // The header is authenticated as well.
    return Buffer.concat([head, seal(Buffer.from(json), fileKey, head)]);
  } finally {
    fileKey.fill(0);
  }
}

/** Null where it is no snapshot, or not one of this format. */
export function readHeader(file: Uint8Array): SnapshotHeader | null {
  const end = file.indexOf(newline);
  if (end < 0) return null;
  try {
    return header.safeParse(JSON.parse(Buffer.from(file.subarray(0, end)).toString())).data ?? null;
  } catch {
    return null;
  }
}

/** The keys; null where it was not sealed for this key, or was damaged. */
export function openByStore(file: Uint8Array, storeKey: Uint8Array): string | null {
  const line = readHeader(file);
  return line === null ? null : open(file, line.byStore, storeKey);
}

/** The keys; null where it is another recovery key, or the file was damaged. */
export function openByRecoveryKey(file: Uint8Array, recoveryKey: Uint8Array): string | null {
  const sealed = readHeader(file)?.byRecoveryKey;
  if (sealed == null) return null;
  const key = agreeBy(recoveryKey, sealed.ephemeral);
  try {
    return open(file, sealed.sealed, key);
  } finally {
    key.fill(0);
  }
}

function sealFor(
  recoverable: Recipient,
  fileKey: Uint8Array,
): NonNullable<SnapshotHeader['byRecoveryKey']> {
  const { key, ephemeral } = agreeWith(recoverable);
  try {
    const { keyId, phrase } = recoverable;
    return { keyId, phrase, ephemeral, sealed: seal(fileKey, key, purpose).toString('base64') };
  } finally {
    key.fill(0);
  }
}

function open(file: Uint8Array, sealedKey: string, by: Uint8Array): string | null {
  const end = file.indexOf(newline) + 1;
  const fileKey = unseal(Buffer.from(sealedKey, 'base64'), by, purpose);
  if (fileKey === null) return null;
  try {
    return unseal(file.subarray(end), fileKey, file.subarray(0, end))?.toString() ?? null;
  } finally {
    fileKey.fill(0);
  }
}

function seal(content: Uint8Array, key: Uint8Array, bound: Uint8Array): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(bound);
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unseal(sealed: Uint8Array, key: Uint8Array, bound: Uint8Array): Buffer | null {
  try {
    const iv = sealed.subarray(0, ivBytes);
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    // GCM has nothing to say but that it does not fit.
    return null;
  }
}
