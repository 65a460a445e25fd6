import { generateKeyPairSync, randomBytes } from 'node:crypto';

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Room keys in the form of a key export: random ratchets under real Ed25519 keys. */
export function makeExportedSessions(count: number, roomId = '!room:example.org'): object[] {
  const senderKey = base64(randomBytes(32));
  return Array.from({ length: count }, () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const identity = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const sessionKey = Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), randomBytes(128), identity]);
    return {
      algorithm: 'm.megolm.v1.aes-sha2',
      room_id: roomId,
      sender_key: senderKey,
      session_id: base64(identity),
      session_key: base64(sessionKey),
      sender_claimed_keys: { ed25519: base64(identity) },
      forwarding_curve25519_key_chain: [],
    };
  });
}
