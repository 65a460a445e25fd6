import type { MatrixEvent } from 'matrix-js-sdk';
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { describe, expect, it } from 'vitest';
import { undecryptableReason } from '../../../main/engine/timeline/undecryptable-reason';
import type { UndecryptableReason } from '../../../preload/model/undecryptable';

const whole = {
  algorithm: 'm.megolm.v1.aes-sha2',
  ciphertext: 'AwgAEnACgAkLmt6qF84IK',
  session_id: 'X3lUlvLELLYxeTx4yOVu6UDpasGEVO0J',
};

/** What the SDK tells of an event it could not decrypt. */
function failed(code: DecryptionFailureCode | null, told = '', wire: unknown = whole): MatrixEvent {
  const event: Partial<MatrixEvent> = {
    decryptionFailureReason: code,
    getContent: () => ({ msgtype: 'm.bad.encrypted', body: `** Unable to decrypt: ${told} **` }),
    getWireContent: () => wire as Record<string, unknown>,
  } as Partial<MatrixEvent>;
  return event as MatrixEvent;
}

const expected: Record<DecryptionFailureCode, UndecryptableReason> = {
  MEGOLM_UNKNOWN_INBOUND_SESSION_ID: 'key_missing',
  MEGOLM_KEY_WITHHELD: 'withheld_blocked',
  MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE: 'withheld_unverified',
  OLM_UNKNOWN_MESSAGE_INDEX: 'shared_from_later',
  HISTORICAL_MESSAGE_NO_KEY_BACKUP: 'backup_not_set_up',
  HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED: 'key_in_backup',
  HISTORICAL_MESSAGE_WORKING_BACKUP: 'not_in_backup',
  HISTORICAL_MESSAGE_USER_NOT_JOINED: 'sent_before_joining',
  SENDER_IDENTITY_PREVIOUSLY_VERIFIED: 'sender_identity_changed',
  UNSIGNED_SENDER_DEVICE: 'sender_unverified_device',
  UNKNOWN_SENDER_DEVICE: 'sender_unverified_device',
  UNKNOWN_ERROR: 'other',
};

describe('why a message can not be read', () => {
  it.each(Object.values(DecryptionFailureCode))('is told for %s', (code) => {
    expect(undecryptableReason(failed(code))).toBe(expected[code]);
  });

  // Sentences of the crypto library for the withheld codes of the spec.
  it.each<[string, string, UndecryptableReason]>([
    ['m.blacklisted', 'The sender has blocked you.', 'withheld_blocked'],
    [
      'm.unverified',
      'The sender has disabled encrypting to unverified devices.',
      'withheld_unverified',
    ],
    ['m.unauthorised', 'You are not authorised to read the message.', 'sent_before_joining'],
    ['m.unavailable', 'The requested key was not found.', 'withheld_unavailable'],
    ['m.no_olm', 'Unable to establish a secure channel.', 'withheld_no_channel'],
    [
      'm.history_not_shared',
      'The sender disabled sharing encrypted history.',
      'history_not_shared',
    ],
    ['a code of later', 'Something new.', 'withheld_blocked'],
  ])('is told for a key withheld as %s', (_code, sentence, reason) => {
    const event = failed(DecryptionFailureCode.MEGOLM_KEY_WITHHELD, `DecryptionError: ${sentence}`);
    expect(undecryptableReason(event)).toBe(reason);
  });

  it.each([
    {},
    { ...whole, ciphertext: { device: 'x' } },
    { ...whole, session_id: '' },
    { ...whole, ciphertext: 'not base64 !' },
    null,
  ])('is damage where no key could open it: %j', (wire) => {
    const event = failed(DecryptionFailureCode.UNKNOWN_ERROR, '', wire);
    expect(undecryptableReason(event)).toBe('damaged');
  });

  it('is not known yet while it is being decrypted', () => {
    expect(undecryptableReason(failed(null))).toBe('still_decrypting');
  });
});
