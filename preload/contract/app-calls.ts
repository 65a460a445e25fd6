/** Calls about the app on this computer: its store, and the people who use it. */
import { z } from 'zod';
import type { AppInfo, EventLoopDelay } from '../model/app';
import { droppedFile, keyText, none, secretText } from './arguments';
import { answeredByMain } from './entries';

export const appCalls = {
  // the app
  'app.info': answeredByMain<AppInfo>()(none),
  'app.eventLoopDelay': answeredByMain<EventLoopDelay>()(none),
  'app.retryStore': answeredByMain<void>()(none),
  /** The person's answer to `quitRequest`. */
  'app.quit': answeredByMain<void>()(z.strictObject({ quit: z.boolean() })),
  'preferences.update': answeredByMain<void>()(
    z.strictObject({
      language: z.enum(['en', 'de']).nullable().optional(),
      theme: z.enum(['light', 'dark']).nullable().optional(),
    }),
  ),
  'links.open': answeredByMain<void>()(z.strictObject({ url: z.string().min(1).max(8192) })),
  'clipboard.copyText': answeredByMain<void>()(z.strictObject({ text: z.string().max(65_536) })),

  // a store that can't be opened, and its key
  /** With the recovery key, a text that holds it, or the security phrase. */
  'store.openByRecoveryKey': answeredByMain<void>()(z.strictObject({ secret: keyText })),
  /** Lets the person pick the saved file; false where the dialog was cancelled. */
  'store.openByRecoveryFile': answeredByMain<boolean>()(none),
  'store.openByRecoveryDrop': answeredByMain<void>()(droppedFile),
  'store.choosePassphrase': answeredByMain<void>()(
    z.strictObject({ passphrase: secretText, repeated: secretText }),
  ),
  'store.enterPassphrase': answeredByMain<void>()(z.strictObject({ passphrase: secretText })),
  /**
   * The person's explicit word: moves the whole store into a folder of its own, deletes nothing, and
   * begins anew. Refused with `not_allowed` unless the problem offers it.
   */
  'store.keepAside': answeredByMain<void>()(none),
  /** From an app passphrase to the keychain; refused with `not_allowed` unless it is usable. */
  'store.moveToKeychain': answeredByMain<void>()(none),

  /** From the keychain to a passphrase; refused with `not_allowed` unless the recovery key opens it. */
  'store.lock': answeredByMain<void>()(
    z.strictObject({ passphrase: secretText, repeated: secretText }),
  ),

  // several people on this computer; what is open closes, and the window starts anew
  'accounts.open': answeredByMain<void>()(z.strictObject({ id: z.string().min(1).max(64) })),
  /** For signing in with one more account. */
  'accounts.add': answeredByMain<void>()(none),
  /** Asks whose turn it is. */
  'accounts.choose': answeredByMain<void>()(none),
  /** What the open account is called here before it is opened; null: by its number. */
  'accounts.rename': answeredByMain<void>()(
    z.strictObject({ name: z.string().trim().min(1).max(60).nullable() }),
  ),
  /**
   * Signs the open account out and puts its files aside. `typed`: its address, as the person's word;
   * else `proof_mismatch`. Refused with `keys_pending` as signing out is.
   */
  'accounts.remove': answeredByMain<void>()(
    z.strictObject({ typed: z.string().max(255), acceptLoss: z.boolean() }),
  ),
} as const;
