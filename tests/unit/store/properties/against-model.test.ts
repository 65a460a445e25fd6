/**
 * Random programs on encrypted files, held against a model. `HOLDFAST_PROPERTY_RUNS` sets how many
 * programs each seed makes, `HOLDFAST_PROPERTY_SEEDS` replaces the seeds.
 */
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newIndexedDB } from '../support/indexeddb';
import { temporaryFolder } from '../support/temporary-folder';
import { checkProgram, tally } from './check-program';
import { compareKeys, toKey } from './model';
import { key, program } from './programs';

const RUNS = Number(process.env['HOLDFAST_PROPERTY_RUNS'] ?? 20);
const LIMIT_MS = 60_000 + RUNS * 2_000;
const FIXED = [1, 20_261_123, 0x5eed];
const wanted = process.env['HOLDFAST_PROPERTY_SEEDS'];
const SEEDS = wanted ? wanted.split(',').map(Number) : [...FIXED, randomInt(0x7fffffff)];

describe('random programs', () => {
  it.each(SEEDS)(
    'show and leave what the model says, with seed %i',
    async (seed) => {
      const folder = temporaryFolder();
      const runs = fc.asyncProperty(program, (bursts) => checkProgram(bursts, folder));
      await fc.assert(runs, {
        seed,
        numRuns: RUNS,
        // A counterexample that is still being shrunk then is shown as it is.
        interruptAfterTimeLimit: LIMIT_MS,
        markInterruptAsFailure: true,
      });
      process.stdout.write(`seed ${seed}: so far ${JSON.stringify(tally)}\n`);
    },
    LIMIT_MS + 30_000,
  );
});

describe('random keys', () => {
  it('sort as the model says', () => {
    const { indexedDB } = newIndexedDB();
    fc.assert(
      fc.property(key, key, (a, b) => {
        const expected = Math.sign(compareKeys(toKey(a)!, toKey(b)!));
        expect(indexedDB.cmp(a, b) + 0).toBe(expected + 0);
      }),
      { numRuns: 3_000 },
    );
  });
});
