import { HistoryVisibility, KnownMembership } from 'matrix-js-sdk';
import type { RoomId, UserId } from '../../../preload/model/ids';
import type { HistoryForInvited } from '../../../preload/model/invite';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';
import { cryptoOf } from '../keys/olm-machine';
import { requestError } from '../session/request-error';
import { requireRoom } from '../session/require-room';

/**
 * Invites somebody. In an encrypted room that shows newcomers its history, matrix-js-sdk hands them
 * the keys of it first; not from a device that is not verified, which it would not say.
 * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4268
 *
 * @returns what of the room's history they can read
 * @throws {HoldfastError} `room_not_found`, `already_in_room`, or what the network or the server says
 */
export async function invite(
  context: AccountContext,
  roomId: RoomId,
  userId: UserId,
): Promise<HistoryForInvited> {
  const history = await historyForInvited(context, roomId);
  try {
    await context.client.invite(roomId, userId);
  } catch (error) {
    if (await isInside(context, roomId, userId)) {
      throw new HoldfastError('already_in_room', 'Nobody is invited twice', {}, { cause: error });
    }
    throw requestError(error);
  }
  return history;
}

/** Servers refuse that in words of their own only; the room's members may not all be known yet. */
async function isInside(
  { client }: AccountContext,
  roomId: RoomId,
  userId: UserId,
): Promise<boolean> {
  const room = requireRoom(client, roomId);
  await room.loadMembersIfNeeded().catch(() => undefined);
  return room.getMember(userId)?.membership === KnownMembership.Join;
}

/** @throws {HoldfastError} `room_not_found` */
export async function historyForInvited(
  { client, account }: AccountContext,
  roomId: RoomId,
): Promise<HistoryForInvited> {
  const room = requireRoom(client, roomId);
  const visibility = room.getHistoryVisibility();
  if (visibility === HistoryVisibility.Joined) return 'from_joining';
  if (visibility === HistoryVisibility.Invited) return 'from_invitation';
  const isEncrypted = room.hasEncryptionStateEvent();
  if (!isEncrypted) return 'all';
  const own = await cryptoOf(client).getUserVerificationStatus(account.userId);
  return own.isCrossSigningVerified() ? 'all' : 'unverified_device';
}
