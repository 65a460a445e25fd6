import { z } from 'zod';
import type { KeyValueTable } from '../../../store/profile-store';

const recordKey = 'keys.knownBackup';
const knownBackup = z.object({ deviceId: z.string(), version: z.string() });

/** The backup version this device last worked with: tells a replaced backup from a new one. */
export class KnownBackup {
  readonly #records: KeyValueTable;
  readonly #deviceId: string;

  constructor(records: KeyValueTable, deviceId: string) {
    this.#records = records;
    this.#deviceId = deviceId;
  }

  get version(): string | null {
    const known = knownBackup.safeParse(this.#records.get(recordKey)).data;
    return known?.deviceId === this.#deviceId ? known.version : null;
  }

  remember(version: string): void {
    if (version !== this.version)
      this.#records.set(recordKey, { deviceId: this.#deviceId, version });
  }
}
