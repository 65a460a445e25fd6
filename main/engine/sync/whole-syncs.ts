/**
 * Has the disk take the keys of a sync as a whole.
 *
 * The crypto library saves in several steps what it makes of the messages between devices. An Olm
 * session that another device has begun is saved first, as it is once it has opened its first
 * message; the room key in that message comes with the step after. A process that ends in between is
 * sent the message again, finds that the session has opened it before, and can't open it: the key is
 * lost. So what writes nothing but sessions (and the note beside the device they are with) is not
 * made permanent before that step.
 *
 * Meanwhile the session is in use already. What was encrypted with it must not leave before the disk
 * has it.
 */
import { holdBack } from '../../store/indexeddb';
import { pathOf, sendsWithKeys } from './sync-halt';

/** The stores of the crypto library that the first step writes to. */
const sessionStores: ReadonlySet<string> = new Set(['session', 'devices']);

export interface UnsavedSync {
  /**
   * All of it is to be on the disk.
   *
   * @throws {DOMException} where the disk does not take it
   */
  keep(): void;
  /** It was not processed: the session is given up, and the server sends it again. */
  drop(): void;
}

export class WholeSyncs {
  readonly #indexedDB: IDBFactory;
  #saving: PromiseWithResolvers<void> | null = null;

  /** @param indexedDB the crypto library's */
  constructor(indexedDB: IDBFactory) {
    this.#indexedDB = indexedDB;
  }

  /** Before the keys of a sync are processed. One at a time, as the syncs come. */
  begin(): UnsavedSync {
    const held = holdBack(this.#indexedDB, sessionStores);
    const saving = Promise.withResolvers<void>();
    this.#saving = saving;
    const over = (): void => {
      if (this.#saving === saving) this.#saving = null;
      saving.resolve();
    };
    return {
      keep() {
        try {
          held.keep();
        } finally {
          over();
        }
      },
      drop() {
        held.drop();
        over();
      },
    };
  }

  /** A `fetch` whose requests wait, if they send what was made with keys, until these are saved. */
  guard(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      if (sendsWithKeys(pathOf(input))) await this.#saving?.promise;
      return fetch(input, init);
    };
  }
}
