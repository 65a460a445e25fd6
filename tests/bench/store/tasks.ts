/** What the bench asks of a process of its own, and what that answers. */
import type { Login, Rate, RecordRates, RestoreTask } from './workload';

/** Where the crypto store lies. `ours` is the product's own, encrypted and durable. */
export type NodeStore = 'ours' | 'memory' | 'fake';

export interface StoredProfile {
  readonly dir: string;
  /** Base64. */
  readonly storeKey: string;
}

export type Task =
  | {
      readonly measure: 'import';
      readonly store: NodeStore;
      readonly profile: StoredProfile;
      readonly keysFile: string;
      readonly batchSize: number;
    }
  | {
      readonly measure: 'restore';
      readonly store: Exclude<NodeStore, 'ours'>;
      readonly login: Login;
      readonly backup: RestoreTask;
    }
  | {
      readonly measure: 'product-restore';
      readonly profile: StoredProfile;
      readonly baseUrl: string;
      readonly user: string;
      readonly password: string;
      readonly recoveryKey: string;
      readonly keys: number;
    }
  | {
      readonly measure: 'records';
      readonly store: Exclude<NodeStore, 'memory'>;
      readonly profile: StoredProfile;
      readonly count: number;
    }
  | { readonly measure: 'fill'; readonly profile: StoredProfile; readonly sessions: number }
  | { readonly measure: 'open'; readonly profile: StoredProfile };

/** In milliseconds and megabytes (10^6 bytes). */
export interface ProductRestore extends Rate {
  /** Milliseconds from entering the recovery key to the last imported key. */
  readonly fromEntryMs: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
}

export interface Opening {
  readonly ms: number;
  readonly rssMB: number;
}

export interface Answers {
  readonly import: Rate;
  readonly restore: Rate;
  readonly 'product-restore': ProductRestore;
  readonly records: RecordRates;
  readonly fill: null;
  readonly open: Opening;
}

export type Measured<Name extends Task['measure']> = Answers[Name] & { readonly peakMB: number };
