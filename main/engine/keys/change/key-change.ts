import type { ErrorCode } from '../../../../preload/errors';
import type {
  KeyChangeProgress,
  KeyChangeState,
  KeyChangeStep,
} from '../../../../preload/model/key-change';
import type { ValidArgs } from '../../../../preload/contract';
import { HoldfastError } from '../../../holdfast-error';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import { Retries } from '../restore/retries';
import type { Setup } from '../setup/setup';
import type { Turn } from '../one-turn';
import { cleanUp } from './clean-up';
import { newKey, planNewKey } from './new-key';
import type { Operation, StepParts } from './operation';
import { planBackupReset, resetBackup } from './reset-backup';
import { planFullReset, resetEverything } from './reset-everything';
import { forgetPlan, isDone, readPlan, writePlan, type Plan } from './plan';
import type { Snapshots } from '../snapshot/snapshots';
import { secretsHere } from './secrets-here';

const operations: {
  readonly [Name in Plan['operation']]: Operation<Extract<Plan, { operation: Name }>>;
} = {
  new_key: newKey,
  reset_backup: resetBackup,
  reset_everything: resetEverything,
};

interface Running {
  readonly ended: Promise<void>;
  readonly retries: Retries;
  readonly stop: AbortController;
}

/**
 * Changes of what protects the account's keys: one at a time, step by step, each step noted before
 * the next one begins. What a crash or a failure cuts off goes on at the next start.
 */
export class KeyChange {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  readonly #setup: Setup;
  readonly #snapshots: Snapshots;
  #running: Running | null = null;
  /** Held as long as there is a change that may go on. */
  #turn: Turn | null = null;

  constructor(context: KeysContext, health: KeyHealth, setup: Setup, snapshots: Snapshots) {
    this.#context = context;
    this.#health = health;
    this.#setup = setup;
    this.#snapshots = snapshots;
    const plan = this.#plan;
    if (plan === null) return;
    if (plan.superseded) this.#stopped('changed_elsewhere');
    else this.#start();
  }

