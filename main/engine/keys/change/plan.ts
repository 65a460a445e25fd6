import { z } from 'zod';
import type { KeyChangeStep } from '../../../../preload/model/key-change';
import type { KeyValueTable } from '../../../store/profile-store';
import { phraseParameters, type PhraseParameters } from '../../../recovery-key/phrase-key';
import type { OpenKey } from '../../../recovery-key/unlock';
import { wipeableBytes } from '../wipeable-bytes';

const recordKey = 'keys.change';

/** A storage key on its way into use. Its bytes lie in the encrypted store until the change ends. */
const storageKey = z.object({
  id: z.string(),
  /** Base64. */
  bytes: z.string(),
  phrase: phraseParameters.nullable(),
});

const shared = {
  userId: z.string(),
  deviceId: z.string(),
  /** Steps that are done for good. */
  done: z.array(z.string()),
  /** The person cancelled it: what is left is to undo it. */
  cancelled: z.boolean(),
  /** Another device got in between: it can only be ended. */
  superseded: z.boolean().default(false),
  /** Whoever goes by the new key knows it: what is left is to clean up. */
  told: z.boolean().default(false),
  /** Of the steps that are done: those the server refused, which only clean up. */
  left: z.array(z.string()).default([]),
};

const newKeyPlan = z.object({
  ...shared,
  operation: z.literal('new_key'),
  key: storageKey,
  /** The default key that it takes the place of; null where there was none. */
  oldKeyId: z.string().nullable(),
  /** Of the backup whose key is stored for it. */
  backupVersion: z.string(),
  /** The old recovery key may be in wrong hands: what is stored for it is removed in the end. */
  removeOld: z.boolean(),
  /** The mark of the key of dehydrated devices as stored for the old one, once the new one has it. */
  dehydration: z.string().nullable().default(null),
});

export type NewKeyPlan = z.infer<typeof newKeyPlan>;

const resetBackupPlan = z.object({
  ...shared,
  operation: z.literal('reset_backup'),
  /** What storage is opened with; it stays the recovery key. */
  key: storageKey,
  oldVersion: z.string().nullable(),
  /** Base64; null where nobody here can read the old backup: then it stays. */
  oldKey: z.string().nullable(),
  /** Where all of it was read: how it was then. */
  read: z.object({ etag: z.string(), keys: z.number() }).nullable(),
  /** Base64; the same over all attempts, so that a retry knows its own backup. */
  newKey: z.string(),
  newVersion: z.string().nullable(),
  /** Versions from before the old one that the stored key opens; their keys are kept elsewhere. */
  earlier: z.array(z.string()).default([]),
  /** Recovery keys besides the present one, which don't open the new backup. */
  otherKeys: z.number().default(0),
});

export type ResetBackupPlan = z.infer<typeof resetBackupPlan>;

const resetEverythingPlan = z.object({
  ...resetBackupPlan.shape,
  operation: z.literal('reset_everything'),
  /** The default key that the new one takes the place of; null where there was none. */
  oldKeyId: z.string().nullable(),
  /** The public master key of the identity that ends; null where there was none. */
  oldIdentity: z.string().nullable(),
  /** The new identity, the same over all attempts. Private keys in Base64. */
  identity: z.object({
    masterKey: z.string(),
    master: z.string(),
    selfSigning: z.string(),
    userSigning: z.string(),
    /** What publishes it, as JSON. */
    upload: z.string(),
  }),
});

export type ResetEverythingPlan = z.infer<typeof resetEverythingPlan>;

const plan = z.discriminatedUnion('operation', [newKeyPlan, resetBackupPlan, resetEverythingPlan]);

/** What every plan begins with. */
export const untouched = {
  done: [],
  cancelled: false,
  superseded: false,
  told: false,
  left: [],
} satisfies Partial<z.infer<typeof newKeyPlan>>;

/** A change as it is gone on with after a crash: written before its first request, and after each step. */
export type Plan = z.infer<typeof plan>;

export function isDone({ done }: Plan, step: KeyChangeStep): boolean {
  return done.includes(step);
}

export function storageKeyOf(
  { id, bytes }: OpenKey,
  phrase: PhraseParameters | null,
): z.infer<typeof storageKey> {
  return { id, bytes: Buffer.from(bytes).toString('base64'), phrase };
}

/** With the plan's storage key, which is wiped afterwards. */
export async function withStorageKey<Result>(
  keyed: { readonly key: z.infer<typeof storageKey> },
  use: (key: OpenKey) => Promise<Result>,
): Promise<Result> {
  const key = openKeyOf(keyed);
  try {
    return await use(key);
  } finally {
    key.bytes.fill(0);
  }
}

/** Whoever gets the key wipes it. */
export function openKeyOf({ key }: { readonly key: z.infer<typeof storageKey> }): OpenKey {
  return { id: key.id, bytes: wipeableBytes(key.bytes) };
}

/** Null where there is none of this device. */
export function readPlan(records: KeyValueTable, deviceId: string): Plan | null {
  const stored = plan.safeParse(records.get(recordKey)).data;
  return stored?.deviceId === deviceId ? stored : null;
}

/** Whether a change is at work on the keys: what mends by itself leaves them alone meanwhile. */
export function isChanging(records: KeyValueTable, deviceId: string): boolean {
  const found = readPlan(records, deviceId);
  return found !== null && !found.superseded;
}

export function writePlan(records: KeyValueTable, changed: Plan): void {
  records.set(recordKey, changed);
}

export function forgetPlan(records: KeyValueTable): void {
  records.delete(recordKey);
}
