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
  | { readonly phase: 'signed_out' }
  | { readonly phase: 'signed_in'; readonly account: Account };

/** Why the profile's store can't be opened, and which ways out there are. */
export interface StoreProblem {
  readonly code: ErrorCode;
  /** True where the recovery key can open the store (a second wrap of the store key exists). */
  readonly recoverable: boolean;
}

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
