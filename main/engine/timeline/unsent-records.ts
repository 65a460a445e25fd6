/** Where a device's messages that the server does not have yet lie. */
import { z } from 'zod';
import { heldBackReasons } from '../../../preload/model/rooms';
import type { KeyValueTable } from '../../store/profile-store';

const unsentMessage = z.object({
  roomId: z.string(),
  transaction: z.string(),
  body: z.string(),
  /** Milliseconds since 1970, by this computer's clock. */
  writtenAt: z.number(),
  /** What the person had to see to first; one that this version does not know costs no message. */
  heldBack: z.enum(heldBackReasons).optional().catch(undefined),
});

export type UnsentMessage = z.infer<typeof unsentMessage>;

/** One that can't be read costs none of the others. */
const unreadableAsNull = z.array(unsentMessage.nullable().catch(null));

interface Device {
  readonly userId: string;
  readonly deviceId: string;
}

export function unsentMessagesOf(records: KeyValueTable, device: Device): readonly UnsentMessage[] {
  const stored = unreadableAsNull.safeParse(records.get(keyOf(device))).data ?? [];
  return stored.filter((message) => message !== null);
}

export function storeUnsentMessages(
  records: KeyValueTable,
  device: Device,
  messages: readonly UnsentMessage[],
): void {
  if (messages.length === 0) records.delete(keyOf(device));
  else records.set(keyOf(device), messages);
}

/** The same person's next device goes on with what `from` did not get out. */
export function handUnsentMessagesOn(records: KeyValueTable, from: Device, to: Device): void {
  const messages = [...unsentMessagesOf(records, from), ...unsentMessagesOf(records, to)];
  const byTransaction = new Map(messages.map((message) => [message.transaction, message]));
  // First there, then no longer here: cut off in between, nothing is lost.
  storeUnsentMessages(records, to, [...byTransaction.values()]);
  storeUnsentMessages(records, from, []);
}

function keyOf({ userId, deviceId }: Device): string {
  return `unsent-messages/${userId}/${deviceId}`;
}
