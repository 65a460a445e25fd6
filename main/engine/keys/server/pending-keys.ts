import { MatrixError, Method, type MatrixClient } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import { cryptoOf, olmMachineOf } from '../olm-machine';
import type { Homeserver } from './homeserver';
import { serverFailure } from './server-failure';

export interface KeyCounts {
  /** Keys on this device. */
  readonly total: number;
  /** Of these, not yet in the backup. */
  readonly pending: number;
  /** The backup in use; null while there is none. */
  readonly version: string | null;
}

/** The keys of this device that the backup does not have yet. */
export class PendingKeys {
  readonly #client: MatrixClient;
  readonly #homeserver: Homeserver;

  constructor(client: MatrixClient, homeserver: Homeserver) {
    this.#client = client;
    this.#homeserver = homeserver;
  }

  /** Without a backup in use, every key of this device counts as pending. */
  async count(): Promise<KeyCounts> {
    const counts = await olmMachineOf(this.#client).roomKeyCounts();
    try {
      const { total, backedUp } = counts;
      const version = await cryptoOf(this.#client).getActiveSessionBackupVersion();
      return { total, pending: version === null ? total : total - backedUp, version };
    } finally {
      counts.free();
    }
  }

  /**
   * Uploads until nothing is left, now: the SDK's own loop starts up to ten seconds late and tries
   * for ever in silence. Both may run at once: the machine hands out the same batch until it is
   * marked as sent, and marking it twice does nothing.
   *
   * @param uploaded called after each batch
   * @throws {HoldfastError} `backup_missing` where another device replaced or deleted the backup,
   *   `not_ready` while no backup is in use
   */
  async upload(uploaded: () => Promise<void>): Promise<void> {
    const machine = olmMachineOf(this.#client);
    for (;;) {
      const request = await machine.backupRoomKeys();
      if (request === undefined) {
        // Without a backup in use there never is a request: that is no end of an upload (I3).
        if ((await cryptoOf(this.#client).getActiveSessionBackupVersion()) !== null) return;
        throw new HoldfastError('not_ready', 'No backup is in use');
      }
      const { id, type, body, version } = request;
      const answer = await this.#homeserver
        .send(Method.Put, '/room_keys/keys', body, { version })
        .catch((error: unknown) => {
          throw isReplaced(error)
            ? new HoldfastError('backup_missing', 'The backup was replaced')
            : serverFailure(error);
        });
      await machine.markRequestAsSent(id, type, answer);
      await uploaded();
    }
  }
}

function isReplaced(error: unknown): boolean {
  if (!(error instanceof MatrixError)) return false;
  return error.errcode === 'M_WRONG_ROOM_KEYS_VERSION' || error.errcode === 'M_NOT_FOUND';
}
