import type { CarryOverState } from '../../../preload/model/carry-over';
import type { KeyChangeState } from '../../../preload/model/key-change';
import type { RestoreState, SetupState, UnfinishedKeyWork } from '../../../preload/model/keys';

interface KeyWork {
  readonly carryOver: CarryOverState;
  readonly keyChange: KeyChangeState;
  readonly setup: SetupState;
  readonly restore: RestoreState;
}

/** What of the keys is under way; of several the one that matters most. */
export function unfinishedKeyWork(work: KeyWork): UnfinishedKeyWork | undefined {
  // What can't be read of earlier devices stays with them, and is no reason to wait.
  if (work.carryOver.step === 'running') return 'carry_over';
  if (!keyChangeAtRest.has(work.keyChange.step)) return 'key_change';
  if (work.setup.step === 'securing') return 'setup';
  return restoreUnderWay.has(work.restore.step) ? 'restore' : undefined;
}

/** Steps in which a change of keys leaves everything as it is. */
const keyChangeAtRest: ReadonlySet<KeyChangeState['step']> = new Set(['none', 'done']);
const restoreUnderWay: ReadonlySet<RestoreState['step']> = new Set([
  'restoring',
  'paused',
  'interrupted',
]);
