/**
 * What a device does to a key before it uploads it. The crypto library can do it for its own
 * sessions only, a hundred at a time; here it is done for any.
 * @see https://spec.matrix.org/latest/client-server-api/#backup-algorithm-mmegolm_backupv1curve25519-aes-sha2
 */
import {
  createCipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { rawPublicKey, unpadded } from './megolm-sessions';

export interface EncryptedSession {
  readonly ephemeral: string;
  readonly mac: string;
  readonly ciphertext: string;
}

const macBytes = 8;

/** @param publicKey the backup's, in Base64 */
export function encryptionFor(publicKey: string): (session: object) => EncryptedSession {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  const theirs = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  return (session) => encrypt(theirs, JSON.stringify(session));
}

function encrypt(publicKey: KeyObject, plaintext: string): EncryptedSession {
  const ephemeral = generateKeyPairSync('x25519');
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey });
  const derived = Buffer.from(hkdfSync('sha256', shared, new Uint8Array(32), '', 80));
  const cipher = createCipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(64, 80));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  // Of nothing, as every client computes it: a mistake of the first one that became the rule.
  const mac = createHmac('sha256', derived.subarray(32, 64)).digest().subarray(0, macBytes);
  return {
    ephemeral: unpadded(rawPublicKey(ephemeral.publicKey)),
    mac: unpadded(mac),
    ciphertext: unpadded(ciphertext),
  };
}
