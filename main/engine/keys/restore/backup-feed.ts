import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { findBackupVersion } from '../server/backup-version';
import { openDownload, type Download } from '../server/open-download';
import { isPassing } from '../server/server-failure';
import type { DecryptedSlice } from './decrypt-slice';
import type { DecryptionPool } from './decryption-pool';
import type { RoomTally } from './import-batch';
import type { Retries } from './retries';
import type { RoomOrder } from './room-order';
import { SessionSlices, type SessionSlice } from './session-slices';
import { WholeBackup } from './whole-backup';

/** Some keys of a room, being decrypted. */
export interface FeedStep {
  readonly tally: RoomTally;
  readonly decrypted: Promise<DecryptedSlice>;
  /** The room is complete with these. */
  readonly last: boolean;
}

export interface FeedParts {
  readonly context: KeysContext;
  readonly version: string;
  readonly pool: DecryptionPool;
  readonly retries: Retries;
  readonly signal: AbortSignal;
}

interface OpenedRoom {
  readonly roomId: string;
  readonly download: Download | null;
}

const nothing: DecryptedSlice = { sessions: '[]', readable: 0, failed: 0 };

/** The keys of a backup as they arrive, fetched again and again where the network fails. */
export class BackupFeed {
  readonly #parts: FeedParts;

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /**
   * Room by room; while one is read the next is asked for.
   *
   * @param whole asked for once the first room is here; it ends the rooms when it arrives
   * @throws {HoldfastError} `backup_missing` where the server says so, or what waiting does not mend
   */
  async *rooms(order: RoomOrder, whole: WholeBackup | null): AsyncGenerator<FeedStep, void> {
    let next: Promise<OpenedRoom | null> | null = this.#openNext(order);
    while (next !== null) {
      const room: OpenedRoom | null = await next;
      if (room === null) return;
      next = whole?.isHere === true ? null : this.#openNext(order);
      // Told when it is its turn; nobody listens where the run has ended before.
      next?.catch(() => undefined);
      yield* this.#room(room);
      whole?.ask();
    }
  }

  /** For {@link rooms}, and then {@link atOnce}. */
  whole(): WholeBackup {
    return new WholeBackup((signal) =>
      this.#openBackup(AbortSignal.any([signal, this.#parts.signal])),
    );
  }

  /**
   * The rooms that are left in the order, and those nobody else names, as the server has them; only
   * what comes on screen is fetched by itself, before the others.
   *
   * @param done rooms that are here
   * @throws {HoldfastError} `offline` where it breaks off, or what waiting does not mend
   */
  async *atOnce(
    download: Download,
    order: RoomOrder,
    done: ReadonlySet<string>,
  ): AsyncGenerator<FeedStep, void> {
    const sent = new Set(done);
    for await (const step of this.#newRooms(download, sent)) {
      order.remove(step.tally.roomId);
      yield step;
      const onScreen = order.nextOnScreen();
      if (onScreen === null) continue;
      yield* this.#room(await this.#open(onScreen));
      sent.add(onScreen);
    }
  }

  /** The whole backup in one answer, but for the rooms that are done: those nobody else names. */
  async *rest(done: ReadonlySet<string>): AsyncGenerator<FeedStep, void> {
    const { retries } = this.#parts;
    const sent = new Set(done);
    for (;;) {
      const download = await retries.persist(() => this.#openBackup());
      try {
        yield* this.#newRooms(download, sent);
        return;
      } catch (error) {
        await retries.waitAfter(error);
      }
    }
  }

  /** @param sent rooms to leave out; those that came whole are added */
  async *#newRooms(download: Download, sent: Set<string>): AsyncGenerator<FeedStep, void> {
    const tallies = new Map<string, RoomTally>();
    for await (const { roomId, members, last } of slicesOf(download, 'backup')) {
      if (roomId === null || sent.has(roomId)) continue;
      const tally = tallies.get(roomId) ?? newTally(roomId);
      tallies.set(roomId, tally);
      if (last) {
        sent.add(roomId);
        this.#parts.retries.succeeded();
      }
      yield this.#step(tally, members, last);
    }
  }

  async *#room(room: OpenedRoom): AsyncGenerator<FeedStep, void> {
    const { retries } = this.#parts;
    let { download } = room;
    for (;;) {
      const tally = newTally(room.roomId);
      if (download === null) {
        yield this.#step(tally, new Uint8Array(0), true);
        return;
      }
      try {
        for await (const { members, last } of slicesOf(download, 'room')) {
          yield this.#step(tally, members, last);
        }
        retries.succeeded();
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        await retries.waitAfter(error);
      }
      ({ download } = await this.#open(room.roomId));
    }
  }

  #step(tally: RoomTally, members: Uint8Array, last: boolean): FeedStep {
    const { pool } = this.#parts;
    const decrypted = members.length === 0 ? Promise.resolve(nothing) : pool.decrypt(members);
    // Told to whoever takes the step; nobody may, once an earlier one failed.
    decrypted.catch(() => undefined);
    return { tally, decrypted, last };
  }

  async #openNext(order: RoomOrder): Promise<OpenedRoom | null> {
    const roomId = order.next();
    return roomId === null ? null : this.#open(roomId);
  }

  async #open(roomId: string): Promise<OpenedRoom> {
    const download = await this.#parts.retries.persist(async () => {
      const opened = await this.#download(`/room_keys/keys/${encodeURIComponent(roomId)}`);
      // "Not found" may be the room's keys or the backup; only the one is an empty room (I2).
      if (opened === null) await requireVersion(this.#parts);
      return opened;
    });
    return { roomId, download };
  }

  async #openBackup(signal = this.#parts.signal): Promise<Download> {
    const download = await this.#download('/room_keys/keys', signal);
    if (download === null) throw new HoldfastError('backup_missing', 'The backup is gone');
    return download;
  }

  #download(path: string, signal = this.#parts.signal): Promise<Download | null> {
    const { context, version } = this.#parts;
    return openDownload(context.client, path, { version }, signal);
  }
}

/** @returns the number of keys in that backup now, whether it is the current one or not */
export async function requireVersion({
  context,
  version,
}: Pick<FeedParts, 'context' | 'version'>): Promise<number> {
  const backup = await findBackupVersion(context.homeserver, version);
  if (backup === null) throw new HoldfastError('backup_missing', 'The backup is gone');
  return backup.count;
}

function newTally(roomId: string): RoomTally {
  return { roomId, imported: 0, failed: 0 };
}

async function* slicesOf(
  download: Download,
  shape: 'room' | 'backup',
): AsyncGenerator<SessionSlice, void> {
  const slices = new SessionSlices(shape);
  for await (const chunk of download) yield* slices.push(chunk);
  slices.end();
}
