/**
 * When to try again what can't be read for want of its key. Another device may have the key and
 * upload it to the backup in a moment; nothing tells this device when it has. The pauses grow, and
 * after the last one it takes a new such message, or opening the room anew, to begin again.
 */

/** Milliseconds before each look; longer than the SDK waits until it asks for a key again. */
const pausesMs = [6_000, 12_000, 24_000, 48_000, 96_000, 192_000, 384_000];

export class LookAgain {
  readonly #look: () => void;
  readonly #known = new Set<string>();
  #looks = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(look: () => void) {
    this.#look = look;
  }

  /** Says which messages wait for their key at present. */
  waitingFor(ids: readonly string[]): void {
    const isNew = ids.some((id) => !this.#known.has(id));
    for (const id of ids) this.#known.add(id);
    if (ids.length === 0 || isNew) this.stop();
    if (isNew) this.#looks = 0;
    if (ids.length > 0) this.#schedule();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    const pauseMs = pausesMs[this.#looks];
    if (this.#timer !== null || pauseMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#looks += 1;
      // First, so that a look that changes nothing is followed by the next one all the same.
      this.#schedule();
      this.#look();
    }, pauseMs);
  }
}
