/** What can go wrong with a disk, as fault-shim.c does it. */
import { constants } from 'node:os';

const OPEN = 1;
const WRITE = 2;
const SYNC = 4;
const TRUNCATE = 8;
const RENAME = 16;
const UNLINK = 32;
const CHANGES = OPEN | WRITE | TRUNCATE | RENAME | UNLINK;
const EVERYTHING = CHANGES | SYNC;

const FAIL = 1;
const SHORT = 2;
const TORN = 3;
const TORN_EXIT = 4;
const EXIT = 5;
const POWER_CUT = 6;

export interface Fault {
  /** A set of bits: the kinds of operation that count, and fail. */
  readonly operations: number;
  readonly action: number;
  /** The errno of what fails. */
  readonly error: number;
  /** From the n-th on until it is lifted, not the n-th alone. */
  readonly stays: boolean;
  /** The process ends with it. */
  readonly ends: boolean;
}

const { ENOSPC, EIO, EMFILE } = constants.errno;

function fails(operations: number, error: number, stays = false): Fault {
  return { operations, action: FAIL, error, stays, ends: false };
}

function ends(operations: number, action: number): Fault {
  return { operations, action, error: 0, stays: false, ends: true };
}

export const faultKinds = {
  /** Room for one file came back at once, as when a log was rotated away. */
  'no space, once': fails(OPEN | WRITE | TRUNCATE, ENOSPC),
  'no space': fails(OPEN | WRITE | TRUNCATE, ENOSPC, true),
  'write error, once': fails(WRITE, EIO),
  'I/O error': fails(EVERYTHING, EIO, true),
  'torn write': { operations: WRITE, action: TORN, error: EIO, stays: false, ends: false },
  'short write': { operations: WRITE, action: SHORT, error: 0, stays: false, ends: false },
  'sync fails, once': fails(SYNC, EIO),
  'sync fails': fails(SYNC, EIO, true),
  'open fails': fails(OPEN, EMFILE),
  'truncate fails': fails(TRUNCATE, EIO),
  'rename or unlink fails': fails(RENAME | UNLINK, EIO),
  crash: ends(EVERYTHING, EXIT),
  'crash in a write': ends(WRITE, TORN_EXIT),
  /** What was not synced is lost, in part or whole. */
  'power cut': ends(EVERYTHING, POWER_CUT),
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof faultKinds;
export const faultKindNames = Object.keys(faultKinds) as FaultKind[];
