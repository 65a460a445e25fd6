/**
 * Why a message can't be read, from what the crypto library reports.
 * @see https://spec.matrix.org/latest/client-server-api/#reporting-that-decryption-keys-are-withheld
 */
import type { MatrixEvent } from 'matrix-js-sdk';
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { z } from 'zod';
import type { UndecryptableReason } from '../../../preload/model/undecryptable';

const reasons: Readonly<Record<DecryptionFailureCode, UndecryptableReason>> = {
  [DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID]: 'key_missing',
  [DecryptionFailureCode.OLM_UNKNOWN_MESSAGE_INDEX]: 'shared_from_later',
  [DecryptionFailureCode.MEGOLM_KEY_WITHHELD]: 'withheld_blocked',
  [DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE]: 'withheld_unverified',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP]: 'backup_not_set_up',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED]: 'key_in_backup',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP]: 'not_in_backup',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED]: 'sent_before_joining',
  [DecryptionFailureCode.SENDER_IDENTITY_PREVIOUSLY_VERIFIED]: 'sender_identity_changed',
  [DecryptionFailureCode.UNSIGNED_SENDER_DEVICE]: 'sender_unverified_device',
  [DecryptionFailureCode.UNKNOWN_SENDER_DEVICE]: 'sender_unverified_device',
  [DecryptionFailureCode.UNKNOWN_ERROR]: 'other',
};

/**
 * The sentences by which the crypto library tells withheld codes apart: matrix-js-sdk passes on the
 * sentence only, not the code.
 */
const withheldReasons: readonly (readonly [sentence: string, UndecryptableReason])[] = [
  ['The sender has blocked you.', 'withheld_blocked'],
  ['The sender has disabled encrypting to unverified devices.', 'withheld_unverified'],
  ['You are not authorised to read the message.', 'sent_before_joining'],
  ['The sender disabled sharing encrypted history.', 'history_not_shared'],
  ['The requested key was not found.', 'withheld_unavailable'],
  ['Unable to establish a secure channel.', 'withheld_no_channel'],
];

/** What an encrypted event must hold for any key to open it. */
const megolmContent = z.object({
  algorithm: z.string(),
  ciphertext: z.string().regex(/^[A-Za-z\d+/]+=*$/),
  session_id: z.string().min(1),
});

export function undecryptableReason(event: MatrixEvent): UndecryptableReason {
  const code = event.decryptionFailureReason;
  if (code === null) return 'still_decrypting';
  if (code === DecryptionFailureCode.UNKNOWN_ERROR) {
    return megolmContent.safeParse(event.getWireContent()).success ? 'other' : 'damaged';
  }
  if (code === DecryptionFailureCode.MEGOLM_KEY_WITHHELD) {
    const told = String(event.getContent()['body']);
    return withheldReasons.find(([sentence]) => told.includes(sentence))?.[1] ?? reasons[code];
  }
  return reasons[code];
}
