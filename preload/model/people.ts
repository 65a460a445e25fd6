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
  /** All others here are verified; false where nobody else is here. */
  readonly allVerified: boolean;
  readonly verifiedOnly: VerifiedOnlySetting;
  /** Who would not be able to read a message sent now. */
  readonly leftOut: LeftOut;
}

export interface ChangedPerson {
  readonly userId: UserId;
  readonly name: string;
  /** They had been verified: a stronger sign than a mere change. */
  readonly wasVerified: boolean;
}

/** Messages go to verified devices alone: in all rooms, or in this one. */
export interface VerifiedOnlySetting {
  readonly everywhere: boolean;
  readonly here: boolean;
}

/** Nobody, where messages go to all devices. */
export interface LeftOut {
  /** People none of whose devices could read it; this account's own person is not counted. */
  readonly people: number;
  /** Devices of others and of this account. */
  readonly devices: number;
}

export type RoomRole = 'admin' | 'moderator' | 'member';

export interface RoomPerson {
  readonly id: UserId;
  readonly name: string;
  readonly role: RoomRole;
  readonly isInvited: boolean;
  /** `self`: this account. */
  readonly trust: PersonTrust | 'self';
  /** Devices that their owner has not confirmed: anybody who has the password could add one. */
  readonly unconfirmedDevices: number;
}
