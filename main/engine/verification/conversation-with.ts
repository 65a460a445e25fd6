import { EventType, Preset, Visibility, type MatrixClient } from 'matrix-js-sdk';
import { directRoomIds, markDirect } from '../rooms/direct-rooms';

/** The room in which a person is asked to verify: a conversation with them alone, made where none is. */
export async function conversationWith(client: MatrixClient, userId: string): Promise<string> {
  const direct = directRoomIds(client);
  const known = client
    .getRooms()
    .filter(
      (room) =>
        direct.has(room.roomId) &&
        room.getMyMembership() === 'join' &&
        room.getMember(userId)?.membership === 'join' &&
        room.getJoinedMemberCount() === 2,
    )
    .sort((one, other) => other.getLastActiveTimestamp() - one.getLastActiveTimestamp())[0];
  if (known !== undefined) return known.roomId;
  const { room_id: roomId } = await client.createRoom({
    visibility: Visibility.Private,
    preset: Preset.TrustedPrivateChat,
    is_direct: true,
    invite: [userId],
    initial_state: [
      {
        type: EventType.RoomEncryption,
        state_key: '',
        content: { algorithm: 'm.megolm.v1.aes-sha2' },
      },
    ],
  });
  await markDirect(client, roomId, userId);
  return roomId;
}
