/** Who is in a room, what they may do there, and what their keys say. */
import { KnownMembership } from 'matrix-js-sdk/lib/types.js';
import { RoomMemberEvent, type MatrixClient, type Room, type RoomMember } from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import type { CollectionPatch } from '../../../preload/contract';
import type { RoomId, UserId } from '../../../preload/model/ids';
import type { RoomPerson, RoomRole } from '../../../preload/model/people';
import { CollectionSource } from '../../topics/collection-source';
import type { Source } from '../../topics/source';
import type { AccountContext } from '../account-context';
import { singleFlight } from '../keys/health/single-flight';
import { listen } from '../sync/listen';
import { countDevices, isIdentityVerified, judge } from '../verification/judge';

/** A source that looks again whenever something of it may have changed, while it is watched. */
export function roomPeople(
  context: AccountContext,
  roomId: RoomId,
): Source<CollectionPatch<RoomPerson>> {
  return {
    subscribe: (listener) => {
      const { client, stopped } = context;
      const people = new CollectionSource<RoomPerson>();
      const closed = new AbortController();
      const survey = singleFlight(async () => {
        const room = client.getRoom(roomId);
        const present = room === null ? [] : await peopleIn(context, room);
        if (!stopped.aborted && !closed.signal.aborted) people.replace(present);
      });
      const unsubscribe = people.subscribe((patch) => {
        // An empty room has at least this account in it: before that, nothing is known.
        if (patch.upsert.length + patch.remove.length > 0) listener(patch);
      });
      const look = (): void => void survey().catch(() => undefined);
      listen(client, AbortSignal.any([stopped, closed.signal]), {
        [CryptoEvent.UserTrustStatusChanged]: look,
        [CryptoEvent.KeysChanged]: look,
        [CryptoEvent.DevicesUpdated]: look,
        [RoomMemberEvent.Membership]: look,
        [RoomMemberEvent.Name]: look,
        [RoomMemberEvent.PowerLevel]: look,
      });
      look();
      return () => {
        closed.abort();
        unsubscribe();
      };
    },
  };
}

async function peopleIn(
  { client, account }: AccountContext,
  room: Room,
): Promise<readonly RoomPerson[]> {
  await room.loadMembersIfNeeded();
  const isVerified = await isIdentityVerified(client, account.userId);
  const members = [KnownMembership.Join, KnownMembership.Invite].flatMap((membership) =>
    room.getMembersWithMembership(membership),
  );
  return Promise.all(
    members.map(async (member) => ({
      id: member.userId as UserId,
      name: member.name,
      role: roleOf(member),
      isInvited: member.membership === KnownMembership.Invite,
      ...(member.userId === account.userId
        ? ({ trust: 'self', unconfirmedDevices: 0 } as const)
        : await trustIn(client, member.userId, isVerified)),
    })),
  );
}

async function trustIn(
  client: MatrixClient,
  userId: string,
  isVerified: boolean,
): Promise<Pick<RoomPerson, 'trust' | 'unconfirmedDevices'>> {
  const { trust } = await judge(client, userId);
  const { unconfirmed } = await countDevices(client, userId, '');
  return {
    trust: trust === 'verified' && !isVerified ? 'unverified' : trust,
    unconfirmedDevices: unconfirmed,
  };
}

/** By the levels that the specification's presets give. */
function roleOf({ powerLevel }: RoomMember): RoomRole {
  if (powerLevel >= 100) return 'admin';
  return powerLevel >= 50 ? 'moderator' : 'member';
}
