/**
 * Watches over whether the open store takes what arrives. When it stops doing so, the person is
 * told, a small real write is tried again and again, and when it works, work is taken up anew.
 */
import type { StorageState } from '../../../preload/model/app';
import type { StoreError } from '../../store/store-error';
import type { ValueSource } from '../../topics/value-source';
import { storeErrorCode } from '../store-error';

/** Milliseconds. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** A failure this soon after the last one is the same trouble still: the pauses go on growing. */
const calmAfterMs = 60_000;

export interface StorageWatchParts {
  readonly topic: ValueSource<StorageState>;
  /** Writes something for good; throws while that fails. */
  readonly probe: () => void;
  /** Takes up the work again; rejects where that fails. */
  readonly recover: () => Promise<void>;
}

export class StorageWatch {
  readonly #parts: StorageWatchParts;
  #problem: StoreError | null = null;
  #timer: NodeJS.Timeout | null = null;
  #pauseMs = firstPauseMs;
  #calmSince = -Infinity;
  #stopped = false;

  constructor(parts: StorageWatchParts) {
    this.#parts = parts;
  }

  /** What is wrong at present; null where nothing is. */
  get problem(): StoreError | null {
    return this.#problem;
  }

  /** A read or a write has failed. */
  failed(problem: StoreError): void {
    if (this.#stopped) return;
    this.#problem = problem;
    this.#parts.topic.set({ state: 'failing', code: storeErrorCode(problem) });
    if (this.#timer !== null) return;
    if (performance.now() - this.#calmSince > calmAfterMs) this.#pauseMs = firstPauseMs;
    this.#schedule();
  }

  /** Damage does not go away by waiting: it is told, and nothing is written any more. */
  damaged(problem: StoreError): void {
    this.#problem = problem;
    this.#parts.topic.set({ state: 'failing', code: storeErrorCode(problem) });
    this.stop();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      void this.#tryAgain();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  async #tryAgain(): Promise<void> {
    if ((await this.#works()) && !this.#stopped) {
      this.#timer = null;
      this.#calmSince = performance.now();
      this.#parts.topic.set({ state: 'ok' });
    } else if (!this.#stopped) {
      this.#schedule();
    }
  }

  /** Whatever fails meanwhile tells of itself, and is there as the problem afterwards. */
  async #works(): Promise<boolean> {
    try {
      this.#problem = null;
      this.#parts.probe();
      await this.#parts.recover();
      return !this.#hasProblem();
    } catch {
      return false;
    }
  }

  #hasProblem(): boolean {
    return this.#problem !== null;
  }
}
