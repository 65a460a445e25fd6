/**
 * Decrypting what a key backup holds, by Node's own cryptography: measured, less than half of the
 * processor time that the crypto library's WebAssembly takes, and a thread that uses it starts at once and needs no
 * copy of that library in memory.
 * @see https://spec.matrix.org/latest/client-server-api/#backup-algorithm-mmegolm_backupv1curve25519-aes-sha2
 */
import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';

/** A session's data as the backup holds it, in unpadded Base64. */
export interface SealedSession {
  readonly ephemeral: string;
  readonly mac: string;
  readonly ciphertext: string;
}

/** @throws {Error} where the session is not sealed for this key, or damaged */
export type SessionDecryptor = (session: SealedSession) => string;

/** What the DER encoding of an X25519 private key is before its 32 bytes. */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const keyBytes = 32;
const macBytes = 8;

/**
 * The key's bytes are not kept: whoever passes them wipes them.
 *
 * @throws {Error} where this build of Node has no X25519
 */
export function nativeDecryptor(privateKey: Uint8Array): SessionDecryptor {
  const ours = importedKey(privateKey);
  // What can't agree with itself can't with anybody: better known now than at the first session.
  diffieHellman({ privateKey: ours, publicKey: createPublicKey(ours) });
  const salt = new Uint8Array(keyBytes);
  return ({ ephemeral, mac, ciphertext }) => {
    const shared = createSecretKey(
      diffieHellman({ privateKey: ours, publicKey: theirs(ephemeral) }),
    );
    const derived = new Uint8Array(hkdfSync('sha256', shared, salt, '', 80));
    // Of nothing, as every client computes it: a mistake of the first one that became the rule.
    const authentication = createSecretKey(derived.subarray(32, 64));
    const expected = createHmac('sha256', authentication).digest().subarray(0, macBytes);
    const claimed = Buffer.from(mac, 'base64');
    if (claimed.length !== macBytes || !timingSafeEqual(claimed, expected)) {
      throw new Error('Sealed for another key');
    }
    const encryption = createSecretKey(derived.subarray(0, 32));
    const cipher = createDecipheriv('aes-256-cbc', encryption, derived.subarray(64, 80));
    const text = cipher.update(ciphertext, 'base64');
    return Buffer.concat([text, cipher.final()]).toString('utf8');
  };
}

function theirs(ephemeral: string): KeyObject {
  const bytes = Buffer.from(ephemeral, 'base64');
  if (bytes.length !== keyBytes) throw new Error('Not a public key');
  // As a JWK it takes half the time that its DER encoding does.
  const key = { kty: 'OKP', crv: 'X25519', x: bytes.toString('base64url') };
  return createPublicKey({ key, format: 'jwk' });
}

function importedKey(privateKey: Uint8Array): KeyObject {
  const der = Buffer.alloc(privatePrefix.length + keyBytes);
  try {
    privatePrefix.copy(der);
    der.set(privateKey, privatePrefix.length);
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** By Node where it can, else by the crypto library. The key's bytes are not kept. */
export async function openDecryptor(privateKey: Uint8Array): Promise<SessionDecryptor> {
  try {
    return nativeDecryptor(privateKey);
  } catch {
    // Electron builds Node on another cryptographic library than everybody else.
    return libraryDecryptor(privateKey);
  }
}

/** By the crypto library. */
export async function libraryDecryptor(privateKey: Uint8Array): Promise<SessionDecryptor> {
  const { BackupDecryptionKey, initAsync } = await import('@matrix-org/matrix-sdk-crypto-wasm');
  await initAsync();
  const key = BackupDecryptionKey.fromBase64(Buffer.from(privateKey).toString('base64'));
  return ({ ephemeral, mac, ciphertext }) => key.decryptV1(ephemeral, mac, ciphertext);
}
