import { z } from 'zod';
import type { KeyChangeStep } from '../../../../preload/model/key-change';
import type { KeyValueTable } from '../../../store/profile-store';
import { phraseParameters } from '../../../recovery-key/phrase-key';
import type { OpenKey } from '../../../recovery-key/unlock';

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
});

export type NewKeyPlan = z.infer<typeof newKeyPlan>;

const plan = z.discriminatedUnion('operation', [newKeyPlan]);

/** A change as it is gone on with after a crash: written before its first request, and after each step. */
export type Plan = z.infer<typeof plan>;

export function isDone({ done }: Plan, step: KeyChangeStep): boolean {
  return done.includes(step);
}

/** Whoever gets the key wipes it. */
export function openKeyOf({ key }: { readonly key: z.infer<typeof storageKey> }): OpenKey {
  const bytes = new Uint8Array(Buffer.byteLength(key.bytes, 'base64'));
  Buffer.from(bytes.buffer).write(key.bytes, 'base64');
  return { id: key.id, bytes };
}

/** Null where there is none of this device. */
export function readPlan(records: KeyValueTable, deviceId: string): Plan | null {
  const stored = plan.safeParse(records.get(recordKey)).data;
  return stored?.deviceId === deviceId ? stored : null;
}

export function writePlan(records: KeyValueTable, changed: Plan): void {
  records.set(recordKey, changed);
}

export function forgetPlan(records: KeyValueTable): void {
  records.delete(recordKey);
}
