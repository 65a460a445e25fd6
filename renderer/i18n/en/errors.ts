import type { ErrorSentences } from '../error-sentences';
import { grammarOf } from '../language';

const { plural } = grammarOf('en');
const server = (name: string | undefined): string => name ?? 'The server';

export const errors: ErrorSentences = {
  bad_request: () =>
    'Holdfast could not make sense of this request. Please try again; if it happens again, restart Holdfast.',
  not_allowed: () => 'Holdfast does not allow this. If you need it, ask your help desk.',
  not_ready: () => 'Holdfast is still starting. Please try again in a moment.',
  cancelled: () => 'Cancelled. Nothing was changed.',
  internal: () =>
    'Something went wrong inside Holdfast. Please try again; your messages and keys are not affected.',

  server_name_invalid: () =>
    'That is not a server name. It looks like “example.org”, or an address beginning with https://.',
  server_not_found: (data) =>
    `${server(data.server)} can’t be found. Check the spelling, or ask your organisation for the exact name.`,
  server_not_matrix: (data) =>
    `${server(data.server)} answers, but not as a Matrix server. Ask your organisation for the exact name.`,
  server_certificate: (data) =>
    `${server(data.server)} could not prove its identity, so Holdfast did not connect. Check this computer’s date and network; if both are right, tell your help desk about the certificate.`,
  server_insecure: () =>
    'This address begins with http:// and would send everything unprotected. Use one beginning with https://.',
  server_unsupported: (data) =>
    `${server(data.server)} is too old for Holdfast. Please tell the people who run it.`,
  offline: () => 'There is no connection to the network. Check it, then try again.',
  timeout: () => 'The server took too long to answer. Please try again in a moment.',

  wrong_password: () =>
    'User name and password do not match. Check both, and whether Caps Lock is on.',
  account_deactivated: () =>
    'This account has been deactivated. Your help desk can tell you why and what to do.',
  rate_limited: (data, words) =>
    data.retryAfterMs === undefined
      ? 'The server asks for a pause after several attempts. Wait a moment, then try again.'
      : `The server asks for a pause after several attempts. Try again in ${words.duration(data.retryAfterMs)}.`,
  login_unsupported: () =>
    'This server does not offer signing in with a password, and Holdfast can’t use its other ways yet.',
  signed_out_remotely: () =>
    'This device was signed out from elsewhere. Your keys are still on this computer; sign in again to go on.',

  keychain_unavailable: () =>
    'This computer’s password store is not there. Start or install it (GNOME Keyring or KWallet on Linux), then try again.',
  keychain_locked: () =>
    'This computer’s password store is locked. Unlock it with your computer’s password, then try again.',
  store_key_missing: () =>
    'The key to your messages is missing from this computer’s password store. If that store is still locked, unlock it and try again; otherwise ask your help desk before changing anything.',
  store_key_wrong: () =>
    'The key in this computer’s password store does not fit your messages. If your profile was moved or restored, bring back the matching password store, then try again.',
  store_damaged: () =>
    'The file with your messages is damaged. Holdfast keeps it as it is; do not delete anything, and ask your help desk.',
  store_newer: () =>
    'Your messages were last opened by a newer Holdfast. Update Holdfast on this computer, then open it again.',
  store_in_use: () =>
    'Holdfast is already open with this profile. Close the other window, then try again.',
  disk_full: () => 'The disk is full. Free some space, then try again; nothing was lost.',
  disk_read_only: () =>
    'Holdfast may not write to its folder. Make it writable, or ask your help desk, then try again.',
  disk_error: () =>
    'The disk reported an error. Try again; if it happens again, back up this computer and ask your help desk.',

  phrase_too_weak: () =>
    'This phrase is too easy to guess. Add a few words that do not belong together.',
  phrase_is_password: () =>
    'This is your account password. Choose a different phrase, so that one can’t give away the other.',
  phrase_mismatch: () => 'The two entries differ. Please type the phrase once more.',
  proof_mismatch: () =>
    'That does not match your recovery key. Compare it with your saved or printed copy.',
  key_mistyped: (data) =>
    data.groups === undefined || data.groups.length === 0
      ? 'There is a typing mistake somewhere in this recovery key. Compare it group by group with your copy; often it is a capital or small letter.'
      : `There is a typing mistake in ${plural(data.groups.length, {
          one: 'group',
          other: 'groups',
        })} ${data.groups.join(', ')} of this recovery key. Compare with your copy.`,
  key_incomplete: () =>
    'This recovery key is not complete. It has 48 characters in 12 groups of four.',
  key_not_found: () =>
    'There is no recovery key in this text. Choose the file you saved, or type the key itself.',
  key_wrong: () =>
    'This is a recovery key, but not the one of this account. Look for a newer copy; each new setup makes a new key.',
  phrase_wrong: () =>
    'This is not the security phrase of this account. It is not your account password; mind capitals and spaces.',
  key_unverifiable: () =>
    'The server holds nothing to check this key against, so Holdfast did not use it. Verify with another device instead.',
  backup_missing: () => 'There is no key backup on the server for this account.',
  backup_key_mismatch: () =>
    'The recovery key is right, but the key backup was made with another one. Open a device that still reads your messages and set up the backup again there.',
  backup_exists: () =>
    'This account already has a key backup. Restore from it rather than making a new one.',
  reauth_required: () =>
    'The server wants to be sure it is you. Please enter your account password.',
  secrets_not_here: () =>
    'This device lacks something needed for this. Please enter your recovery key or verify this device first.',
  changed_elsewhere: () =>
    'Another device changed the key backup in the meantime, so Holdfast stopped. Nothing was lost. Look at “Key health” in the settings and start again from there.',
  snapshot_locked: () =>
    'This copy was made before this computer’s store was begun anew. It opens with the recovery key of that time.',
  old_key_unknown: () =>
    'This opens nothing that the server still keeps for this account. Check whether it belongs to another account, or look for another copy.',
  old_backup_gone: () =>
    'This was a key of this account, but the backup it opened is no longer on the server. A device that was signed in then, a key file or a copy on a computer may still have its keys.',
  key_current: () =>
    'This is your present recovery key. It opens your present backup; there is nothing older on the server that it opens.',
  policy_required: () => 'Your organisation requires this step. It can’t be skipped.',
  keys_pending: (data) =>
    data.count === undefined
      ? 'Some keys are not in the backup yet. Wait until they are.'
      : plural(data.count, {
          one: 'One key is not in the backup yet. Wait until it is.',
          other: '# keys are not in the backup yet. Wait until they are.',
        }),
  passphrase_wrong: () =>
    'This passphrase does not open Holdfast. Mind capitals, spaces and the keyboard layout.',
  code_not_found: () =>
    'There is no QR code in this picture that can be read. Take it straight from the front, with the whole code and some white around it, as PNG or JPEG.',
  code_wrong: () =>
    'This code does not belong to this verification. Use the code that the other side shows right now; if it still does not fit, cancel and compare emoji.',
  device_gone: () => 'This device is no longer signed in. The list shows the present ones.',
  devices_needed: () =>
    'This device can’t read your whole history on its own yet, so the others stay signed in. Finish restoring first.',
  identity_changed: () =>
    'Someone in this room has a new identity. Look at the notice above the message first.',
  verify_own_first: () =>
    'This device is not verified itself. Verify it with another of your devices or your recovery key, then verify other people.',
  passphrase_too_short: () => 'This passphrase is too short to protect your keys. Make it longer.',
  file_too_large: () =>
    'This file is larger than any that Holdfast can use here. Please choose another one.',
  file_damaged: () =>
    'This file can’t be read: it is damaged, or not what its name says. Try another copy, or type the key.',
  file_locked: () =>
    'This PDF is protected with a password. Open it in your PDF viewer and type the key from there.',
  file_unknown: () =>
    'Holdfast can’t read this kind of file. It reads text files, PDFs, and pictures in PNG or JPEG format.',
  key_file_unknown: () =>
    'This is not a key file. A key file begins with “BEGIN MEGOLM SESSION DATA”; Matrix apps make one when you export your keys.',
  key_file_damaged: () =>
    'This key file is damaged or not complete. Nothing was imported. Try another copy, or export it once more.',
  key_file_passphrase: () =>
    'This passphrase does not open the file. Mind capitals and spaces. If you are sure of it, the file may have been changed or damaged.',

  room_not_found: () => 'This room is not there any more, or you are no longer in it.',
  already_in_room: () => 'This person is in the room already.',
  forbidden: () => 'You do not have the right to do this here. Ask someone who manages the room.',
  message_too_long: () => 'This message is too long to be sent in one piece. Split it up.',
  server_error: () => 'The server reported an error. Please try again in a few minutes.',
};
