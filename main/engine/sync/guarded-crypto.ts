/**
 * Three places where matrix-js-sdk goes on although it should not, ends too early, or saves by half.
 *
 * It takes a sync whose keys could not be processed for done: the error is logged, the token moves
 * on. Here such a sync never ends; see sync-halt.ts for what follows.
 *
 * Told of several withheld keys, it looks at messages up to the first key nobody waits for. Here it
 * is told of them one by one.
 *
 * What it saves while it processes a sync's keys is saved as a whole; see whole-syncs.ts.
 */
import type { MatrixClient } from 'matrix-js-sdk';
import { RustCrypto } from 'matrix-js-sdk/lib/rust-crypto/rust-crypto.js';
import { never, type SyncHalt } from './sync-halt';
import type { UnsavedSync, WholeSyncs } from './whole-syncs';

export interface SyncProcessing {
  readonly halt: SyncHalt;
  readonly whole: Pick<WholeSyncs, 'begin'>;
  /** Aborted when the session stops: what is cut off then has not been processed either. */
  readonly stopped: AbortSignal;
  readonly processed: () => void;
  /** For no reason of the storage's; true where the sync may pass over it. */
  readonly mayPassOver: (error: unknown) => boolean;
}

export function guardCrypto(client: MatrixClient, sync: SyncProcessing): void {
  const crypto: unknown = client.getCrypto();
  if (!(crypto instanceof RustCrypto)) throw new Error('matrix-js-sdk has another crypto now');
  const { halt, whole, stopped, processed, mayPassOver } = sync;

  const process = crypto.processSyncChanges.bind(crypto);
  crypto.processSyncChanges = async (changes) => {
    const unsaved = whole.begin();
    try {
      const messages = await process(changes);
      // A store that failed meanwhile may have made a single message unreadable.
      if (halt.isHalted) return await neverSaved(unsaved);
      unsaved.keep();
      processed();
      return messages;
    } catch (error) {
      if (halt.isHalted || stopped.aborted || !mayPassOver(error)) return neverSaved(unsaved);
      unsaved.keep();
      throw error;
    }
  };

  const look = crypto.onRoomKeysWithheld.bind(crypto);
  crypto.onRoomKeysWithheld = async (withheld) => {
    for (const key of withheld) await look([key]);
  };
}

function neverSaved<Result>(unsaved: UnsavedSync): Promise<Result> {
  unsaved.drop();
  return never();
}
