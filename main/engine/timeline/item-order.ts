/**
 * Gives the items of a growing list positions that stay while the list grows at either end, so that
 * loading older messages or receiving new ones moves nothing that is already on screen.
 */
export class ItemOrder {
  #positions = new Map<string, number>();

  /** The position of each id, ascending; ids must be distinct. */
  assign(ids: readonly string[]): ReadonlyMap<string, number> {
    const firstKnown = ids.findIndex((id) => this.#positions.has(id));
    const anchor = ids[firstKnown];
    const start =
      anchor === undefined ? this.#next() : (this.#positions.get(anchor) ?? 0) - firstKnown;
    this.#positions = new Map(ids.map((id, index) => [id, start + index]));
    return this.#positions;
  }

  /** Behind everything there was: a list that shares nothing with the last one is newer. */
  #next(): number {
    let last = -1;
    for (const position of this.#positions.values()) last = Math.max(last, position);
    return last + 1;
  }
}
