export interface HomeserverOptions {
  /** Where its data lies. Kept on stop, and started again from; otherwise a temporary folder. */
  dataDir?: string;
  /** The loopback port; a free one by default. */
  port?: number;
  /** The part of a user id behind the colon; `localhost:<port>` by default. */
  serverName?: string;
  /** Synapse's own default rate limits instead of none. */
  rateLimits?: boolean;
  /** Whether it answers `/.well-known/matrix/client`; it does by default. */
  wellKnown?: boolean;
  /** Merged over Synapse's configuration, key by key. */
  config?: Record<string, unknown>;
  logLevel?: 'DEBUG' | 'INFO' | 'WARNING';
}

export interface RegisteredUser {
  readonly userId: string;
  /** The localpart. */
  readonly name: string;
  readonly password: string;
}

export interface Homeserver {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly serverName: string;
  /** Undefined for a homeserver somebody else started. */
  readonly dataDir: string | undefined;
  /** Creates an account without logging it in: it has no device yet. */
  registerUser(name: string, password?: string): Promise<RegisteredUser>;
  /** Deactivates the account for good, as its owner would. */
  deactivateUser(user: RegisteredUser): Promise<void>;
  /** Ends the server and removes its data, unless `dataDir` was given. */
  stop(): Promise<void>;
}

export function startHomeserver(options?: HomeserverOptions): Promise<Homeserver>;
export function connectHomeserver(url: string, serverName?: string): Promise<Homeserver>;
