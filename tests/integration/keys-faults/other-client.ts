/**
 * The account in another client: plain matrix-js-sdk as most clients use it, which deletes a backup
 * before it makes the next.
 */
import '../../../main/engine/session/silence-sdk';
import { ClientEvent, createClient, SyncState, type MatrixClient } from 'matrix-js-sdk';
import { decodeRecoveryKey, type CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { UIAuthCallback } from 'matrix-js-sdk/lib/interactive-auth.js';
import { silentLogger } from '../../../main/engine/silent-logger';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver } from '../../support/homeserver/shared';

export class OtherClient implements AsyncDisposable {
  readonly #client: MatrixClient;
  readonly #user: RegisteredUser;
  readonly #key: { bytes: Uint8Array<ArrayBuffer> | null };

  private constructor(
    client: MatrixClient,
    user: RegisteredUser,
    key: { bytes: Uint8Array<ArrayBuffer> | null },
  ) {
    this.#client = client;
    this.#user = user;
    this.#key = key;
  }

  static async signIn(user: RegisteredUser): Promise<OtherClient> {
    const { baseUrl } = await sharedHomeserver();
    const login = await createClient({ baseUrl, logger: silentLogger }).loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: user.userId },
      password: user.password,
    });
    const key: { bytes: Uint8Array<ArrayBuffer> | null } = { bytes: null };
    const client = createClient({
      baseUrl,
      userId: login.user_id,
      deviceId: login.device_id,
      accessToken: login.access_token,
      logger: silentLogger,
      cryptoCallbacks: {
        getSecretStorageKey: ({ keys }) => {
          const keyId = Object.keys(keys)[0];
          return Promise.resolve(
            keyId === undefined || key.bytes === null ? null : [keyId, key.bytes],
          );
        },
        cacheSecretStorageKey: (_id, _info, bytes) => void (key.bytes = bytes),
      },
    });
    await client.initRustCrypto({ useIndexedDB: false });
    const synced = Promise.withResolvers<void>();
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Syncing) synced.resolve();
    });
    await client.startClient();
    await synced.promise;
    return new OtherClient(client, user, key);
  }

  get userId(): string {
    return this.#user.userId;
  }

  get deviceId(): string {
    return this.#client.getDeviceId()!;
  }

  /** As somebody does who enters the recovery key and then has the backup made anew. */
  async replaceBackup(recoveryKey: string): Promise<void> {
    await this.signItself(recoveryKey);
    await this.resetBackup();
  }

  async signItself(recoveryKey: string): Promise<void> {
    this.#key.bytes = decodeRecoveryKey(recoveryKey);
    // It has to know the account's identity first.
    await this.#crypto.userHasCrossSigningKeys(this.#user.userId, true);
    await this.#crypto.bootstrapCrossSigning({});
  }

  async resetBackup(): Promise<void> {
    await this.#crypto.resetKeyBackup();
  }

  /** “I lost everything”. @returns the new recovery key */
  async resetEverything(): Promise<string> {
    await this.#crypto.resetEncryption(this.#withPassword);
    return this.#newStorage();
  }

  /** Signs another device of the account out. */
  async remove(deviceId: string): Promise<void> {
    await this.#withPassword(async (auth) => {
      await this.#client.deleteDevice(deviceId, auth ?? undefined);
      return undefined;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#client.stopClient();
    return Promise.resolve();
  }

  get #crypto(): CryptoApi {
    return this.#client.getCrypto()!;
  }

  async #newStorage(): Promise<string> {
    const made = await this.#crypto.createRecoveryKeyFromPassphrase();
    await this.#crypto.bootstrapSecretStorage({
      createSecretStorageKey: () => Promise.resolve(made),
      setupNewSecretStorage: true,
    });
    return made.encodedPrivateKey!;
  }

  readonly #withPassword: UIAuthCallback<void> = async (request) => {
    try {
      await request(null);
    } catch (error) {
      const { session } = (error as { data: { session?: string } }).data;
      await request({
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: this.#user.userId },
        password: this.#user.password,
        ...(session === undefined ? {} : { session }),
      });
    }
  };
}
