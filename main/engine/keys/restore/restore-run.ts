import type { MatrixClient } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import { olmMachineOf } from '../olm-machine';
import type { KeysContext } from '../keys-context';
import {
  downloadAll,
  downloadRoom,
  findBackup,
  type BackedUpSessions,
} from '../server/backup-version';
import { importSessions } from './import-sessions';
import { writeRestoreRecord, type RestoreRecord } from './restore-record';

/**
 * Brings the keys of a backup to this device: the rooms people talk in first, then the rest. One run
 * ends with everything imported or with an error; the record tells the next run where to go on.
 */
export class RestoreRun {
  readonly #context: KeysContext;
  readonly #told: (record: RestoreRecord) => void;
  #record: RestoreRecord;

  constructor(context: KeysContext, record: RestoreRecord, told: (record: RestoreRecord) => void) {
    this.#context = context;
    this.#record = record;
    this.#told = told;
  }

  get record(): RestoreRecord {
    return this.#record;
  }

  /** @throws {HoldfastError} `backup_missing` where the backup was replaced, or what the network says */
  async run(): Promise<void> {
    const { client, homeserver } = this.#context;
    const { version } = this.#record;
    for (const roomId of encryptedRoomsByActivity(client)) {
      if (this.#isDone(roomId)) continue;
      const sessions = await downloadRoom(homeserver, version, roomId);
      if (sessions === null) await this.#requireCurrent();
      await this.#restoreRoom(roomId, sessions ?? {});
    }
    // Rooms this account has left can only be had with all the others.
    if (this.#done >= (await this.#requireCurrent())) return;
    const rest = await downloadAll(homeserver, version);
    if (rest === null) throw new HoldfastError('backup_missing', 'The backup was replaced');
    for (const [roomId, sessions] of rest) {
      if (!this.#isDone(roomId)) await this.#restoreRoom(roomId, sessions);
    }
  }

  get #done(): number {
    return this.#record.imported + this.#record.failed;
  }

  #isDone(roomId: string): boolean {
    return this.#record.rooms.includes(roomId);
  }

  async #restoreRoom(roomId: string, sessions: BackedUpSessions): Promise<void> {
    const { client, store, stopped } = this.#context;
    const before = this.#record;
    const machine = olmMachineOf(client);
    const { decryptionKey, backupVersion } = await machine.getBackupKeys();
    if (decryptionKey === undefined || backupVersion !== before.version) {
      throw new HoldfastError('backup_missing', 'This device uses another backup now');
    }
    try {
      await importSessions(machine, decryptionKey, before.version, roomId, sessions, (batch) => {
        stopped.throwIfAborted();
        const { imported, failed } = this.#record;
        this.#tell({
          ...this.#record,
          imported: imported + batch.imported,
          failed: failed + batch.failed,
        });
      });
    } catch (error) {
      // The room will be fetched again: its keys must not count twice.
      this.#record = before;
      throw error;
    } finally {
      decryptionKey.free();
    }
    stopped.throwIfAborted();
    this.#tell({ ...this.#record, rooms: [...before.rooms, roomId] });
    writeRestoreRecord(store.crypto.records, this.#record);
  }

  #tell(record: RestoreRecord): void {
    this.#record = record;
    this.#told(record);
  }

  /** @returns the number of keys in the backup now */
  async #requireCurrent(): Promise<number> {
    const backup = await findBackup(this.#context.homeserver);
    if (backup?.version === this.#record.version) return backup.count;
    throw new HoldfastError('backup_missing', 'The backup was replaced');
  }
}

function encryptedRoomsByActivity(client: MatrixClient): string[] {
  return client
    .getRooms()
    .filter((room) => room.hasEncryptionStateEvent())
    .sort((one, other) => other.getLastActiveTimestamp() - one.getLastActiveTimestamp())
    .map((room) => room.roomId);
}
