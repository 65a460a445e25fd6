import { isDeepStrictEqual } from 'node:util';
import type { CollectionPatch } from '../../preload/contract';
import type { Source } from './source';

/** Items by id; only what really changed is told. */
export class CollectionSource<Item extends { readonly id: string }> implements Source<
  CollectionPatch<Item>
> {
  readonly #listeners = new Set<(patch: CollectionPatch<Item>) => void>();
  #items = new Map<string, Item>();

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  get items(): readonly Item[] {
    return [...this.#items.values()];
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Replaces the whole collection; listeners hear only the difference. */
  replace(items: Iterable<Item>): void {
    const next = new Map([...items].map((item) => [item.id, item]));
    const remove = [...this.#items.keys()].filter((id) => !next.has(id));
    const upsert = [...next.values()].filter((item) => this.#differs(item));
    this.#items = next;
    this.#tell({ reset: false, upsert, remove });
  }

  upsert(...items: readonly Item[]): void {
    const upsert = items.filter((item) => this.#differs(item));
    for (const item of upsert) this.#items.set(item.id, item);
    this.#tell({ reset: false, upsert, remove: [] });
  }

  remove(...ids: readonly string[]): void {
    this.#tell({ reset: false, upsert: [], remove: ids.filter((id) => this.#items.delete(id)) });
  }

  subscribe(listener: (patch: CollectionPatch<Item>) => void): () => void {
    this.#listeners.add(listener);
    listener({ reset: true, upsert: this.items, remove: [] });
    return () => this.#listeners.delete(listener);
  }

  #differs(item: Item): boolean {
    return !isDeepStrictEqual(item, this.#items.get(item.id));
  }

  #tell(patch: CollectionPatch<Item>): void {
    if (patch.upsert.length === 0 && patch.remove.length === 0) return;
    for (const listener of [...this.#listeners]) listener(patch);
  }
}
