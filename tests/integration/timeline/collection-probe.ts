import type { CollectionPatch } from '../../../preload/contract';
import type { Source } from '../../../main/topics/source';

/** Milliseconds after which a condition counts as not met. */
const patienceMs = 45_000;

/** Watches a collection as a window would, applying its patches, and waits for what is to come. */
export class CollectionProbe<Item extends { readonly id: string }> {
  readonly patches: CollectionPatch<Item>[] = [];
  readonly #items = new Map<string, Item>();
  readonly #waiting = new Set<() => void>();
  readonly #name: string;
  readonly #unsubscribe: () => void;

  constructor(name: string, source: Source<CollectionPatch<Item>>) {
    this.#name = name;
    this.#unsubscribe = source.subscribe((patch) => {
      this.patches.push(patch);
      if (patch.reset) this.#items.clear();
      for (const id of patch.remove) this.#items.delete(id);
      for (const item of patch.upsert) this.#items.set(item.id, item);
      for (const check of [...this.#waiting]) check();
    });
  }

  get items(): readonly Item[] {
    return [...this.#items.values()];
  }

  /** By their `order`, as a window shows them. */
  get ordered(): readonly Item[] {
    const order = (item: Item): number => ('order' in item ? Number(item.order) : 0);
    return this.items.toSorted((one, other) => order(one) - order(other));
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  waitFor(holds: (probe: this) => boolean): Promise<this> {
    const { promise, resolve, reject } = Promise.withResolvers<this>();
    const asked = new Error(`${this.#name}: waited in vain`);
    const timer = setTimeout(() => {
      asked.message += `; last: ${JSON.stringify(this.items.slice(-6))}`;
      reject(asked);
    }, patienceMs);
    const check = (): void => {
      if (holds(this)) resolve(this);
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
