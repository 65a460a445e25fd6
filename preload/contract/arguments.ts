/** What calls and topics are given, as it is checked on the way in. */
import { z } from 'zod';
import type { DeviceId, EventId, RoomId, UserId } from '../model/ids';

export const none = z.strictObject({});
export const roomId = z
  .string()
  .max(255)
  .regex(/^![^\0]+$/u)
  .transform((id) => id as RoomId);
export const eventId = z
  .string()
  .max(255)
  .regex(/^\$[^\0]+$/u)
  .transform((id) => id as EventId);
export const userId = z
  .string()
  .max(255)
  .regex(/^@[^\0]+:[^\0]+$/u)
  .transform((id) => id as UserId);
export const deviceId = z
  .string()
  .min(1)
  .max(512)
  .transform((id) => id as DeviceId);
/** A timeline item's id: an event id or the transaction id of a local echo. */
export const itemId = z.string().min(1).max(255);
/** Passwords and phrases: never trimmed, never logged. */
export const secretText = z.string().min(1).max(1024);
/** A typed or pasted key, or the whole text of a saved recovery sheet. */
export const keyText = z.string().min(1).max(65_536);
/** A file dropped on the window; the dialogs' ones are read by main. */
export const droppedFile = z.strictObject({
  bytes: z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length <= 20_971_520),
});

export const recoveryKeyChoice = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('key') }),
  z.strictObject({ method: z.literal('phrase'), phrase: secretText, repeated: secretText }),
]);

export const roomParams = z.strictObject({ roomId });
