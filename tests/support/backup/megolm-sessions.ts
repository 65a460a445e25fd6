/** Megolm sessions in any number, as a key file lists them, without a conversation to make them. */
import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** @see https://spec.matrix.org/latest/client-server-api/#key-export-format */
export interface ExportedSession {
  readonly algorithm: 'm.megolm.v1.aes-sha2';
  readonly room_id: string;
  readonly session_id: string;
  readonly session_key: string;
  readonly sender_key: string;
  readonly sender_claimed_keys: { readonly ed25519: string };
  readonly forwarding_curve25519_key_chain: readonly string[];
}

interface Sender {
  readonly curve25519: string;
  readonly ed25519: string;
}

const ratchetBytes = 128;
/** Of the session export format: its version, then the index of the first message, big-endian. */
const exportHeader = Buffer.from([1, 0, 0, 0, 0]);
const keyBytes = 32;

/**
 * Sessions of a few senders a room, in turns over the rooms. A ratchet is nothing but random bytes
 * and a signing key, so these can't be told from those of a conversation.
 */
export function makeMegolmSessions(count: number, rooms: readonly string[]): ExportedSession[] {
  const senders = Array.from({ length: 20 }, makeSender);
  return Array.from({ length: count }, (_, index) => {
    const room = rooms[index % rooms.length] ?? '';
    return makeSession(room, senders[index % senders.length] ?? makeSender());
  });
}

function makeSession(roomId: string, sender: Sender): ExportedSession {
  const signingKey = rawPublicKey(generateKeyPairSync('ed25519').publicKey);
  const exported = Buffer.concat([exportHeader, randomBytes(ratchetBytes), signingKey]);
  return {
    algorithm: 'm.megolm.v1.aes-sha2',
    room_id: roomId,
    session_id: unpadded(signingKey),
    session_key: unpadded(exported),
    sender_key: sender.curve25519,
    sender_claimed_keys: { ed25519: sender.ed25519 },
    forwarding_curve25519_key_chain: [],
  };
}

function makeSender(): Sender {
  return {
    curve25519: unpadded(rawPublicKey(generateKeyPairSync('x25519').publicKey)),
    ed25519: unpadded(rawPublicKey(generateKeyPairSync('ed25519').publicKey)),
  };
}

/** The bytes of a Curve25519 or Ed25519 key, which end its SPKI form. */
export function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-keyBytes);
}

export function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
