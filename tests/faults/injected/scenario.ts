/** What is done on a disk that fails, and how to tell afterwards whether anything was lost. */

export interface Place {
  /** Absolute path of the profile's folder, on the disk that fails. */
  readonly profileDir: string;
  /** Absolute path of a folder that never fails, for what is not on that disk. */
  readonly besideDir: string;
}

/** Says that something is done for good: from here on it must be found again. */
export type Acknowledge = (what: string) => void;

export interface Work {
  /**
   * Does it, whole; called again it does it again.
   *
   * @param generation grows with each call, and is part of what is written
   */
  run(generation: number, acknowledge: Acknowledge): Promise<void>;
  close(): Promise<void>;
}

/** What must never be found. */
export interface Finding {
  readonly kind:
    'key lost' | 'message lost' | 'message doubled' | 'damaged' | 'half done' | 'stuck';
  readonly detail: string;
}

export interface Scenario {
  readonly name: string;
  /** Makes what it starts from, on a disk that is well. */
  prepare(place: Place): Promise<void>;
  /** Runs while the disk fails, in a process of its own. */
  open(place: Place): Promise<Work>;
  /** The profile's store key, where it is not the one of support/profile.ts. */
  storeKey?(place: Place): Promise<Uint8Array>;
  /** Looks at what is left, on a disk that is well, with nothing else open. */
  check(place: Place, acknowledged: readonly string[]): Promise<Finding[]>;
}
