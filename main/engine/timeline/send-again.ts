import { EventStatus, EventType, MatrixEvent, type MatrixClient, type Room } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { holdBack } from './not-sent';
import type { SendGate } from './send-gate';

/**
 * Sends a message that has failed once more, under its transaction id. One that is not encrypted yet
 * passes the gate first, and stays as not sent where that is closed: it would be encrypted for
 * whoever is in the room now, perhaps long after it was written.
 *
 * @throws what the gate or the SDK throws where checking, encrypting or sending fails; the message
 *   counts as failed then
 */
export type SendAgain = (room: Room, event: MatrixEvent) => Promise<void>;

export function sendAgainThrough(client: MatrixClient, gate: SendGate): SendAgain {
  return async (room, event) => {
    if (!isFailed(event)) return;
    if (!event.isEncrypted()) {
      try {
        await gate.passAnew(room);
        if (room.hasEncryptionStateEvent() && !(await encryptApart(client, room, event))) return;
      } catch (error) {
        holdBack(room, event, error);
        throw error;
      }
    }
    // Its copy from the server may have come meanwhile.
    if (isFailed(event)) await client.resendEvent(event, room);
  };
}

/**
 * One from before a restart is not encrypted yet, but may be on the server. The SDK encrypts the
 * local echo in place; were the server's copy to arrive meanwhile and take its place, the SDK would
 * go on to take the ciphertext for the message's text. So it is encrypted apart, and put in place
 * at once.
 *
 * @returns false where its copy from the server came meanwhile, or somebody else was faster
 */
async function encryptApart(
  client: MatrixClient,
  room: Room,
  event: MatrixEvent,
): Promise<boolean> {
  const copy = new MatrixEvent({ ...event.event, room_id: room.roomId });
  // One object behind both interfaces: the SDK hands it out as the narrower one.
  const crypto = client.getCrypto() as (CryptoApi & CryptoBackend) | undefined;
  await crypto?.encryptEvent(copy, room);
  if (!isFailed(event) || event.isEncrypted()) return false;
  event.makeEncrypted(
    EventType.RoomMessageEncrypted,
    copy.getWireContent(),
    copy.getSenderKey() ?? '',
    copy.getClaimedEd25519Key() ?? '',
  );
  return true;
}

function isFailed({ status }: MatrixEvent): boolean {
  return status === EventStatus.NOT_SENT;
}
