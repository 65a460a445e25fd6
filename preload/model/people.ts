import type { UserId } from './ids';

/** `changed`: their identity is another than the one known before; sending waits for the person. */
export type PersonTrust = 'verified' | 'unverified' | 'changed';

export interface KnownPerson {
  readonly userId: UserId;
  readonly name: string;
  readonly trust: PersonTrust;
}

/** What is known of the people an encrypted room's messages go to. */
export interface RoomTrust {
  /** Whose identity has changed and was not accepted yet. */
  readonly changed: readonly ChangedPerson[];
  /** The other one, where the room is a conversation with one person. */
  readonly person: KnownPerson | null;
}

export interface ChangedPerson {
  readonly userId: UserId;
  readonly name: string;
  /** They had been verified: a stronger sign than a mere change. */
  readonly wasVerified: boolean;
}
