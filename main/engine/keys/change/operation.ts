import type { KeyChangeStep } from '../../../../preload/model/key-change';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import type { Retries } from '../restore/retries';
import type { Snapshots } from '../snapshot/snapshots';

/** What a step works with. */
export interface StepParts {
  readonly context: KeysContext;
  readonly health: KeyHealth;
  readonly snapshots: Snapshots;
  readonly retries: Retries;
  /** Aborted when the change is cancelled or the session ends. */
  readonly signal: AbortSignal;
  /** Tells how far the step is. */
  readonly progress: (done: number, total: number) => void;
}

export interface OperationStep<Plan> {
  readonly name: KeyChangeStep;
  /** Comes when everything new is whole and in use: what it can't do is left as it is. */
  readonly cleansUp?: true;
  /**
   * Does the step, or finds that it is done already: it is run again after a failure or a crash.
   *
   * @returns the plan with what later steps need to know
   * @throws {HoldfastError} `changed_elsewhere` where another device got in between; what the
   *   network says
   */
  run(plan: Plan, parts: StepParts): Promise<Plan>;
}

/** One kind of change, as steps in the one order in which a stop between any two loses nothing. */
export interface Operation<Plan> {
  /** Those of this plan. */
  steps(plan: Plan): readonly OperationStep<Plan>[];
  /** Whether nothing that others rely on has been replaced yet. */
  isCancellable(plan: Plan): boolean;
  /** Takes back what was made and is not used; false where it turns out to be in use already. */
  undo(plan: Plan, parts: StepParts): Promise<boolean>;
  /** When everything new is whole and in use, before anything is cleaned up; safe to call again. */
  finish(plan: Plan, parts: StepParts): void;
}
