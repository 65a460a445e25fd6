/** An account whose history others left behind: identity, secret storage and a backup full of keys. */
import { Method, Preset, type MatrixClient } from 'matrix-js-sdk';
import { startEngine } from '../engine/start-engine';
import type { RegisteredUser } from '../homeserver/homeserver';
import { encryptionFor } from './encrypt-for-backup';
import { makeMegolmSessions, type ExportedSession } from './megolm-sessions';

export interface KeyBackupOptions {
  readonly homeserver: { readonly baseUrl: string; readonly serverName: string };
  /** Registered, and not yet set up. */
  readonly account: RegisteredUser;
  readonly keys: number;
  /** Rooms the keys spread over evenly. */
  readonly rooms: number;
  /** How many of the rooms the account is in; the others it has left. None by default. */
  readonly joined?: number;
}

export interface KeyBackup {
  readonly recoveryKey: string;
  readonly version: string;
  /** Keys in the backup, by the server's count. */
  readonly keys: number;
  /** The backup's private key, unpadded Base64. */
  readonly decryptionKey: string;
  /** Ids; those the account is in come first. */
  readonly rooms: readonly string[];
}

const uploadBatch = 1_000;

/**
 * Sets the account up as the product does, on a device of its own that is gone afterwards, and fills
 * its backup.
 */
export async function makeKeyBackup(options: KeyBackupOptions): Promise<KeyBackup> {
  const { homeserver, account, keys } = options;
  await using engine = await startEngine({ signIn: { homeserver, user: account } });
  const { recoveryKey } = await engine.call('setup.begin', { method: 'key' });
  await engine.call('setup.prove', { by: 'text', text: recoveryKey });
  await engine.call('setup.secure', { accountPassword: account.password });

  const { client } = engine.engine.session;
  const crypto = client.getCrypto();
  const privateKey = await crypto?.getSessionBackupPrivateKey();
  const backup = await crypto?.getKeyBackupInfo();
  if (privateKey == null || backup?.version === undefined) throw new Error('Setup made no backup');
  const { version } = backup;
  const { public_key: publicKey } = backup.auth_data as { readonly public_key: string };

  const rooms = await makeRooms(client, options);
  const encrypt = encryptionFor(publicKey);
  const sessions = makeMegolmSessions(keys, rooms);
  let count = 0;
  for (let at = 0; at < sessions.length; at += uploadBatch) {
    const body = uploadOf(sessions.slice(at, at + uploadBatch), encrypt);
    ({ count } = await client.http.authedRequest<{ readonly count: number }>(
      Method.Put,
      '/room_keys/keys',
      { version },
      body,
    ));
  }
  if (count !== keys) throw new Error(`The backup holds ${count} keys instead of ${keys}`);
  const decryptionKey = Buffer.from(privateKey).toString('base64').replace(/=+$/, '');
  return { recoveryKey, version, keys: count, decryptionKey, rooms };
}

async function makeRooms(
  client: MatrixClient,
  { homeserver, rooms, joined = 0 }: KeyBackupOptions,
): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < rooms; index += 1) {
    ids.push(index < joined ? await createRoom(client) : `!left-${index}:${homeserver.serverName}`);
  }
  return ids;
}

async function createRoom(client: MatrixClient): Promise<string> {
  const { room_id: roomId } = await client.createRoom({
    preset: Preset.PrivateChat,
    initial_state: [
      {
        type: 'm.room.encryption',
        state_key: '',
        content: { algorithm: 'm.megolm.v1.aes-sha2' },
      },
    ],
  });
  return roomId;
}

function uploadOf(
  sessions: readonly ExportedSession[],
  encrypt: ReturnType<typeof encryptionFor>,
): object {
  const rooms: Record<string, { sessions: Record<string, unknown> }> = {};
  for (const { room_id: roomId, session_id: sessionId, ...content } of sessions) {
    const room = (rooms[roomId] ??= { sessions: {} });
    room.sessions[sessionId] = {
      first_message_index: 0,
      forwarded_count: 0,
      is_verified: true,
      session_data: encrypt(content),
    };
  }
  return { rooms };
}
