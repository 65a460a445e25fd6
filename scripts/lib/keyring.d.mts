export interface KeyringOptions {
  /** The password of the login keyring. */
  password?: string;
  /** Where the keyring's files lie (as XDG_DATA_HOME), kept on stop; otherwise thrown away. */
  dataDir?: string;
}

export interface SessionVariables {
  DBUS_SESSION_BUS_ADDRESS: string;
}

export interface Keyring {
  /** What a process needs in its environment to use this keyring. */
  readonly variables: SessionVariables;
  /** The path of the daemon's control socket. */
  readonly controlSocket: string;
  /** Locks the keyring: entries look absent, as after a suspend on many desktops. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  /** Ends the daemon, leaving a session bus without any keychain. */
  stopDaemon(): Promise<void>;
  /** Starts the daemon again, unlocked, with the same entries. */
  startDaemon(): Promise<void>;
  /** Ends the daemon and the bus. */
  stop(): Promise<void>;
}

export function startKeyring(options?: KeyringOptions): Promise<Keyring>;
export function lockKeyring(variables: SessionVariables): Promise<void>;
export function unlockKeyring(controlSocket: string, password: string): Promise<void>;
export function hasSecretService(env?: NodeJS.ProcessEnv): Promise<boolean>;
