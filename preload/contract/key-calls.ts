/** Calls about the keys of an account: what protects them, copies of them, and how they come back. */
import { z } from 'zod';
import type { KeySnapshot } from '../model/key-change';
import type { ExportedKeyFile, ImportedKeys } from '../model/key-files';
import type { Completed } from '../model/key-repair';
import type { OldBackupRead } from '../model/old-key';
import { droppedFile, keyText, none, recoveryKeyChoice, secretText } from './arguments';
import { answeredByEngine, answeredByMain } from './entries';

export const keyCalls = {
  // setting up key backup
  'setup.begin': answeredByEngine<{ readonly recoveryKey: string }>()(recoveryKeyChoice),
  'setup.saveText': answeredByMain<{ readonly fileName: string } | null>()(none),
  'setup.savePdf': answeredByMain<{ readonly fileName: string } | null>()(none),
  /** False where the print dialog was cancelled. */
  'setup.print': answeredByMain<boolean>()(none),
  'setup.copy': answeredByMain<void>()(none),
  'setup.prove': answeredByEngine<void>()(
    z.discriminatedUnion('by', [
      z.strictObject({
        by: z.literal('groups'),
        groups: z.array(z.string().max(16)).length(3),
      }),
      z.strictObject({ by: z.literal('phrase'), phrase: secretText }),
      z.strictObject({ by: z.literal('text'), text: keyText }),
    ]),
  ),
  /** Lets the person pick the saved .txt and proves by it. False where the dialog was cancelled. */
  'setup.proveByFile': answeredByMain<boolean>()(none),
  /** Creates identity, secret storage and backup on the server, and uploads. Safe to call again. */
  'setup.secure': answeredByEngine<void>()(
    z.strictObject({ accountPassword: secretText.optional() }),
  ),
  'setup.abandon': answeredByEngine<void>()(none),
  'reminder.snooze': answeredByEngine<void>()(none),

  // changing what protects the keys; how it goes shows in the topic `keyChange`
  /**
   * A new recovery key is made, and then kept and proven as in a first setup; `setup.secure` begins
   * that change. `removeOld`: the old key may be in wrong hands. Every other change begins at once.
   */
  'keyChange.begin': answeredByEngine<{ readonly recoveryKey: string } | null>()(
    z.discriminatedUnion('operation', [
      z.strictObject({
        operation: z.literal('new_key'),
        choice: recoveryKeyChoice,
        removeOld: z.boolean(),
      }),
      z.strictObject({ operation: z.literal('reset_everything'), choice: recoveryKeyChoice }),
      z.strictObject({ operation: z.literal('reset_backup'), secret: keyText }),
    ]),
  ),
  /** With the saved key that the person picks; false where the dialog was cancelled. */
  'keyChange.resetBackupByFile': answeredByMain<boolean>()(none),
  'keyChange.resetBackupByDrop': answeredByMain<void>()(droppedFile),
  'keyChange.continue': answeredByEngine<void>()(none),
  /** Refused with `not_allowed` from the point of no return on. */
  'keyChange.cancel': answeredByEngine<void>()(none),
  'keyChange.dismiss': answeredByEngine<void>()(none),

  /**
   * Ends the uploads; the server's copy stays. Refused with `policy_required` where key backup is
   * required, with `not_allowed` where this device does not use it.
   */
  'backup.switchOff': answeredByEngine<void>()(none),
  'backup.switchOn': answeredByEngine<void>()(none),

  // encrypted copies of all keys on this computer
  'snapshots.list': answeredByEngine<readonly KeySnapshot[]>()(none),
  'snapshots.make': answeredByEngine<{ readonly keys: number }>()(none),
  /**
   * Imports one. `secret`: the recovery key or phrase of when it was made, where `snapshot_locked`
   * says that this computer alone does not open it.
   */
  'snapshots.readBack': answeredByEngine<{ readonly keys: number }>()(
    z.strictObject({ id: z.string().max(64), secret: keyText.optional() }),
  ),

  /** With the saved key that the person picks; false where the dialog was cancelled. */
  'snapshots.readBackByFile': answeredByMain<boolean>()(z.strictObject({ id: z.string().max(64) })),
  'snapshots.readBackByDrop': answeredByMain<void>()(
    droppedFile.extend({ id: z.string().max(64) }),
  ),

  // the repairs of the keys that are neither setup, nor restore, nor change
  'repair.tryAgain': answeredByEngine<void>()(none),
  /** Resolves when nothing waits any more. */
  'repair.uploadNow': answeredByEngine<void>()(none),
  /** Adds what storage and backup lack; the backup's keys then come by a restore. */
  'repair.complete': answeredByEngine<Completed>()(z.strictObject({ secret: keyText })),
  /** With the saved key that the person picks; null where the dialog was cancelled. */
  'repair.completeByFile': answeredByMain<Completed | null>()(none),
  'repair.completeByDrop': answeredByMain<Completed>()(droppedFile),

  // keys of earlier sign-ins on this computer
  /** Resolves when nothing more can be taken over; how that went is in the topic `carryOver`. */
  'carryOver.tryAgain': answeredByEngine<void>()(none),

  // a recovery key that turned up after everything was set up anew
  /** Resolves when what it still opens is here. */
  'oldKey.read': answeredByEngine<OldBackupRead>()(z.strictObject({ secret: keyText })),
  /** With the saved key that the person picks; null where the dialog was cancelled. */
  'oldKey.readByFile': answeredByMain<OldBackupRead | null>()(none),
  'oldKey.readByDrop': answeredByMain<OldBackupRead>()(droppedFile),

  // a report for the help desk, without secrets
  'report.make': answeredByMain<string>()(none),
  /** The one made last; null where the dialog was cancelled. */
  'report.save': answeredByMain<{ readonly fileName: string } | null>()(none),

  // restoring
  'restore.begin': answeredByEngine<void>()(z.strictObject({ secret: keyText })),
  /** Lets the person pick a text, PDF or picture of the recovery sheet; false where cancelled. */
  'restore.beginByFile': answeredByMain<boolean>()(none),
  'restore.beginByDrop': answeredByMain<void>()(droppedFile),
  /** The restore waits, over restarts, until `restore.resume`. */
  'restore.pause': answeredByEngine<void>()(none),
  'restore.resume': answeredByEngine<void>()(none),
  'restore.dismiss': answeredByEngine<void>()(none),

  // checking now and then that the recovery key is still at hand
  /** With the recovery key, a text that holds it, or the security phrase; judged on this device. */
  'drill.check': answeredByEngine<void>()(z.strictObject({ secret: keyText })),
  /** False where the dialog was cancelled. */
  'drill.checkByFile': answeredByMain<boolean>()(none),
  'drill.checkByDrop': answeredByMain<void>()(droppedFile),
  'drill.snooze': answeredByEngine<void>()(none),

  // key files
  'keyFile.export': answeredByMain<ExportedKeyFile | null>()(
    z.strictObject({ passphrase: secretText }),
  ),
  /** Lets the person choose a key file; null where the dialog was cancelled. */
  'keyFile.choose': answeredByMain<{ readonly fileName: string } | null>()(none),
  /** Imports the file chosen last; after `key_file_passphrase` it stays chosen. */
  'keyFile.import': answeredByMain<ImportedKeys>()(z.strictObject({ passphrase: secretText })),
} as const;
