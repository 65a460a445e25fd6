/**
 * An account's key backup as the server has it: opened with the recovery key by the book, filled
 * with keys. None of the app's own code is involved.
 */
import {
  BackupDecryptionKey,
  DeviceId,
  EncryptionSettings,
  initAsync,
  OlmMachine,
  RoomId,
  UserId,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { decodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';
import decryptSecret from 'matrix-js-sdk/lib/utils/decryptAESSecretStorageItem.js';
import { z } from 'zod';
import type { RawEvent } from './app-messages';
import type { ConsoleLogin } from './console-login';
import { unreadableBy } from './inspect-profile';

const defaultKey = z.object({ key: z.string() });
const secret = z.object({
  encrypted: z.record(
    z.string(),
    z.object({ iv: z.string(), ciphertext: z.string(), mac: z.string() }),
  ),
});
const version = z.object({
  version: z.string(),
  auth_data: z.object({ public_key: z.string() }),
});
const backedUp = z.object({
  rooms: z.record(
    z.string(),
    z.object({
      sessions: z.record(
        z.string(),
        z.object({
          session_data: z.object({
            ephemeral: z.string(),
            mac: z.string(),
            ciphertext: z.string(),
          }),
        }),
      ),
    }),
  ),
});

export interface OpenBackup {
  readonly version: string;
  readonly key: BackupDecryptionKey;
}

/** @throws where the recovery key does not open secret storage, or the backup is another one's */
export async function openBackup(account: ConsoleLogin, recoveryKey: string): Promise<OpenBackup> {
  await initAsync();
  const data = `/user/${encodeURIComponent(account.user.userId)}/account_data`;
  const { key: keyId } = defaultKey.parse(
    await account.ask('GET', `${data}/m.secret_storage.default_key`),
  );
  const stored = secret.parse(await account.ask('GET', `${data}/m.megolm_backup.v1`));
  const sealed = stored.encrypted[keyId];
  if (sealed === undefined) throw new Error('The backup’s key is not stored for the recovery key');
  const bytes = decodeRecoveryKey(recoveryKey);
  const key = BackupDecryptionKey.fromBase64(
    await decryptSecret(sealed, bytes, 'm.megolm_backup.v1'),
  );
  const current = version.parse(await account.ask('GET', '/room_keys/version'));
  if (current.auth_data.public_key !== key.megolmV1PublicKey.publicKeyBase64) {
    throw new Error('The stored key is another backup’s');
  }
  return { version: current.version, key };
}

/** The sessions in the backup that its key opens, and those of `events` that they don't open. */
export async function readBackup(
  account: ConsoleLogin,
  { version: of, key }: OpenBackup,
  events: readonly RawEvent[],
): Promise<{ readonly sessions: ReadonlySet<string>; readonly unreadable: readonly RawEvent[] }> {
  const { rooms } = backedUp.parse(await account.ask('GET', `/room_keys/keys?version=${of}`));
  const machine = await newMachine(account.user.userId);
  const sessions = new Set<string>();
  const opened = new Map<RoomId, Map<string, unknown>>();
  for (const [roomId, room] of Object.entries(rooms)) {
    const keys = new Map<string, unknown>();
    for (const [sessionId, { session_data: data }] of Object.entries(room.sessions)) {
      const text = key.decryptV1(data.ephemeral, data.mac, data.ciphertext);
      const exported = z.looseObject({}).parse(JSON.parse(text));
      keys.set(sessionId, { ...exported, room_id: roomId, session_id: sessionId });
      sessions.add(sessionId);
    }
    opened.set(new RoomId(roomId), keys);
  }
  await machine.importBackedUpRoomKeys(opened, () => undefined, of);
  const unreadable = await unreadableBy(machine, events);
  machine.close();
  return { sessions, unreadable };
}

/**
 * Makes messages, each under a key of its own, and puts the keys into the backup.
 *
 * @returns the messages, which are nowhere else
 */
export async function fillBackup(
  account: ConsoleLogin,
  { version: into, key }: OpenBackup,
  roomIds: readonly string[],
  keys: number,
): Promise<RawEvent[]> {
  const { userId } = account.user;
  const machine = await newMachine(userId);
  const events: RawEvent[] = [];
  for (let made = 0; made < keys; made += 1) {
    const roomId = roomIds[made % roomIds.length] ?? '';
    await machine.invalidateGroupSession(new RoomId(roomId));
    await machine.shareRoomKey(new RoomId(roomId), [], new EncryptionSettings());
    const body = JSON.stringify({ msgtype: 'm.text', body: `kept ${String(made)}` });
    const content = await machine.encryptRoomEvent(new RoomId(roomId), 'm.room.message', body);
    events.push({
      event_id: `$kept-${String(made)}`,
      room_id: roomId,
      sender: userId,
      type: 'm.room.encrypted',
      content: JSON.parse(content) as RawEvent['content'],
      ...{ origin_server_ts: 1_700_000_000_000 + made },
    });
  }
  await machine.enableBackupV1(key.megolmV1PublicKey.publicKeyBase64, into);
  for (;;) {
    const upload = await machine.backupRoomKeys();
    if (upload === undefined) break;
    const path = `/room_keys/keys?version=${into}`;
    const answer = await account.ask('PUT', path, JSON.parse(upload.body));
    await machine.markRequestAsSent(upload.id, upload.type, JSON.stringify(answer));
  }
  machine.close();
  return events;
}

async function newMachine(userId: string): Promise<OlmMachine> {
  await initAsync();
  return OlmMachine.initialize(new UserId(userId), new DeviceId('WITNESS'));
}
