import type { Source } from '../../../main/topics/source';

/** Milliseconds after which a condition counts as not met. */
const patienceMs = 45_000;

/** Watches a topic as a window would, remembers all it said, and waits for what is to come. */
export class TopicProbe<Value> {
  readonly history: Value[] = [];
  readonly #name: string;
  readonly #waiting = new Set<() => void>();
  readonly #unsubscribe: () => void;

  constructor(name: string, source: Source<Value>) {
    this.#name = name;
    this.#unsubscribe = source.subscribe((value) => {
      this.history.push(value);
      for (const check of [...this.#waiting]) check();
    });
  }

  get value(): Value {
    const value = this.history.at(-1);
    if (value === undefined) throw new Error(`${this.#name}: nothing said yet`);
    return value;
  }

  /** The first value, from the present one on, of which `holds` is true. */
  waitFor(holds: (value: Value) => boolean): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const asked = new Error(`${this.#name}: waited in vain`);
    const timer = setTimeout(() => {
      asked.message += `; last: ${JSON.stringify(this.history.slice(-4))}`;
      reject(asked);
    }, patienceMs);
    const check = (): void => {
      if (holds(this.value)) resolve(this.value);
    };
    this.#waiting.add(check);
    check();
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(check);
    });
  }

  stop(): void {
    this.#unsubscribe();
  }
}