  /**
   * A new recovery key is made, and then kept and proven as in a first setup; `setup.secure` begins
   * that change. Every other change begins now.
   *
   * @throws {HoldfastError} `not_allowed` while a change or other work on the keys is under way,
   *   `secrets_not_here` where this
   *   device can't make this change, or what planning it says
   */
  async begin(
    change: ValidArgs<'keyChange.begin'>,
  ): Promise<{ readonly recoveryKey: string } | null> {
    this.#requireNone();
    switch (change.operation) {
      case 'new_key':
        return this.#setup.begin(change.choice, {
          check: async () => {
            await secretsHere(this.#context);
          },
          use: (draft) => this.#begin(() => planNewKey(this.#context, draft, change.removeOld)),
        });
      case 'reset_everything':
        return this.#setup.begin(change.choice, {
          // Only to know that the server answers, before a key is put on paper for nothing.
          check: async () => {
            await this.#context.identity.published();
          },
          use: (draft) => this.#begin(() => planFullReset(this.#context, draft)),
        });
      case 'reset_backup':
        await this.#begin(() =>
          planBackupReset(this.#context, this.#health.oldBackups, change.secret),
        );
        return null;
    }
  }

  /**
   * Tries again at once what failed or waits.
   *
   * @throws {HoldfastError} `not_ready` where there is none, `not_allowed` while other work on the
   *   keys is under way
   */
  resume(): void {
    if (this.#running !== null) this.#running.retries.now();
    else {
      const plan = this.#requirePlan();
      this.#holdTurn();
      this.#write({ ...plan, superseded: false });
      this.#start();
    }
  }

  /**
   * Gives it up and takes back what was made.
   *
   * @throws {HoldfastError} `not_allowed` from the point of no return on and while other work on the
   *   keys is under way, `not_ready` where there is none
   */
  async cancel(): Promise<void> {
    const running = this.#running;
    const before = this.#requirePlan();
    if (!mayEnd(before)) {
      throw new HoldfastError('not_allowed', 'It can only go on from here');
    }
    running?.stop.abort();
    await running?.ended;
    // It may have come further, or to its end, while it was being stopped.
    const plan = this.#plan;
    if (plan === null) return;
    if (plan.superseded && !operationOf(plan).isCancellable(plan)) {
      // Others go by what the other device made: there is nothing to take back.
      this.#forget();
      this.#tell({ step: 'none' });
      return;
    }
    if (!mayEnd(plan)) {
      this.#start();
      throw new HoldfastError('not_allowed', 'It can only go on from here');
    }
    this.#holdTurn();
    this.#write({ ...plan, cancelled: true });
    this.#start();
  }

  /** The person has seen how it ended. */
  dismiss(): void {
    if (this.#plan === null) this.#tell({ step: 'none' });
  }

  async #begin(planned: () => Promise<Plan>): Promise<void> {
    this.#requireNone();
    const turn = this.#holdTurn();
    try {
      await turn.ready;
      const plan = await planned();
      this.#context.stopped.throwIfAborted();
      this.#write(plan);
    } catch (error) {
      this.#endTurn();
      throw error;
    }
    this.#start();
  }

  #holdTurn(): Turn {
    this.#turn ??= this.#context.turn.begin();
    return this.#turn;
  }

  #endTurn(): void {
    this.#turn?.end();
    this.#turn = null;
  }

  #start(): void {
    const { ready } = this.#holdTurn();
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#context.stopped]);
    const shown = { progress: null as KeyChangeProgress | null };
    const retries = new Retries({
      signal,
      told: (waiting) => {
        this.#tellWorking(shown.progress, waiting);
      },
    });
    const ended = ready
      .then(() => this.#run(signal, retries, shown))
      .catch((error: unknown) => {
        if (!signal.aborted) this.#stopped(codeOf(error));
      })
      .finally(() => {
        this.#running = null;
        if (!this.#isStopped) void this.#health.refresh();
      });
    this.#running = { ended, retries, stop };
  }

  /** Ends with the plan forgotten, or with an error that waiting does not mend. */
  async #run(
    signal: AbortSignal,
    retries: Retries,
    shown: { progress: KeyChangeProgress | null },
  ): Promise<void> {
    const parts: StepParts = {
      context: this.#context,
      health: this.#health,
      snapshots: this.#snapshots,
      retries,
      signal,
      progress: (done, total) => {
        shown.progress = { done, total };
        this.#tellWorking(shown.progress, false);
      },
    };
    for (;;) {
      signal.throwIfAborted();
      const plan = this.#requirePlan();
      const operation = operationOf(plan);
      const step = plan.cancelled ? undefined : nextStep(plan, operation);
      shown.progress = null;
      this.#tellWorking(null, false);
      if (!plan.cancelled && !plan.told && (step === undefined || step.cleansUp === true)) {
        this.#context.stopped.throwIfAborted();
        operation.finish(plan, parts);
        this.#write({ ...plan, told: true });
        continue;
      }
      if (step !== undefined) {
        const changed = await (step.cleansUp === true
          ? cleanUp(step, plan, parts)
          : retries.persist(() => step.run(plan, parts)));
        retries.succeeded();
        // Not by a session that has ended: its store may be another's by now.
        this.#context.stopped.throwIfAborted();
        this.#write({ ...changed, done: [...changed.done, step.name] });
        continue;
      }
      if (plan.cancelled && !(await retries.persist(() => operation.undo(plan, parts)))) {
        this.#context.stopped.throwIfAborted();
        this.#write({ ...plan, cancelled: false });
        continue;
      }
      this.#context.stopped.throwIfAborted();
      this.#forget();
      this.#tell(plan.cancelled ? { step: 'none' } : endOf(plan));
      return;
    }
  }

  get #isStopped(): boolean {
    return this.#context.stopped.aborted;
  }

  get #plan(): Plan | null {
    const { store, account } = this.#context;
    return readPlan(store.crypto.records, account.deviceId);
  }

  #requirePlan(): Plan {
    const plan = this.#plan;
    if (plan === null) throw new HoldfastError('not_ready', 'There is no change');
    return plan;
  }

  #requireNone(): void {
    if (this.#plan !== null) throw new HoldfastError('not_allowed', 'A change is under way');
  }

  #write(plan: Plan): void {
    writePlan(this.#context.store.crypto.records, plan);
  }

  #forget(): void {
    forgetPlan(this.#context.store.crypto.records);
    this.#endTurn();
  }

  #tellWorking(progress: KeyChangeProgress | null, waiting: boolean): void {
    const plan = this.#isStopped ? null : this.#plan;
    if (plan === null) return;
    this.#tell({ step: 'working', ...underWay(plan), progress, waiting });
  }

  #stopped(code: ErrorCode): void {
    const stored = this.#isStopped ? null : this.#plan;
    if (stored === null) return;
    const plan = { ...stored, superseded: code === 'changed_elsewhere' };
    if (plan.superseded !== stored.superseded) this.#write(plan);
    // It can only be ended: what others made meanwhile may be taken up.
    if (plan.superseded) this.#endTurn();
    this.#tell({ step: 'stopped', ...underWay(plan), code });
  }

  #tell(state: KeyChangeState): void {
    if (!this.#isStopped) this.#context.topics.keyChange.set(state);
  }
}

function operationOf(plan: Plan): Operation<Plan> {
  return operations[plan.operation];
}

function mayEnd(plan: Plan): boolean {
  return plan.superseded || operationOf(plan).isCancellable(plan);
}

function nextStep(
  plan: Plan,
  operation: Operation<Plan>,
): ReturnType<Operation<Plan>['steps']>[number] | undefined {
  return operation.steps(plan).find(({ name }) => !isDone(plan, name));
}

function underWay(plan: Plan): {
  operation: Plan['operation'];
  steps: readonly KeyChangeStep[];
  doing: KeyChangeStep | null;
  cancellable: boolean;
} {
  const operation = operationOf(plan);
  return {
    operation: plan.operation,
    steps: operation.steps(plan).map(({ name }) => name),
    doing: plan.cancelled ? null : (nextStep(plan, operation)?.name ?? null),
    cancellable: !plan.cancelled && mayEnd(plan),
  };
}

/** @see KeyChangeState */
function endOf(plan: Plan): KeyChangeState {
  const { operation } = plan;
  const left = operationOf(plan)
    .steps(plan)
    .map(({ name }) => name)
    .filter((name) => plan.left.includes(name));
  const otherKeys = plan.operation === 'reset_backup' ? plan.otherKeys : 0;
  return {
    step: 'done',
    operation,
    ...(left.length > 0 && { left }),
    ...(otherKeys > 0 && { otherKeys }),
  };
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof HoldfastError ? error.code : 'internal';
}
