import type { PolicyProblem } from '../../preload/model/policy';

/** What one file sets, not yet judged value by value. */
export interface PolicyLayer {
  readonly from: string;
  readonly mandatory: Readonly<Record<string, unknown>>;
  readonly recommended: Readonly<Record<string, unknown>>;
}

export interface PolicyReading {
  /** What comes later goes before what comes earlier. */
  readonly layers: readonly PolicyLayer[];
  /** Of files that can't be relied on: what they were to set is not known. */
  readonly problems: readonly PolicyProblem[];
}

/** Where an organisation's policy comes from, on this platform. */
export interface PolicySource {
  /** Never rejects: what goes wrong is a problem to show. */
  read(): Promise<PolicyReading>;
}

/** A platform whose managed settings are not read yet: nothing is set. */
export const noPolicySource: PolicySource = {
  read: () => Promise.resolve({ layers: [], problems: [] }),
};
