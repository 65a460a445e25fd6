import { HoldfastError } from '../../holdfast-error';

/** For whoever has it; until {@link end} nobody else gets it. */
export interface Turn {
  /** Resolves when what went on by itself has given way: nothing is done before that. */
  readonly ready: Promise<void>;
  /** Safe to call again. */
  end(): void;
}

type Work = (signal: AbortSignal) => Promise<void>;

interface GoingOn {
  readonly name: string;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** A time at which nobody had the turn; null where somebody had it. */
export type FreeTime = number | null;

/**
 * All work on the account's keys, one after the other: two that interleaved would each rest on what
 * the other is about to replace. What a person begins is refused while other work of theirs is under
 * way; what goes on by itself waits until nobody has the turn, and gives way to whatever comes. A step
 * that follows from a look at the keys is left where somebody had the turn since.
 */
export class OneTurn {
  readonly #stopped: AbortSignal;
  readonly #waiting = new Map<string, Work>();
  /** Those who left a step. */
  readonly #left = new Set<() => void>();
  readonly #steps = new Set<Promise<unknown>>();
  #isTaken = false;
  /** How often somebody had it. */
  #times = 0;
  #goingOn: GoingOn | null = null;

  /** @param stopped after it nothing begins by itself any more */
  constructor(stopped: AbortSignal) {
    this.#stopped = stopped;
  }

  /** @throws {HoldfastError} `not_allowed` while somebody has it */
  begin(): Turn {
    if (this.#isTaken)
      throw new HoldfastError('not_allowed', 'Other work on the keys is under way');
    this.#isTaken = true;
    this.#times += 1;
    this.#goingOn?.stop.abort();
    let isMine = true;
    return {
      ready: Promise.all([this.#goingOn?.ended, ...this.#steps]).then(() => undefined),
      end: () => {
        if (!isMine) return;
        isMine = false;
        this.#isTaken = false;
        this.#goOnUnasked();
        this.#tellLeft();
      },
    };
  }

  /** @throws {HoldfastError} `not_allowed` while somebody has the turn, or what the work says */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.begin();
    try {
      await turn.ready;
      return await work();
    } finally {
      turn.end();
    }
  }

  /** To be noted before a look at the keys that a step may follow from. */
  get freeTime(): FreeTime {
    return this.#isTaken ? null : this.#times;
  }

  /**
   * A step that follows from what was seen at that time: done only where nobody had the turn then or
   * since. It waits for nobody, so that a look from within a turn never waits for that turn's end;
   * whoever begins meanwhile waits for it. What goes on by itself may go on beside it.
   *
   * @param left called where the step was not done, once nobody has the turn: time to look again
   * @returns null where it was not done
   */
  async ifFreeSince<Result>(
    seen: FreeTime,
    step: () => Promise<Result>,
    left: () => void,
  ): Promise<Result | null> {
    if (seen === null || seen !== this.freeTime) {
      this.#left.add(left);
      if (!this.#isTaken) this.#tellLeft();
      return null;
    }
    const result = step();
    const ended = result.catch(() => undefined);
    this.#steps.add(ended);
    try {
      return await result;
    } finally {
      this.#steps.delete(ended);
    }
  }

  #tellLeft(): void {
    const told = [...this.#left];
    this.#left.clear();
    for (const left of told) left();
  }

  /**
   * For what nobody asked for. Where it can begin now, this resolves, or rejects, with it. Else it
   * resolves at once, and the work is done later, once: whoever waited for the turn here might be
   * waited for by the one who has it.
   *
   * @param name work that waits gives way to later work of the same name
   * @param work where its signal ends it, it rejects; it is then begun again later
   */
  async byItself(name: string, work: Work): Promise<void> {
    this.#waiting.set(name, work);
    if (this.#goingOn !== null && this.#goingOn.name !== name) this.#goingOn.stop.abort();
    await this.#goOn();
  }

  /** Nobody is there to be told: what fails shows in the next survey of the keys. */
  #goOnUnasked(): void {
    this.#goOn().catch(() => undefined);
  }

  /** Begins the next of what waits; resolves with it, at once where none may begin. */
  async #goOn(): Promise<void> {
    const [next] = this.#waiting;
    if (next === undefined || this.#isTaken || this.#goingOn !== null) return;
    if (this.#stopped.aborted) return;
    const [name, work] = next;
    this.#waiting.delete(name);
    const stop = new AbortController();
    const run = work(AbortSignal.any([stop.signal, this.#stopped])).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
      if (!this.#waiting.has(name)) this.#waiting.set(name, work);
    });
    const ended = run
      .catch(() => undefined)
      .then(() => {
        this.#goingOn = null;
        this.#goOnUnasked();
      });
    this.#goingOn = { name, stop, ended };
    await run;
  }
}
