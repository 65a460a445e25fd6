import type { Sessions } from './import-sessions';

/** What a room has brought in one attempt to fetch it; another attempt counts anew. */
export interface RoomTally {
  readonly roomId: string;
  imported: number;
  failed: number;
}

/** Decrypted sessions that wait to be imported together, and the rooms that are done with them. */
export class ImportBatch {
  readonly #sessions = new Map<RoomTally, Map<string, object>>();
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

  get tallies(): ReadonlyMap<RoomTally, ReadonlyMap<string, object>> {
    return this.#sessions;
  }

  add(tally: RoomTally, sessions: readonly (readonly [string, object])[]): void {
    if (sessions.length === 0) return;
    let ofRoom = this.#sessions.get(tally);
    if (ofRoom === undefined) this.#sessions.set(tally, (ofRoom = new Map<string, object>()));
    for (const [sessionId, session] of sessions) ofRoom.set(sessionId, session);
    this.#size += sessions.length;
  }

  finish(tally: RoomTally): void {
    this.#finished.push(tally);
  }

  /** By room: two attempts at one room are one to the machine. */
  get sessions(): Sessions {
    const byRoom = new Map<string, Map<string, object>>();
    for (const [{ roomId }, sessions] of this.#sessions) {
      const ofRoom = byRoom.get(roomId) ?? new Map<string, object>();
      for (const [sessionId, session] of sessions) ofRoom.set(sessionId, session);
      byRoom.set(roomId, ofRoom);
    }
    return byRoom;
  }
}
