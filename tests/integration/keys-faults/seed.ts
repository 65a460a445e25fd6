import { randomInt } from 'node:crypto';

/** The long form. */
export const takesAll = process.env['HOLDFAST_ALL_FAULTS'] === '1';

/** Of this run; the one given, where a run is to be done again. */
export function seedOfRun(): number {
  const given = process.env['HOLDFAST_SEED'];
  return given === undefined ? randomInt(1_000) : Number(given);
}

/** All of them, those first that are `count` evenly spread ones, beginning where the seed says. */
export function spread<Item>(all: readonly Item[], count: number, seed: number): readonly Item[] {
  const step = Math.max(Math.ceil(all.length / count), 1);
  const rounds = Array.from({ length: step }, (_, round) => (seed + round) % step);
  return rounds.flatMap((offset) => all.filter((_, index) => index % step === offset));
}
