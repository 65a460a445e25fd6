import type { ErrorCode } from '../errors';
import type { DeviceId, UserId } from './ids';

/** The signed-in account, as the person knows it. */
export interface Account {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** The server's name, the part after the colon of the user id. */
  readonly serverName: string;
  readonly displayName: string;
}

/** Which part of the app is on screen; main decides. */
export type AppState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'store_unavailable'; readonly problem: StoreProblem }
  /** No keychain here: the store key is kept by an app passphrase, to be chosen or entered. */
  | { readonly phase: 'passphrase'; readonly asked: 'choose' | 'enter' }
  /** Several people use Holdfast here, and nobody has said yet who they are. */
  | {
      readonly phase: 'choose_account';
      /** The folder, within its profile, of an account that was just removed. */
      readonly removed?: string;
    }
  | {
      readonly phase: 'signed_out';
      /** The folder, within the profile, of a store that was just put aside. */
      readonly keptAside?: string;
      /** Why a sign-in that was to go on here could not. */
      readonly signInFailed?: ErrorCode;
    }
  | {
      readonly phase: 'signed_in';
      readonly account: Account;
      /** The sign-in began in another account's window. */
      readonly handedOver?: true;
    };

/** What a person can do about a store that can't be opened. */
export type StoreWayOut = 'retry' | 'recovery_key' | 'keep_aside';

/** Why the profile's store can't be opened, and which ways out there are. */
export interface StoreProblem {
  readonly code: ErrorCode;
  readonly ways: readonly StoreWayOut[];
  /** Whether the recovery key was made from a security phrase, which then opens the store as well. */
  readonly phraseKnown: boolean;
}

/** What keeps the key of the profile's store, and what else can open it. */
export interface VaultState {
  /** Null until the store is open. */
  readonly backend: 'keychain' | 'passphrase' | null;
  /** With an app passphrase only: this computer has a keychain that could take its place. */
  readonly keychainUsable: boolean;
  /** The account's recovery key can open the store. */
  readonly recoveryWrap: boolean;
  /** The person chose the passphrase, so that nobody else at this computer gets in. */
  readonly locked: boolean;
}

/** Whether what arrives can be stored; while it can't, nothing more is fetched. */
export type StorageState =
  { readonly state: 'ok' } | { readonly state: 'failing'; readonly code: ErrorCode };

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'online' }
  | { readonly state: 'reconnecting'; readonly retryAt: number | null };

/** What the shell can do here; components ask for these, never for the shell's name. */
export interface ShellCapabilities {
  readonly canPrint: boolean;
  readonly canProtectContent: boolean;
  readonly canNotify: boolean;
  readonly hasTray: boolean;
}

export interface AppInfo {
  readonly version: string;
  /** A BCP 47 tag: the desktop's language. */
  readonly systemLocale: string;
  readonly capabilities: ShellCapabilities;
}

/** For how long the main thread could not answer, in milliseconds. */
export interface EventLoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

export type Language = 'en' | 'de';
export type Theme = 'light' | 'dark';

/** Choices about looks, kept per profile; `null` follows the desktop. */
export interface Preferences {
  readonly language: Language | null;
  readonly theme: Theme | null;
}

/** A homeserver that answered, and how one can sign in there. */
export interface Homeserver {
  readonly serverName: string;
  readonly baseUrl: string;
  readonly passwordLogin: boolean;
  /** Names of the single-sign-on providers offered; the server's own flow without a name is ''. */
  readonly singleSignOn: readonly string[];
}
