import type { KeyPath } from '../keys/key-path';

/** An index as the open databases know it. */
export interface IndexSchema {
  readonly id: number;
  name: string;
  readonly keyPath: KeyPath;
  readonly unique: boolean;
  readonly multiEntry: boolean;
  deleted: boolean;
}

/** An object store as the open databases know it. */
export interface StoreSchema {
  readonly id: number;
  name: string;
  readonly keyPath: KeyPath | null;
  readonly autoIncrement: boolean;
  /** The key generator's current number; written down when a transaction commits. */
  currentNumber: number;
  readonly indexes: Map<string, IndexSchema>;
  deleted: boolean;
}

export type Stores = Map<string, StoreSchema>;

/**
 * Copies a schema for an upgrade, so that objects of earlier connections keep showing theirs. The
 * copy is what the upgrade changes, and what the database has from then on.
 */
export function copyStores(stores: Stores): Stores {
  const copies = [...stores.values()].map((store) => ({
    ...store,
    indexes: new Map([...store.indexes].map(([name, index]) => [name, { ...index }] as const)),
  }));
  return new Map(copies.map((store) => [store.name, store]));
}

/** Puts an entry under its new name in its set. */
export function rename<T extends { name: string }>(
  set: Map<string, T>,
  entry: T,
  name: string,
): void {
  set.delete(entry.name);
  entry.name = name;
  set.set(name, entry);
}
