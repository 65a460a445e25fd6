/**
 * Every call and every topic that crosses between the app's window and its main process, once.
 *
 * From this list come the typed API (api.ts), the validating dispatcher (main/bridge) and the
 * compile-time check that each call has exactly one handler. Only main evaluates the schemas; the
 * window imports this file's types alone.
 */
import { z } from 'zod';
import type { LocalAccounts } from './model/accounts';
import type {
  AppInfo,
  AppState,
  Connection,
  EventLoopDelay,
  Homeserver,
  Preferences,
  StorageState,
  VaultState,
} from './model/app';
import type { CarryOverState } from './model/carry-over';
import type { DeviceSignOutRisk, DeviceStatus, OwnDevice } from './model/devices';
import type { Drill } from './model/drill';
import type { DeviceId, EventId, RoomId, UserId } from './model/ids';
import type { EndedSession } from './model/ended-session';
import type { InteractiveAuthState } from './model/interactive-auth';
import type { HistoryForInvited } from './model/invite';
import type { KeyChangeState, KeySnapshot } from './model/key-change';
import type { ExportedKeyFile, ImportedKeys } from './model/key-files';
import type { Completed } from './model/key-repair';
import type { OldBackupRead } from './model/old-key';
import type { KeyHealth, QuitQuestion, RestoreState, SetupState, SignOutRisk } from './model/keys';
import type { RoomPerson, RoomTrust } from './model/people';
import type { OrganisationPolicy } from './model/policy';
import type { RoomSummary, TimelineItem, TimelineStatus } from './model/rooms';
import type { VerificationState } from './model/verification';

/** Who answers: the main thread (desktop, files, vault) or the engine on its worker thread. */
export type AnsweredBy = 'main' | 'engine';

export interface Call<Schema extends z.ZodType, Result, By extends AnsweredBy> {
  readonly args: Schema;
  readonly by: By;
  /** Phantom: the result's type, never a value. */
  readonly result?: Result;
}

/** `value`: the whole value each time. `collection`: items by id, changes as patches. */
export type TopicShape = 'value' | 'collection';

export interface Topic<
  Schema extends z.ZodType,
  Shape extends TopicShape,
  Item,
  By extends AnsweredBy,
> {
  readonly params: Schema;
  readonly shape: Shape;
  readonly by: By;
  /** Phantom: the type of the value, or of the collection's items. */
  readonly item?: Item;
}

const answeredByMain =
  <Result>() =>
  <Schema extends z.ZodType>(args: Schema): Call<Schema, Result, 'main'> => ({ args, by: 'main' });

const answeredByEngine =
  <Result>() =>
  <Schema extends z.ZodType>(args: Schema): Call<Schema, Result, 'engine'> => ({
    args,
    by: 'engine',
  });

const none = z.strictObject({});
const roomId = z
  .string()
  .max(255)
  .regex(/^![^\0]+$/u)
  .transform((id) => id as RoomId);
const eventId = z
  .string()
  .max(255)
  .regex(/^\$[^\0]+$/u)
  .transform((id) => id as EventId);
const userId = z
  .string()
  .max(255)
  .regex(/^@[^\0]+:[^\0]+$/u)
  .transform((id) => id as UserId);
const deviceId = z
  .string()
  .min(1)
  .max(512)
  .transform((id) => id as DeviceId);
/** A timeline item's id: an event id or the transaction id of a local echo. */
const itemId = z.string().min(1).max(255);
/** Passwords and phrases: never trimmed, never logged. */
const secretText = z.string().min(1).max(1024);
/** A typed or pasted key, or the whole text of a saved recovery sheet. */
const keyText = z.string().min(1).max(65_536);
/** A file dropped on the window; the dialogs' ones are read by main. */
const droppedFile = z.strictObject({
  bytes: z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length <= 20_971_520),
});

const recoveryKeyChoice = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('key') }),
  z.strictObject({ method: z.literal('phrase'), phrase: secretText, repeated: secretText }),
]);

const roomParams = z.strictObject({ roomId });

const value =
  <Item>() =>
  <By extends AnsweredBy>(by: By): Topic<typeof none, 'value', Item, By> => ({
    params: none,
    shape: 'value',
    by,
  });
