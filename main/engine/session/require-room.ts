import type { MatrixClient, Room } from 'matrix-js-sdk';
import type { RoomId } from '../../../preload/model/ids';
import { HoldfastError } from '../../holdfast-error';

/** @throws {HoldfastError} `room_not_found` */
export function requireRoom(client: MatrixClient, roomId: RoomId): Room {
  const room = client.getRoom(roomId);
  if (room === null) throw new HoldfastError('room_not_found', 'The account is not in that room');
  return room;
}
