/** What the main thread and the engine's worker ask of each other. */
import type { CallsOf, TopicName } from '../../preload/contract';
import type { ErrorCode } from '../../preload/errors';
import type { Account } from '../../preload/model/app';
import type { ImportedKeys } from '../../preload/model/key-files';
import type { KeptCopies } from '../../preload/model/keys';
import type { ManagedPolicy } from '../policy/managed-policy';
import type { EgressRequest, EgressResponse } from '../egress/egress';
import type { FreshLogin } from './session/stored-session';

/** Everything on the recovery sheet. Holds the recovery key: never log it, never keep it. */
export interface RecoverySheet {
  readonly account: Account;
  readonly homeserver: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly keyId: string;
  /** In groups of four, separated by spaces. */
  readonly recoveryKey: string;
}

export interface ExportedKeys {
  /** The spec's key file, armoured. */
  readonly text: string;
  readonly keys: number;
  /** Keys of the device that can't be read, and are not in the file. */
  readonly unread: number;
}

/** The account's recovery key, just proven right. Secret: wiped by whoever receives it. */
export interface ProvenRecoveryKey {
  /** Of the default key of secret storage. */
  readonly keyId: string;
  readonly privateKey: Uint8Array<ArrayBuffer>;
  /** How the key comes from a security phrase (PBKDF2 with SHA-512); null where it was generated. */
  readonly passphrase: { readonly salt: string; readonly iterations: number } | null;
}

/** What main knows and a report for the help desk needs. */
export interface AppFacts {
  readonly version: string;
  /** The desktop the app runs on, with its versions. */
  readonly shell: string;
  readonly system: string;
  /** BCP 47 tags: of the app, and of the desktop. */
  readonly locales: readonly [app: string, system: string];
  /** What failed lately, the last one last. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The call of the contract, not what it was called with. */
  readonly call: string;
  readonly code: ErrorCode;
}

/** Answered by the engine. */
export interface EngineProcedures {
  /**
   * Opens the profile's store and takes up the stored session, if there is one. Gives the user id of
   * whose store it is, null where it is nobody's yet.
   */
  open(args: {
    readonly profileDir: string;
    readonly storeKey: Uint8Array;
    readonly managed: ManagedPolicy;
  }): string | null;
  /** What the organisation has set has changed. */
  managedChanged(args: ManagedPolicy): void;
  /** Goes on with a login that began in another profile. */
  adopt(args: FreshLogin): void;
  call(args: { readonly name: CallsOf<'engine'>; readonly args: unknown }): unknown;
  openTopic(args: {
    readonly subscription: number;
    readonly topic: TopicName;
    readonly params: unknown;
  }): void;
  closeTopic(args: { readonly subscription: number }): void;
  /** From when a recovery key is presented until it is secured or abandoned; rejects else. */
  recoverySheet(args: null): RecoverySheet;
  /** Notes that main has made a copy of the recovery key. */
  copyKept(args: { readonly copy: keyof KeptCopies }): void;
  /** The page on which the person confirms who they are; rejects where none would help. */
  confirmationPage(args: null): string;
  helpDeskReport(args: AppFacts): string;
  exportKeys(args: { readonly passphrase: string }): ExportedKeys;
  importKeys(args: { readonly text: string; readonly passphrase: string }): ImportedKeys;
  /** Stops syncing, writes what is pending, closes the store. */
  close(args: null): void;
}

/** Answered by the main thread. */
export interface MainProcedures {
  fetch(args: EgressRequest): EgressResponse;
  topicMessage(args: { readonly subscription: number; readonly message: unknown }): void;
  /** The signed-in account changed; null when signed out. */
  accountChanged(args: { readonly account: Account | null }): void;
  /** Lets the vault make the recovery key open the store, too. */
  recoveryKeyKnown(args: ProvenRecoveryKey): void;
  /** The open store turned out to be unusable: main closes it and says so. */
  storeFailed(args: { readonly code: ErrorCode }): void;
  /** Where a login goes on; `elsewhere`: main takes it to the person's own profile. */
  placeLogin(args: {
    readonly login: FreshLogin;
    readonly fitsStore: boolean;
  }): 'here' | 'elsewhere';
}
