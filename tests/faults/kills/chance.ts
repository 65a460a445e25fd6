/** Seeded chance: the same seed plans the same kills, though not to the microsecond. */
export interface Chance {
  /** From 0 to 1, 1 excluded. */
  fraction(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  happens(probability: number): boolean;
}

/** Chance of its own for a named part of the run, so that parts don't shift one another. */
export function chanceOf(seed: number, part: string): Chance {
  let state = seed | 0;
  for (const character of part) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  // Mulberry32: small, quick, and good enough to choose moments by.
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    whole: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    happens: (probability) => fraction() < probability,
  };
}

/** How long something takes here, learned from how long it took. */
export class Span {
  #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Milliseconds. */
  get ms(): number {
    return this.#ms;
  }

  took(ms: number): void {
    this.#ms = 0.7 * this.#ms + 0.3 * ms;
  }
}
