/**
 * Syncs whose keys could not be processed although the storage works. The reason may lie in what
 * the crypto machine has in memory: a fresh one gets the same sync again. Where that does not help
 * either, the sync is passed over, as the SDK would have done at once, since a sync that never ends
 * would lose every later key, too.
 */

/** Times a fresh session tries. */
const freshTries = 2;

export class PassedOverSyncs {
  #tries = 0;

  processed(): void {
    this.#tries = 0;
  }

  /** True where the sync may be passed over; else a fresh session is to try it. */
  mayPassOver(): boolean {
    if (this.#tries >= freshTries) return true;
    this.#tries += 1;
    return false;
  }
}
