import { randomInt } from 'node:crypto';

/** The long form. */
export const takesAll = process.env['HOLDFAST_ALL_FAULTS'] === '1';

/** Of this run; the one given, where a run is to be done again. */
export function seedOfRun(): number {
  const given = process.env['HOLDFAST_SEED'];
  return given === undefined ? randomInt(1_000) : Number(given);
}

/** About `count` of them, evenly spread, beginning where the seed says. */
export function some<Item>(all: readonly Item[], count: number, seed: number): readonly Item[] {
  const step = Math.max(Math.ceil(all.length / count), 1);
  return all.filter((_, index) => index % step === seed % step);
}
