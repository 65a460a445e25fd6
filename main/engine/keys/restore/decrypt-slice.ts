import type { SealedSession, SessionDecryptor } from './decrypt-session';

/** Sessions of a slice, decrypted. */
export interface DecryptedSlice {
  /** JSON of pairs: a session's id and its data. Parsing it is cheaper than cloning as many objects. */
  readonly sessions: string;
  readonly readable: number;
  /** Sessions that can't be read: sealed for another key, damaged, or not what they claim to be. */
  readonly failed: number;
}

/**
 * @param members of a JSON object by session id, without the braces around them
 * @throws {SyntaxError} where they are no JSON
 */
export function decryptSlice(members: Uint8Array, decrypt: SessionDecryptor): DecryptedSlice {
  const text = Buffer.from(members.buffer, members.byteOffset, members.length).toString('utf8');
  const sessions = JSON.parse(`{${text}}`) as Readonly<Record<string, unknown>>;
  const readable: string[] = [];
  let failed = 0;
  for (const [sessionId, session] of Object.entries(sessions)) {
    const decrypted = decryptedText(sessionId, session, decrypt);
    if (decrypted === null) failed += 1;
    else readable.push(`[${JSON.stringify(sessionId)},${decrypted}]`);
  }
  return { sessions: `[${readable.join(',')}]`, readable: readable.length, failed };
}

/** Null where it can't be read. */
export function decryptedSession(
  sessionId: string,
  session: unknown,
  decrypt: SessionDecryptor,
): object | null {
  const text = decryptedText(sessionId, session, decrypt);
  return text === null ? null : (JSON.parse(text) as object);
}

/** As JSON: what was sealed, once it is known to be that. */
function decryptedText(
  sessionId: string,
  session: unknown,
  decrypt: SessionDecryptor,
): string | null {
  const sealed = sealedData(session);
  if (sealed === null) return null;
  try {
    const text = decrypt(sealed);
    return isSessionOf(sessionId, JSON.parse(text)) ? text : null;
  } catch {
    // Whatever is wrong with it, it is one key that can't be read, and is counted as such.
    return null;
  }
}

function sealedData(session: unknown): SealedSession | null {
  const data = member(session, 'session_data');
  const ephemeral = member(data, 'ephemeral');
  const mac = member(data, 'mac');
  const ciphertext = member(data, 'ciphertext');
  if (typeof ephemeral !== 'string' || typeof mac !== 'string') return null;
  return typeof ciphertext === 'string' ? { ephemeral, mac, ciphertext } : null;
}

/** The export format's version, index, ratchet and signing key; the last is the session's id. */
const exportVersion = 1;
const exportBytes = 1 + 4 + 128 + 32;
const idFrom = exportBytes - 32;

function isSessionOf(sessionId: string, data: unknown): data is object {
  const text = member(data, 'session_key');
  if (typeof text !== 'string') return false;
  const key = Buffer.from(text, 'base64');
  if (key.length !== exportBytes || key[0] !== exportVersion) return false;
  return key.toString('base64', idFrom).replace(/=+$/, '') === sessionId;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
