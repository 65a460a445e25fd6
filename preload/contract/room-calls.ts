/** Calls about rooms and what is said in them. */
import { z } from 'zod';
import type { HistoryForInvited } from '../model/invite';
import { eventId, itemId, roomId, userId } from './arguments';
import { answeredByEngine } from './entries';

export const roomCalls = {
  // rooms and timelines
  'timeline.loadOlder': answeredByEngine<void>()(z.strictObject({ roomId })),
  /** Asks the backup once more for the keys that are missing, and tries to decrypt. */
  'timeline.lookAgain': answeredByEngine<void>()(z.strictObject({ roomId })),
  /** Refused with `identity_changed` while somebody's new identity is not accepted. */
  'timeline.send': answeredByEngine<void>()(
    z.strictObject({ roomId, body: z.string().min(1).max(60_000) }),
  ),
  'timeline.retry': answeredByEngine<void>()(z.strictObject({ roomId, itemId })),
  'timeline.discard': answeredByEngine<void>()(z.strictObject({ roomId, itemId })),
  'rooms.markRead': answeredByEngine<void>()(z.strictObject({ roomId, eventId })),
  /** What somebody invited now could read of the history. */
  'rooms.historyForInvited': answeredByEngine<HistoryForInvited>()(z.strictObject({ roomId })),
  /** Hands the invited person the keys of the history they may see; `already_in_room` where they are. */
  'rooms.invite': answeredByEngine<HistoryForInvited>()(z.strictObject({ roomId, userId })),
  'rooms.accept': answeredByEngine<void>()(z.strictObject({ roomId })),
  'rooms.decline': answeredByEngine<void>()(z.strictObject({ roomId })),
} as const;
