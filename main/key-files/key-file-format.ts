/**
 * The file in which clients exchange message keys, locked with a passphrase.
 * @see https://spec.matrix.org/latest/client-server-api/#key-exports
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  pbkdf2,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { HoldfastError } from '../holdfast-error';

const derive = promisify(pbkdf2);

const header = '-----BEGIN MEGOLM SESSION DATA-----';
const footer = '-----END MEGOLM SESSION DATA-----';
const cipher = 'aes-256-ctr';
const version = 1;
const saltBytes = 16;
const ivBytes = 16;
const roundsBytes = 4;
const macBytes = 32;
const headBytes = 1 + saltBytes + ivBytes + roundsBytes;
const keyBytes = 32;
/** Other clients write 100,000 to 500,000; a file must not keep this computer busy for hours. */
const mostRounds = 20_000_000;
const lineLength = 96;

/** A key file as it lies on the disk, taken apart; nothing of it is proven yet. */
export interface SealedKeyFile {
  /** Everything the MAC covers. */
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
}

/**
 * Takes the file apart. Lines may be of any length, end in any way, and have text before and after
 * them, as where a file came by mail.
 *
 * @throws {HoldfastError} `key_file_unknown` where it is no key file; `key_file_damaged` where it is
 *   one with a part missing, or of a kind that is not understood
 */
export function parseKeyFile(text: string): SealedKeyFile {
  const begin = text.indexOf(header);
  if (begin < 0) throw new HoldfastError('key_file_unknown', 'No key file: no header');
  const end = text.indexOf(footer, begin);
  const base64 = end < 0 ? '' : text.slice(begin + header.length, end).replace(/\s+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]*$/.test(base64.replace(/=+$/, ''))) throw damaged('text');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length <= headBytes + macBytes) throw damaged('length');
  if (bytes[0] !== version) throw damaged('version');
  const rounds = bytes.readUInt32BE(headBytes - roundsBytes);
  if (rounds < 1 || rounds > mostRounds) throw damaged('rounds');
  return { covered: bytes.subarray(0, -macBytes), mac: bytes.subarray(-macBytes) };
}

/**
 * What the file holds, as text. Deriving the keys takes most of a second and happens on a thread of
 * Node's own.
 *
 * @throws {HoldfastError} `key_file_passphrase` where the MAC does not fit: the format has nothing
 *   by which a wrong passphrase could be told from a changed character
 */
export async function openKeyFile(
  { covered, mac }: SealedKeyFile,
  passphrase: string,
): Promise<string> {
  const head = Buffer.from(covered.buffer, covered.byteOffset, headBytes);
  const salt = head.subarray(1, 1 + saltBytes);
  const iv = head.subarray(1 + saltBytes, 1 + saltBytes + ivBytes);
  const keys = await keysFrom(passphrase, salt, head.readUInt32BE(headBytes - roundsBytes));
  try {
    if (!timingSafeEqual(keys.mac(covered), mac)) {
      throw new HoldfastError('key_file_passphrase', 'The passphrase does not open the file');
    }
    const decipher = createDecipheriv(cipher, keys.aes, iv);
    const clear = Buffer.concat([decipher.update(covered.subarray(headBytes)), decipher.final()]);
    const text = clear.toString('utf8');
    clear.fill(0);
    return text;
  } finally {
    keys.wipe();
  }
}

/** Locks the text, as every client reads it. */
export async function sealKeyFile(
  text: string,
  passphrase: string,
  rounds: number,
): Promise<string> {
  const salt = randomBytes(saltBytes);
  const iv = randomBytes(ivBytes);
  // Bit 63 is zero, for implementations whose counter is 64 bits wide.
  iv.writeUInt8(iv.readUInt8(8) & 0x7f, 8);
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(version, 0);
  salt.copy(head, 1);
  iv.copy(head, 1 + saltBytes);
  head.writeUInt32BE(rounds, headBytes - roundsBytes);
  const keys = await keysFrom(passphrase, salt, rounds);
  try {
    const sealing = createCipheriv(cipher, keys.aes, iv);
    const covered = Buffer.concat([head, sealing.update(text, 'utf8'), sealing.final()]);
    return armoured(Buffer.concat([covered, keys.mac(covered)]));
  } finally {
    keys.wipe();
  }
}

async function keysFrom(passphrase: string, salt: Uint8Array, rounds: number) {
  const derived = await derive(passphrase, salt, rounds, 2 * keyBytes, 'sha512');
  return {
    aes: derived.subarray(0, keyBytes),
    mac: (covered: Uint8Array): Uint8Array =>
      createHmac('sha256', derived.subarray(keyBytes)).update(covered).digest(),
    wipe: (): void => void derived.fill(0),
  };
}

function armoured(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [header, ...lines, footer, ''].join('\n');
}

function damaged(part: string): HoldfastError {
  return new HoldfastError('key_file_damaged', `Not understood in the key file: ${part}`);
}
