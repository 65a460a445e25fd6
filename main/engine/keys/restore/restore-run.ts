import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises';
import { olmMachineOf } from '../olm-machine';
import { ahead } from './ahead';
import { BackupFeed, requireVersion, type FeedParts, type FeedStep } from './backup-feed';
import { ImportBatch, type RoomTally } from './import-batch';
import { importSessions } from './import-sessions';
import { withRooms, writeRestoreRecord, type RestoreRecord } from './restore-record';
import { RoomOrder } from './room-order';
import { comesAtOnce } from './whole-backup';

/**
 * Keys that are imported in one go. More at a time cost a little less each, but take more memory, keep
 * everything else waiting for longer, and leave the decryption less to do beside it.
 */
const batchKeys = 400;
/** Milliseconds that keys wait for others to be imported with. */
const batchPatienceMs = 200;
/** Slices being decrypted while others are imported. */
const slicesAhead = 8;

export type RestoreRunParts = Omit<FeedParts, 'version'>;

/**
 * Brings the keys of a backup to this device: fetching, decrypting and importing at the same time.
 * One run ends with everything imported or with an error; the record tells the next run where to go
 * on.
 */
export class RestoreRun {
  readonly #parts: RestoreRunParts;
  readonly #told: (done: number) => void;
  readonly #feed: BackupFeed;
  readonly #tallies = new Map<string, RoomTally>();
  #batch = new ImportBatch();
  #record: RestoreRecord;

  /** @param told how many keys are done, whenever some more are */
  constructor(parts: RestoreRunParts, record: RestoreRecord, told: (done: number) => void) {
    this.#parts = parts;
    this.#record = record;
    this.#told = told;
    this.#feed = new BackupFeed({ ...parts, version: record.version });
  }

  /** With all rooms that are done. */
  get record(): RestoreRecord {
    return this.#record;
  }

  /** Keys imported or given up, those of rooms that are not done included. */
  get done(): number {
    let done = this.#record.imported + this.#record.failed;
    for (const { imported, failed } of this.#tallies.values()) done += imported + failed;
    return done;
  }

  /** @throws {HoldfastError} `backup_missing` where the backup is gone, or what waiting does not mend */
  async run(): Promise<void> {
    const { context, retries } = this.#parts;
    const { version } = this.#record;
    if (await this.#tookWhole()) return;
    await this.#take(this.#feed.rooms(this.#roomsLeft(), null));
    // Rooms this account has left are known to nobody but the backup.
    const count = await retries.persist(() => requireVersion({ context, version }));
    if (this.done < count) await this.#take(this.#feed.rest(new Set(this.#record.rooms)));
  }

  /** Whether everything came; what did not comes room by room. */
  async #tookWhole(): Promise<boolean> {
    const order = this.#roomsLeft();
    if (!comesAtOnce(order.left, this.#record.total)) return false;
    const whole = this.#feed.whole();
    await this.#take(this.#feed.rooms(order, whole));
    const download = whole.take();
    if (download === null) return false;
    try {
      await this.#take(this.#feed.atOnce(download, order, new Set(this.#record.rooms)));
      return true;
    } catch (error) {
      await this.#parts.retries.waitAfter(error);
      return false;
    }
  }

  #roomsLeft(): RoomOrder {
    const { client, watchedRooms } = this.#parts.context;
    return new RoomOrder(client, watchedRooms, this.#record.rooms);
  }

  async #take(feed: AsyncGenerator<FeedStep, void>): Promise<void> {
    const steps = ahead(feed, slicesAhead);
    try {
      let next = steps.next();
      for (;;) {
        const arrived = this.#batch.isEmpty ? await next : await within(batchPatienceMs, next);
        if (arrived === null) {
          await this.#import();
          continue;
        }
        if (arrived.done === true) break;
        next = steps.next();
        // Told when it is its turn, unless an earlier step fails.
        next.catch(() => undefined);
        await this.#add(arrived.value);
      }
    } catch (error) {
      // What is here already need not be fetched again.
      if (!this.#parts.signal.aborted) await this.#import();
      throw error;
    }
    await this.#import();
  }

  async #add({ tally, decrypted, last }: FeedStep): Promise<void> {
    const slice = await decrypted;
    this.#tallies.set(tally.roomId, tally);
    tally.failed += slice.failed;
    this.#batch.add(tally, slice);
    if (last) this.#batch.finish(tally);
    const isOnScreen = this.#parts.context.watchedRooms.ids.includes(tally.roomId);
    if (this.#batch.size >= batchKeys || (last && isOnScreen)) await this.#import();
  }

  async #import(): Promise<void> {
    const batch = this.#batch;
    if (batch.isEmpty) return;
    this.#batch = new ImportBatch();
    const { context, signal } = this.#parts;
    signal.throwIfAborted();
    if (batch.size > 0) {
      const machine = olmMachineOf(context.client);
      const { keys, sessions } = batch.contents();
      const refused = await importSessions(machine, this.#record.version, sessions);
      for (const [tally, count] of keys) {
        const failed = Math.min(refused.get(tally.roomId) ?? 0, count);
        tally.failed += failed;
        tally.imported += count - failed;
      }
    }
    // Not by a session that has ended: its store may be another's by now.
    context.stopped.throwIfAborted();
    if (batch.finished.length > 0) this.#note(batch.finished);
    this.#told(this.done);
    // Importing does not give way by itself: sync and sending come in between.
    await nextTurn();
  }

  #note(finished: readonly RoomTally[]): void {
    for (const { roomId } of finished) this.#tallies.delete(roomId);
    this.#record = withRooms(this.#record, finished);
    writeRestoreRecord(this.#parts.context.store.crypto.records, this.#record);
  }
}

/** Null where it takes longer. */
async function within<Value>(ms: number, value: Promise<Value>): Promise<Value | null> {
  const timer = new AbortController();
  const late = after(ms, null, { signal: timer.signal }).catch(() => null);
  try {
    return await Promise.race([value, late]);
  } finally {
    timer.abort();
  }
}