const roomValue = <Item>(): Topic<typeof roomParams, 'value', Item, 'engine'> => ({
  params: roomParams,
  shape: 'value',
  by: 'engine',
});
const roomCollection = <Item>(): Topic<typeof roomParams, 'collection', Item, 'engine'> => ({
  params: roomParams,
  shape: 'collection',
  by: 'engine',
});
const collection = <Item>(): Topic<typeof none, 'collection', Item, 'engine'> => ({
  params: none,
  shape: 'collection',
  by: 'engine',
});

export const calls = {
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

  // where the server asks who is there; what it asks for shows in the topic `interactiveAuth`
  'interactiveAuth.enterPassword': answeredByEngine<void>()(
    z.strictObject({ password: secretText }),
  ),
  /** Opens the page on which to confirm, in the browser; may be called again. */
  'interactiveAuth.openPage': answeredByMain<void>()(none),
  'interactiveAuth.cancel': answeredByEngine<void>()(none),

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

export const topics = {
  app: value<AppState>()('main'),
  accounts: value<LocalAccounts>()('main'),
  /** What the organisation that looks after this computer has set. */
  policy: value<OrganisationPolicy>()('main'),
  preferences: value<Preferences>()('main'),
  /** Set while the person wants to quit and must decide, because keys are not backed up. */
  quitRequest: value<QuitQuestion | null>()('main'),
  vault: value<VaultState>()('main'),
  /** Whether the open store takes what arrives. */
  storage: value<StorageState>()('engine'),
  /** What the server has ended, while nobody is signed in. */
  endedSession: value<EndedSession | null>()('engine'),
  connection: value<Connection>()('engine'),
  keys: value<KeyHealth>()('engine'),
  devices: collection<OwnDevice>(),
  deviceStatus: value<DeviceStatus>()('engine'),
  /** Whether messages of all rooms go to verified devices alone. */
  verifiedOnly: value<{ readonly everywhere: boolean }>()('engine'),
  drill: value<Drill>()('engine'),
  setup: value<SetupState>()('engine'),
  restore: value<RestoreState>()('engine'),
  verification: value<VerificationState>()('engine'),
  /** Keys of this person's earlier sign-ins here, coming over. */
  carryOver: value<CarryOverState>()('engine'),
  keyChange: value<KeyChangeState>()('engine'),
  interactiveAuth: value<InteractiveAuthState>()('engine'),
  rooms: collection<RoomSummary>(),
  timeline: roomCollection<TimelineItem>(),
  timelineStatus: roomValue<TimelineStatus>(),
  roomTrust: roomValue<RoomTrust>(),
  roomPeople: roomCollection<RoomPerson>(),
} as const;

type Calls = typeof calls;
type Topics = typeof topics;

export type CallName = keyof Calls;
/** What the window passes. */
export type CallArgs<Name extends CallName> = z.input<Calls[Name]['args']>;
/** What a handler receives, validated. */
export type ValidArgs<Name extends CallName> = z.output<Calls[Name]['args']>;
export type CallResult<Name extends CallName> =
  Calls[Name] extends Call<z.ZodType, infer Result, AnsweredBy> ? Result : never;
export type CallsOf<By extends AnsweredBy> = {
  [Name in CallName]: Calls[Name]['by'] extends By ? Name : never;
}[CallName];

export type TopicName = keyof Topics;
export type TopicParams<Name extends TopicName> = z.input<Topics[Name]['params']>;
export type ValidTopicParams<Name extends TopicName> = z.output<Topics[Name]['params']>;
export type TopicItem<Name extends TopicName> =
  Topics[Name] extends Topic<z.ZodType, TopicShape, infer Item, AnsweredBy> ? Item : never;
export type ShapeOf<Name extends TopicName> = Topics[Name]['shape'];

/** Changes of a collection; `reset` starts over (the first message is always a reset). */
export interface CollectionPatch<Item> {
  readonly reset: boolean;
  readonly upsert: readonly Item[];
  readonly remove: readonly string[];
}

/** One message of a topic: the value, or the patch of a collection. */
export type TopicMessage<Name extends TopicName> =
  ShapeOf<Name> extends 'value' ? TopicItem<Name> : CollectionPatch<TopicItem<Name>>;

/** One handler for each call of that side: a missing or a surplus one does not compile. */
export type Handlers<By extends AnsweredBy> = {
  [Name in CallsOf<By>]: (args: ValidArgs<Name>) => Promise<CallResult<Name>>;
};
