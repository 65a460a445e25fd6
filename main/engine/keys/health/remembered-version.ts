import { z } from 'zod';
import type { KeyValueTable } from '../../../store/profile-store';

const remembered = z.object({ deviceId: z.string(), version: z.string() });

/** A backup version that this device keeps in mind over restarts. */
export class RememberedVersion {
  readonly #records: KeyValueTable;
  readonly #recordKey: string;
  readonly #deviceId: string;

  constructor(records: KeyValueTable, recordKey: string, deviceId: string) {
    this.#records = records;
    this.#recordKey = recordKey;
    this.#deviceId = deviceId;
  }

  get version(): string | null {
    const stored = remembered.safeParse(this.#records.get(this.#recordKey)).data;
    return stored?.deviceId === this.#deviceId ? stored.version : null;
  }

  remember(version: string): void {
    if (version === this.version) return;
    this.#records.set(this.#recordKey, { deviceId: this.#deviceId, version });
  }
}
