import { EventStatus, EventType, MatrixEvent, type MatrixClient, type Room } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';

/**
 * Sends a message that has failed once more, under its transaction id.
 *
 * One from before a restart is not encrypted yet, but may be on the server. The SDK encrypts the
 * local echo in place; were the server's copy to arrive meanwhile and take its place, the SDK would
 * go on to take the ciphertext for the message's text. So it is encrypted apart, and put in place
 * at once.
 *
 * @throws what the SDK throws where sending or encrypting fails; the message counts as failed then
 */
export async function sendAgain(
  client: MatrixClient,
  room: Room,
  event: MatrixEvent,
): Promise<void> {
  if (!isFailed(event)) return;
  if (room.hasEncryptionStateEvent() && !event.isEncrypted()) {
    const copy = new MatrixEvent({ ...event.event, room_id: room.roomId });
    // One object behind both interfaces: the SDK hands it out as the narrower one.
    const crypto = client.getCrypto() as (CryptoApi & CryptoBackend) | undefined;
    await crypto?.encryptEvent(copy, room);
    // Its copy from the server came meanwhile, or somebody else was faster.
    if (!isFailed(event) || event.isEncrypted()) return;
    event.makeEncrypted(
      EventType.RoomMessageEncrypted,
      copy.getWireContent(),
      copy.getSenderKey() ?? '',
      copy.getClaimedEd25519Key() ?? '',
    );
  }
  await client.resendEvent(event, room);
}

function isFailed({ status }: MatrixEvent): boolean {
  return status === EventStatus.NOT_SENT;
}
