import type { MatrixClient } from 'matrix-js-sdk';
import type { WatchedRooms } from '../../rooms/watched-rooms';

/**
 * In which order rooms get their keys: what is on screen first, whatever comes on screen meanwhile,
 * then where people spoke last.
 */
export class RoomOrder {
  readonly #watched: WatchedRooms;
  /** The next one last. */
  readonly #left: string[];

  /** @param done rooms that have their keys already */
  constructor(client: MatrixClient, watched: WatchedRooms, done: readonly string[]) {
    const isDone = new Set(done);
    this.#watched = watched;
    this.#left = client
      .getRooms()
      .filter((room) => room.hasEncryptionStateEvent() && !isDone.has(room.roomId))
      .map((room) => ({ roomId: room.roomId, activeAt: room.getLastActiveTimestamp() }))
      .sort((one, other) => one.activeAt - other.activeAt)
      .map(({ roomId }) => roomId);
  }

  /** How many were not handed out. */
  get left(): number {
    return this.#left.length;
  }

  /** Null when each was handed out. */
  next(): string | null {
    return this.nextOnScreen() ?? this.#left.pop() ?? null;
  }

  /** Null when each on screen was handed out. */
  nextOnScreen(): string | null {
    const onScreen = this.#watched.ids.find((roomId) => this.#left.includes(roomId));
    if (onScreen !== undefined) this.remove(onScreen);
    return onScreen ?? null;
  }

  /** It comes another way. */
  remove(roomId: string): void {
    const at = this.#left.indexOf(roomId);
    if (at !== -1) this.#left.splice(at, 1);
  }
}
