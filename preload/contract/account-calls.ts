/** Calls about who is signed in, on which devices, and whom they trust. */
import { z } from 'zod';
import type { Homeserver } from '../model/app';
import type { DeviceSignOutRisk } from '../model/devices';
import type { SignOutRisk } from '../model/keys';
import { deviceId, droppedFile, none, roomId, secretText, userId } from './arguments';
import { answeredByEngine, answeredByMain } from './entries';

export const accountCalls = {
  // signing in and out
  'signIn.discover': answeredByEngine<Homeserver>()(
    z.strictObject({ server: z.string().min(1).max(1024) }),
  ),
  'signIn.password': answeredByEngine<void>()(
    z.strictObject({
      baseUrl: z.url().max(2048),
      user: z.string().min(1).max(255),
      password: secretText,
    }),
  ),
  'signOut.risk': answeredByEngine<SignOutRisk>()(none),
  /** Refused with `keys_pending` while keys could be lost, unless `acceptLoss` is the person's word. */
  'signOut.confirm': answeredByEngine<void>()(z.strictObject({ acceptLoss: z.boolean() })),

  // where the server asks who is there; what it asks for shows in the topic `interactiveAuth`
  'interactiveAuth.enterPassword': answeredByEngine<void>()(
    z.strictObject({ password: secretText }),
  ),
  /** Opens the page on which to confirm, in the browser; may be called again. */
  'interactiveAuth.openPage': answeredByMain<void>()(none),
  'interactiveAuth.cancel': answeredByEngine<void>()(none),

  // verifying own devices and other people; how it goes shows in the topic `verification`
  /** Asks all other devices of the account. */
  'verification.requestOwn': answeredByEngine<void>()(none),
  'verification.requestDevice': answeredByEngine<void>()(z.strictObject({ deviceId })),
  /** Refused with `verify_own_first` while this device is not verified, as accepting is. */
  'verification.requestPerson': answeredByEngine<void>()(z.strictObject({ userId })),
  'verification.accept': answeredByEngine<void>()(none),
  'verification.useEmoji': answeredByEngine<void>()(none),
  'verification.emojiMatch': answeredByEngine<void>()(none),
  'verification.emojiMismatch': answeredByEngine<void>()(none),
  /** The other side scanned our code; `seen`: it shows that it is the right one. */
  'verification.qrSeen': answeredByEngine<void>()(z.strictObject({ seen: z.boolean() })),
  /** What the QR code that the other side shows says. Refused with `code_wrong` where it is another. */
  'verification.scan': answeredByEngine<void>()(
    z.strictObject({ code: z.instanceof(Uint8Array).refine(({ length }) => length <= 2_953) }),
  ),
  /** Out of a picture that the person picks; false where the dialog was cancelled. */
  'verification.scanFile': answeredByMain<boolean>()(none),
  'verification.scanDrop': answeredByMain<void>()(droppedFile),
  'verification.cancel': answeredByEngine<void>()(none),
  'verification.dismiss': answeredByEngine<void>()(none),
  /** The person's word that messages may go to the identity this user has now. */
  'people.acceptIdentity': answeredByEngine<void>()(z.strictObject({ userId })),

  // the account's devices
  /** Asks the server anew; what comes of it shows in `devices` and `deviceStatus`. */
  'devices.refresh': answeredByEngine<void>()(none),
  'devices.rename': answeredByEngine<void>()(
    z.strictObject({ deviceId, name: z.string().trim().min(1).max(100) }),
  ),
  /** Puts the question about new devices off; it comes back while they are not verified. */
  'devices.snooze': answeredByEngine<void>()(none),
  'devices.signOutRisk': answeredByEngine<DeviceSignOutRisk>()(none),
  /**
   * Signs other devices of the account out. Refused with `devices_needed` while this one could not
   * read the history without them, unless `acceptLoss` is the person's word.
   */
  'devices.signOut': answeredByEngine<void>()(
    z.strictObject({
      deviceIds: z.array(deviceId).min(1).max(1_000),
      acceptLoss: z.boolean(),
    }),
  ),

  // messages to verified devices alone
  'verifiedOnly.everywhere': answeredByEngine<void>()(z.strictObject({ on: z.boolean() })),
  'verifiedOnly.inRoom': answeredByEngine<void>()(z.strictObject({ roomId, on: z.boolean() })),
} as const;
