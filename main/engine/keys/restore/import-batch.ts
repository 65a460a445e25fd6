import type { DecryptedSlice } from './decrypt-slice';
import type { Sessions } from './import-sessions';

/** What a room has brought in one attempt to fetch it; another attempt counts anew. */
export interface RoomTally {
  readonly roomId: string;
  imported: number;
  failed: number;
}

/**
 * Decrypted sessions that wait to be imported together, and the rooms that are done with them. They
 * wait as text: as objects they would outlive what V8 takes for short-lived, and be expensive to
 * collect.
 */
export class ImportBatch {
  readonly #slices = new Map<RoomTally, string[]>();
  readonly #finished: RoomTally[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#size === 0 && this.#finished.length === 0;
  }

  /** Rooms that have all their keys once this batch is imported. */
  get finished(): readonly RoomTally[] {
    return this.#finished;
  }

  add(tally: RoomTally, { sessions, readable }: DecryptedSlice): void {
    if (readable === 0) return;
    const ofRoom = this.#slices.get(tally);
    if (ofRoom === undefined) this.#slices.set(tally, [sessions]);
    else ofRoom.push(sessions);
    this.#size += readable;
  }

  finish(tally: RoomTally): void {
    this.#finished.push(tally);
  }

  /** Parses what has been added; what is given lives only as long as its importing. */
  contents(): BatchContents {
    const keys = new Map<RoomTally, number>();
    const sessions = new Map<string, Map<string, object>>();
    for (const [tally, slices] of this.#slices) {
      const parsed = new Map(slices.flatMap((text) => JSON.parse(text) as [string, object][]));
      keys.set(tally, parsed.size);
      // Two attempts at one room are one to the machine.
      const before = sessions.get(tally.roomId);
      if (before === undefined) sessions.set(tally.roomId, parsed);
      else for (const [sessionId, session] of parsed) before.set(sessionId, session);
    }
    return { keys, sessions };
  }
}

export interface BatchContents {
  /** How many keys each has brought. */
  readonly keys: ReadonlyMap<RoomTally, number>;
  readonly sessions: Sessions;
}
