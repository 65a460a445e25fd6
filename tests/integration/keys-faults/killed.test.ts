/**
 * Each operation on the keys, ended before each of its requests: nothing is sent or answered any
 * more, then the engine starts again on the store it left, and the person goes on.
 *
 * In the short form a few of the moments, chosen by a seed that is printed; with
 * HOLDFAST_ALL_FAULTS=1 all of them. HOLDFAST_SEED plans the same run again.
 */
import { describe, expect, it } from 'vitest';
import { invariantsHold, recoverableNow } from './invariants';
import { operations, type Operation } from './operations';
import { seedOfRun, spread, takesAll } from './seed';
import { useWorlds } from './worlds';

const minutes = 60_000;
/** Of each operation, in the short form. */
const moments = 3;
const worlds = useWorlds();

/** How many requests a run in which nothing fails makes. */
async function length(operation: Operation): Promise<number> {
  const world = await worlds.prepare(operation);
  const { engine, wire } = await operation.device(world);
  wire.listen();
  await operation.run(world, engine);
  await engine.keys.waitFor(({ state }) => state === 'ready');
  return wire.asked.length;
}

async function survivesDeath(operation: Operation, request: number): Promise<string> {
  const world = await worlds.prepare(operation);
  const { engine, wire } = await operation.device(world);
  const hadBackup = world.recoveryKeys.length > 0;
  const dead = wire.dieBefore(request);
  // What the dead process would still say is for nobody.
  const ran = operation.run(world, engine).catch(() => undefined);
  await Promise.race([dead, ran]);
  const last = wire.asked.at(-1) ?? '';
  if (hadBackup) await recoverableNow(world);
  const again = await world.restart(engine, wire);
  await operation.goOn(world, again);
  await invariantsHold(world, again);
  await worlds.discard(world);
  return last;
}

describe.each(Object.entries(operations))('%s', (name, operation: Operation) => {
  it(
    'that a crash ends before any of its requests loses nothing, and comes to its end',
    async () => {
      const count = await length(operation);
      const seed = seedOfRun();
      const all = Array.from({ length: count }, (_, request) => request);
      const chosen = takesAll ? all : spread(all, moments, seed).slice(0, moments);
      const findings: string[] = [];
      for (const request of chosen) {
        await survivesDeath(operation, request).catch((error: unknown) => {
          findings.push(`before request ${String(request)}: ${String(error)}`);
        });
      }
      process.stdout.write(
        `${name}: ended at ${String(chosen.length)} of ${String(count)} moments, seed ${String(seed)}, ${String(findings.length)} findings\n`,
      );
      expect(findings).toEqual([]);
    },
    takesAll ? 60 * minutes : 5 * minutes,
  );
});
