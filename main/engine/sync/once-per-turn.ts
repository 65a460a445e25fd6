/** Runs a task once after the current turn, however often it was asked for in it. */
export class OncePerTurn {
  readonly #task: () => void;
  #pending: NodeJS.Immediate | null = null;

  constructor(task: () => void) {
    this.#task = task;
  }

  request(): void {
    this.#pending ??= setImmediate(() => {
      this.#pending = null;
      this.#task();
    });
  }

  cancel(): void {
    if (this.#pending !== null) clearImmediate(this.#pending);
    this.#pending = null;
  }
}
