/**
 * What an account's recovery key opens on the server alone, by the specification and without the
 * app's own code: what a person who lost every device would get back.
 */
import { BackupDecryptionKey, initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { decodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';
import decryptSecret from 'matrix-js-sdk/lib/utils/decryptAESSecretStorageItem.js';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf } from '../keys/conversation';

const backupKeyName = 'm.megolm_backup.v1';

interface Version {
  readonly version: string;
  readonly count: number;
  readonly auth_data: { readonly public_key?: string };
}

interface BackedUp {
  readonly rooms: Record<
    string,
    { readonly sessions: Record<string, { readonly session_data: Record<string, string> }> }
  >;
}

interface Secret {
  readonly encrypted?: Record<string, { iv: string; ciphertext: string; mac: string }>;
}

/** Asks past whatever befalls the engine's own requests. */
export class ServerWitness {
  readonly #baseUrl: string;
  readonly #token: string;
  readonly #userId: string;

  /** @param baseUrl of the homeserver itself */
  constructor(baseUrl: string, engine: TestEngine) {
    this.#baseUrl = baseUrl;
    this.#token = clientOf(engine).getAccessToken()!;
    this.#userId = clientOf(engine).getSafeUserId();
  }

  /** Null only where the server says that it is not there. */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#baseUrl}/_matrix/client/v3${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${path}: ${String(response.status)}`);
    return response.json();
  }

  accountDataPath(type: string): string {
    return `/user/${encodeURIComponent(this.#userId)}/account_data/${type}`;
  }

  async version(which = ''): Promise<Version | null> {
    const path = which === '' ? '' : `/${which}`;
    return (await this.ask('GET', `/room_keys/version${path}`)) as Version | null;
  }

  /** The public master key of the account's identity. */
  async identity(): Promise<string | null> {
    const answer = (await this.ask('POST', '/keys/query', {
      device_keys: { [this.#userId]: [] },
    })) as { master_keys?: Record<string, { keys: Record<string, string> }> };
    const master = answer.master_keys?.[this.#userId];
    return master === undefined ? null : (Object.values(master.keys)[0] ?? null);
  }

  async defaultKeyId(): Promise<string | null> {
    const path = this.accountDataPath('m.secret_storage.default_key');
    return ((await this.ask('GET', path)) as { key?: string } | null)?.key ?? null;
  }

  /**
   * Ids of the sessions that this recovery key opens, in whichever backup is there.
   *
   * The engine goes on meanwhile. What was put in place of something else during the look was seen
   * neither before nor after it; the look is then repeated.
   */
  async opens(recoveryKey: string): Promise<ReadonlySet<string>> {
    await initAsync();
    for (;;) {
      const stored = await this.#storedBackupKey();
      const opened = await this.#openedWith(await backupKeysIn(stored, recoveryKey));
      const now = await this.#storedBackupKey();
      if (opened !== null && JSON.stringify(now) === JSON.stringify(stored)) return opened;
    }
  }

  /** @returns null where a backup was deleted while it was read */
  async #openedWith(keys: readonly BackupDecryptionKey[]): Promise<ReadonlySet<string> | null> {
    const opened = new Set<string>();
    const last = Number((await this.version())?.version ?? 0);
    for (let number = 1; number <= last; number += 1) {
      const version = await this.version(String(number));
      const key = keys.find(
        (each) => each.megolmV1PublicKey.publicKeyBase64 === version?.auth_data.public_key,
      );
      if (version === null || key === undefined) continue;
      const path = `/room_keys/keys?version=${version.version}`;
      const backedUp = (await this.ask('GET', path)) as BackedUp | null;
      if (backedUp === null) return null;
      for (const { sessions } of Object.values(backedUp.rooms)) {
        for (const [sessionId, { session_data: data }] of Object.entries(sessions)) {
          const text = key.decryptV1(data['ephemeral']!, data['mac']!, data['ciphertext']!);
          if ('session_key' in (JSON.parse(text) as object)) opened.add(sessionId);
        }
      }
    }
    return opened;
  }

  async #storedBackupKey(): Promise<Secret | null> {
    return (await this.ask('GET', this.accountDataPath(backupKeyName))) as Secret | null;
  }
}

async function backupKeysIn(
  stored: Secret | null,
  recoveryKey: string,
): Promise<BackupDecryptionKey[]> {
  const keys: BackupDecryptionKey[] = [];
  for (const sealed of Object.values(stored?.encrypted ?? {})) {
    const bytes = decodeRecoveryKey(recoveryKey);
    const text = await decryptSecret(sealed, bytes, backupKeyName).catch(() => null);
    if (text !== null) keys.push(BackupDecryptionKey.fromBase64(text));
  }
  return keys;
}
