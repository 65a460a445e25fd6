import { BackupDecryptionKey, initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  libraryDecryptor,
  nativeDecryptor,
  type SealedSession,
  type SessionDecryptor,
} from '../../../main/engine/keys/restore/decrypt-session';
import { decryptSlice } from '../../../main/engine/keys/restore/decrypt-slice';
import { DecryptionPool } from '../../../main/engine/keys/restore/decryption-pool';
import { encryptionFor } from '../../support/backup/encrypt-for-backup';
import { makeMegolmSessions } from '../../support/backup/megolm-sessions';
import { builtDecryptionThread } from '../../support/engine/decryption-thread';

let privateKey: Uint8Array;
let seal: (session: object) => SealedSession;
let native: SessionDecryptor;
let library: SessionDecryptor;

beforeAll(async () => {
  await initAsync();
  const key = BackupDecryptionKey.createRandomKey();
  privateKey = new Uint8Array(Buffer.from(key.toBase64(), 'base64'));
  seal = encryptionFor(key.megolmV1PublicKey.publicKeyBase64);
  native = nativeDecryptor(privateKey);
  library = await libraryDecryptor(privateKey);
});

function outcome(decrypt: SessionDecryptor, session: SealedSession): string | null {
  try {
    return decrypt(session);
  } catch {
    return null;
  }
}

describe('decrypting by Node’s cryptography', () => {
  it('gives what the crypto library gives, for any text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (text) => {
        const sealed = seal(text);
        expect(native(sealed)).toBe(library(sealed));
        expect(native(sealed)).toBe(JSON.stringify(text));
      }),
    );
  });

  it('refuses what the crypto library refuses, whichever byte is changed', () => {
    const parts = fc.constantFrom('ephemeral', 'mac', 'ciphertext');
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 255 }), (part, at, change) => {
        const sealed = seal({ session_key: 'abc' });
        const bytes = Buffer.from(sealed[part], 'base64');
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ change;
        const changed = { ...sealed, [part]: bytes.toString('base64').replace(/=+$/, '') };
        expect(outcome(native, changed)).toBe(outcome(library, changed));
        if (part === 'mac') expect(outcome(native, changed)).toBeNull();
      }),
    );
  });
});

describe('a slice of sessions', () => {
  const sessions = makeMegolmSessions(4, ['!room:example.org']);

  function slice(): Uint8Array {
    const members = sessions.map(({ session_id: sessionId, ...content }, index) => {
      // The second claims another id than its key has; the third is for nobody.
      const id = index === 1 ? 'A'.repeat(43) : sessionId;
      const sealed = seal(content);
      const data = index === 2 ? { ...sealed, mac: 'AAAAAAAAAAA' } : sealed;
      return `${JSON.stringify(id)}:${JSON.stringify({ session_data: data })}`;
    });
    return new TextEncoder().encode(members.join(','));
  }

  it('counts what is damaged, or not the session it claims to be', () => {
    const { readable, failed, sessions: json } = decryptSlice(slice(), native);
    expect({ readable, failed }).toEqual({ readable: 2, failed: 2 });
    const ids = (JSON.parse(json) as [string, object][]).map(([id]) => id);
    expect(ids).toEqual([sessions[0]!.session_id, sessions[3]!.session_id]);
  });

  it.each(['on threads', 'without any'])('is decrypted %s; the key given is wiped', async (how) => {
    const key = Uint8Array.from(privateKey);
    const script = how === 'on threads' ? await builtDecryptionThread() : null;
    const pool = await DecryptionPool.open(script, key);
    expect(key.every((byte) => byte === 0)).toBe(true);
    const slices = await Promise.all(Array.from({ length: 5 }, () => pool.decrypt(slice())));
    expect(slices).toEqual(
      Array.from({ length: 5 }, () => decryptSlice(slice(), native)).map(
        ({ readable, failed, sessions: json }) => ({ readable, failed, sessions: json }),
      ),
    );
    await expect(pool.decrypt(new TextEncoder().encode('"a":'))).rejects.toMatchObject({
      code: 'server_error',
    });
    await pool.close();
  });

  it('is decrypted here where a thread can’t start', async () => {
    const nowhere = new URL('file:///nowhere/decryption.js');
    const pool = await DecryptionPool.open(nowhere, Uint8Array.from(privateKey));
    expect(await pool.decrypt(slice())).toMatchObject({ readable: 2, failed: 2 });
    await pool.close();
  });
});
