import type { CarryOverState } from '../../../../preload/model/carry-over';
import type { KeysContext } from '../keys-context';
import { importEntries } from '../key-files/import-keys';
import { olmMachineOf } from '../olm-machine';
import { readCarryOver, writeCarryOver, type CarryOverRecord } from './carry-over-record';
import { countStoredKeys, oldDevices, readStoredKeys, type OldDevice } from './stored-keys';

interface Underway {
  readonly device: OldDevice;
  record: CarryOverRecord;
}

/**
 * Takes over the room keys that this person's earlier devices left in this store: whoever signs in
 * again reads everything as before, without any recovery key. Room keys only: identity and backup
 * come from verification or the recovery key, as on any new device. What is taken over counts as not
 * backed up, and the old databases stay (I4). One that can't be read keeps none of the others back.
 */
export class CarryOver {
  readonly #context: KeysContext;
  readonly #carried: () => void;
  #running: Promise<void> | null = null;

  /** @param carried keys have come, or all have */
  constructor(context: KeysContext, carried: () => void) {
    this.#context = context;
    this.#carried = carried;
  }

  /** Carries over what is left, if anything is; never rejects. Shared by all who ask meanwhile. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    const all: Underway[] = [];
    const failures: unknown[] = [];
    const attempt = async (work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch (error) {
        // Told as what it is for the person, also where not even a number is known; a storage that
        // failed tells of itself.
        failures.push(error);
      }
    };
    const { store, account } = this.#context;
    await attempt(async () => {
      for (const device of await oldDevices(store.crypto.indexedDB, account)) {
        await attempt(() => this.#look(device, all));
      }
    });
    if (all.length > 0) {
      this.#tell('running', all);
      for (const each of all) await attempt(() => this.#carry(each, all));
      await attempt(this.#carried);
    }
    if (failures.length > 0) this.#tell('interrupted', all);
    else this.#tell(all.length > 0 ? 'done' : 'none', all);
  }

  /** @param all the device is added to it where something is left of it */
  async #look(device: OldDevice, all: Underway[]): Promise<void> {
    if (this.#isStopped) return;
    const { store, account } = this.#context;
    const stored = readCarryOver(store.crypto.records, account.deviceId, device.deviceId);
    if (stored?.done === true) return;
    const total = await countStoredKeys(store.crypto.indexedDB, device);
    const record = stored ?? { after: null, total, read: 0, failed: 0, done: false };
    if (total > 0) all.push({ device, record: { ...record, total } });
  }

  async #carry(underway: Underway, all: readonly Underway[]): Promise<void> {
    const { store, client } = this.#context;
    const { device } = underway;
    const slices = readStoredKeys(store.crypto.indexedDB, device, underway.record.after);
    for await (const { entries, read, after } of slices) {
      if (this.#isStopped) throw new Error('The session ends');
      const { failed } = await importEntries(olmMachineOf(client), entries);
      const { record } = underway;
      const missing = failed + read - entries.length;
      const next = { ...record, after, read: record.read + read, failed: record.failed + missing };
      this.#note(underway, next);
      this.#tell('running', all);
      this.#carried();
    }
    const { record } = underway;
    if (record.read < record.total) throw new Error('Keys of the old device were not all read');
    this.#note(underway, { ...record, done: true });
  }

  #note(underway: Underway, record: CarryOverRecord): void {
    if (this.#isStopped) throw new Error('The session ends');
    const { store, account } = this.#context;
    writeCarryOver(store.crypto.records, account.deviceId, underway.device.deviceId, record);
    underway.record = record;
  }

  get #isStopped(): boolean {
    return this.#context.stopped.aborted;
  }

  #tell(step: CarryOverState['step'], all: readonly Underway[]): void {
    if (this.#isStopped) return;
    const sum = (what: 'total' | 'read' | 'failed'): number =>
      all.reduce((before, { record }) => before + record[what], 0);
    const { carryOver } = this.#context.topics;
    if (step === 'none') carryOver.set({ step });
    else if (step === 'done') carryOver.set({ step, total: sum('total'), failed: sum('failed') });
    else carryOver.set({ step, done: sum('read'), total: sum('total') });
  }
}
