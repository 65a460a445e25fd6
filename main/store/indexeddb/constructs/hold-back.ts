import type { WriteCoordinator } from '../storage/write-coordinator';
import type { StoreSchema } from './schema';

/** A time in which transactions on some stores end without being made permanent at once. */
export class HoldBack {
  readonly #writes: WriteCoordinator;
  readonly #stores: ReadonlySet<string>;
  readonly #exceptionFor: (error: unknown) => DOMException;
  #isOver = false;

  constructor(
    writes: WriteCoordinator,
    stores: ReadonlySet<string>,
    exceptionFor: (error: unknown) => DOMException,
  ) {
    this.#writes = writes;
    this.#stores = stores;
    this.#exceptionFor = exceptionFor;
  }

  /** Whether it holds a transaction back: one that can write to the stores named and no others. */
  covers(transaction: { mode: IDBTransactionMode; scope: ReadonlySet<StoreSchema> }): boolean {
    const { mode, scope } = transaction;
    if (this.#isOver || mode !== 'readwrite') return false;
    return [...scope].every(({ name }) => this.#stores.has(name));
  }

  /**
   * Ends it, and makes permanent what is still held back.
   *
   * @throws {DOMException} where that fails; it is undone then
   */
  keep(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      this.#writes.commitHeld();
    } catch (error) {
      throw this.#exceptionFor(error);
    }
  }

  /** Ends it, and undoes what is still held back. */
  drop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#writes.dropHeld();
  }
}
