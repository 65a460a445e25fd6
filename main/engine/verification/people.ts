/** Who the people in a room are, as far as keys can tell, and whether that has changed. */
import { RoomMemberEvent, type Room, type RoomMember } from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import type { RoomId, UserId } from '../../../preload/model/ids';
import type { PersonTrust, RoomTrust } from '../../../preload/model/people';
import { HoldfastError } from '../../holdfast-error';
import type { Source } from '../../topics/source';
import { ValueSource } from '../../topics/value-source';
import type { AccountContext } from '../account-context';
import { singleFlight } from '../keys/health/single-flight';
import type { VerifiedOnly } from '../devices/verified-only';
import { cryptoOf } from '../keys/olm-machine';
import { directRoomIds } from '../rooms/direct-rooms';
import { requireRoom } from '../session/require-room';
import { listen } from '../sync/listen';
import { countDevices, isIdentityVerified, judge } from './judge';
import { leftOutOf, nobodyLeftOut } from './left-out';

const nobody: RoomTrust = {
  changed: [],
  person: null,
  allVerified: false,
  verifiedOnly: { everywhere: false, here: false },
  leftOut: nobodyLeftOut,
};

export class People {
  readonly #context: AccountContext;
  readonly #verifiedOnly: VerifiedOnly;
  /** Looks anew at every room that is watched. */
  readonly #looks = new Set<() => void>();

  constructor(context: AccountContext, verifiedOnly: VerifiedOnly) {
    this.#context = context;
    this.#verifiedOnly = verifiedOnly;
    const lookAgain = (): void => {
      for (const look of [...this.#looks]) look();
    };
    listen(context.client, context.stopped, {
      [CryptoEvent.UserTrustStatusChanged]: lookAgain,
      [CryptoEvent.KeysChanged]: lookAgain,
      [CryptoEvent.DevicesUpdated]: lookAgain,
      [RoomMemberEvent.Membership]: lookAgain,
    });
    verifiedOnly.onChange(lookAgain);
  }

  roomTrust(roomId: RoomId): Source<RoomTrust> {
    return {
      subscribe: (listener) => {
        const source = new ValueSource<RoomTrust>(nobody);
        const survey = singleFlight(async () => {
          const trust = await this.#survey(this.#context.client.getRoom(roomId));
          if (!this.#context.stopped.aborted) source.set(trust);
        });
        // What could not be looked up stays as it was; sending looks for itself.
        const look = (): void => void survey().catch(() => undefined);
        this.#looks.add(look);
        const stop = source.subscribe(listener);
        look();
        return () => {
          this.#looks.delete(look);
          stop();
        };
      },
    };
  }

  /**
   * Before something is sent.
   *
   * @throws {HoldfastError} `identity_changed` while somebody's changed identity is not accepted
   */
  async requireUnchanged(roomId: RoomId): Promise<void> {
    const { changed } = await this.#survey(requireRoom(this.#context.client, roomId));
    if (changed.length > 0) {
      throw new HoldfastError('identity_changed', 'An identity has changed', {
        count: changed.length,
      });
    }
  }

  /** The person's word: messages may go to the identity that this user has now. */
  async acceptIdentity(userId: UserId): Promise<void> {
    const crypto = cryptoOf(this.#context.client);
    const { trust, wasVerified } = await judge(this.#context.client, userId);
    if (trust !== 'changed') return;
    if (wasVerified) await crypto.withdrawVerificationRequirement(userId);
    else await crypto.pinCurrentUserIdentity(userId);
    for (const look of [...this.#looks]) look();
  }

  async #survey(room: Room | null): Promise<RoomTrust> {
    if (room?.hasEncryptionStateEvent() !== true) return nobody;
    const { client, account } = this.#context;
    const others = (await room.getEncryptionTargetMembers()).filter(
      ({ userId }) => userId !== account.userId,
    );
    const judged = await Promise.all(
      others.map(async (member) => ({ member, ...(await judge(client, member.userId)) })),
    );
    const changed = judged
      .filter(({ trust }) => trust === 'changed')
      .map(({ member, wasVerified }) => ({ ...named(member), wasVerified }));
    const isVerified = await isIdentityVerified(client, account.userId);
    const [only] = judged;
    const isDirect = judged.length === 1 && directRoomIds(client).has(room.roomId);
    const person =
      only === undefined || !isDirect
        ? null
        : // Nobody else is "verified" while this account's own identity is not.
          {
            ...named(only.member),
            trust: only.trust === 'verified' && !isVerified ? ('unverified' as const) : only.trust,
          };
    const verifiedOnly = this.#verifiedOnly.of(room.roomId);
    const isLimited = verifiedOnly.everywhere || verifiedOnly.here;
    return {
      changed,
      person,
      allVerified: isVerified && (await this.#areAllVerified(judged)),
      verifiedOnly,
      leftOut: isLimited ? await leftOutOf(client, account, others) : nobodyLeftOut,
    };
  }

  /** People, and every device they have. */
  async #areAllVerified(
    judged: readonly { readonly member: RoomMember; readonly trust: PersonTrust }[],
  ): Promise<boolean> {
    const { client, account } = this.#context;
    if (judged.length === 0 || judged.some(({ trust }) => trust !== 'verified')) return false;
    const counts = await Promise.all(
      judged.map(({ member }) => countDevices(client, member.userId, account.deviceId)),
    );
    return counts.every(({ unconfirmed }) => unconfirmed === 0);
  }
}

function named({ userId, name }: RoomMember): { userId: UserId; name: string } {
  return { userId: userId as UserId, name };
}
