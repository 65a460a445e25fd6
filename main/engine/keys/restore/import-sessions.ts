import {
  RoomId,
  type BackupDecryptionKey,
  type OlmMachine,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { ciphertextOf, type BackedUpSessions } from '../server/backup-version';

/** Measured: larger batches import no faster and keep everything else waiting. */
const batchSize = 200;

const megolmSession = z.looseObject({ session_key: z.string() });

export interface ImportProgress {
  readonly imported: number;
  readonly failed: number;
}

/**
 * Decrypts and imports a room's keys, batch by batch; messages waiting for them become readable at
 * once. What can't be read is counted, never passed over.
 *
 * @param progress told of each batch, not of the sum
 */
export async function importSessions(
  machine: OlmMachine,
  key: BackupDecryptionKey,
  version: string,
  roomId: string,
  sessions: BackedUpSessions,
  progress: (batch: ImportProgress) => void,
): Promise<void> {
  const entries = Object.entries(sessions);
  for (let at = 0; at < entries.length; at += batchSize) {
    const batch = entries.slice(at, at + batchSize);
    const readable = new Map<string, unknown>();
    for (const [sessionId, session] of batch) {
      const decrypted = decrypt(key, session);
      if (decrypted !== null) {
        readable.set(sessionId, { ...decrypted, room_id: roomId, session_id: sessionId });
      }
    }
    const refused = readable.size === 0 ? 0 : await importBatch(machine, version, roomId, readable);
    const failed = batch.length - readable.size + refused;
    progress({ imported: batch.length - failed, failed });
    // Decrypting does not give way by itself: sync and sending come in between.
    await nextTurn();
  }
}

/** @returns how many the machine could not take */
async function importBatch(
  machine: OlmMachine,
  version: string,
  roomId: string,
  sessions: Map<string, unknown>,
): Promise<number> {
  let failures = 0;
  const result = await machine.importBackedUpRoomKeys(
    new Map([[new RoomId(roomId), sessions]]),
    (_imported, _total, failed) => {
      failures = Number(failed);
      return undefined;
    },
    version,
  );
  result.free();
  return failures;
}

function decrypt(key: BackupDecryptionKey, session: unknown): Record<string, unknown> | null {
  const ciphertext = ciphertextOf(session);
  if (ciphertext === null) return null;
  try {
    const { ephemeral, mac, ciphertext: text } = ciphertext;
    return megolmSession.safeParse(JSON.parse(key.decryptV1(ephemeral, mac, text))).data ?? null;
  } catch {
    // Not encrypted for this key, or damaged: counted as failed by the caller.
    return null;
  }
}
