/** The rooms that windows show at the moment: what concerns them comes first everywhere. */
export class WatchedRooms {
  readonly #rooms: string[] = [];

  /** The one opened last comes first. */
  get ids(): readonly string[] {
    return [...new Set(this.#rooms)];
  }

  /** @returns call it when the room is no longer shown */
  watch(roomId: string): () => void {
    this.#rooms.unshift(roomId);
    return () => {
      const at = this.#rooms.indexOf(roomId);
      if (at !== -1) this.#rooms.splice(at, 1);
    };
  }
}
