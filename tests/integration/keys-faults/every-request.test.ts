/**
 * Each request of each operation on the keys, struck by each fault of a network. The requests are
 * those of a run in which nothing fails, so a new one is covered by itself.
 *
 * In the short form a few of the requests meet one fault each, chosen by a seed that is printed; with
 * HOLDFAST_ALL_FAULTS=1 all of them meet all. HOLDFAST_SEED plans the same run again.
 */
import { describe, expect, it } from 'vitest';
import { invariantsHold, recoverableNow } from './invariants';
import { operations, type Operation } from './operations';
import { seedOfRun, spread, takesAll } from './seed';
import { faultNames, type Fault } from './wire';
import type { World } from './world';
import { useWorlds } from './worlds';

const minutes = 60_000;
/** Requests of each operation, in the short form. */
const struckInShort = 5;
const worlds = useWorlds();

/** The requests of a run in which nothing fails. */
async function requestsOf(operation: Operation): Promise<readonly string[]> {
  const world = await worlds.prepare(operation);
  const { engine, wire } = await operation.device(world);
  wire.listen();
  await operation.run(world, engine);
  const asked = [...wire.asked];
  await invariantsHold(world, engine);
  await worlds.discard(world);
  return asked;
}

/** False where the request was not made this time. */
async function survives(
  operation: Operation,
  world: World,
  request: string,
  fault: Fault,
): Promise<boolean> {
  const { engine, wire } = await operation.device(world);
  const hadBackup = world.recoveryKeys.length > 0;
  const struck = async (): Promise<void> => {
    if (hadBackup) await recoverableNow(world);
  };
  wire.listen({ request, fault, struck });
  await operation.run(world, engine);
  const wasStruck = wire.wasStruck;
  // Looking at what came of it is not struck, and is done online.
  wire.listen();
  await wire.online;
  await invariantsHold(world, engine);
  return wasStruck;
}

describe.each(Object.entries(operations))('%s', (name, operation: Operation) => {
  it(
    'comes to its end with nothing lost, whichever request fails, and however',
    async () => {
      const requests = await requestsOf(operation);
      const seed = seedOfRun();
      // Some requests depend on what came first, and are not made in every run: in the short form
      // others take their place.
      const cases = takesAll
        ? requests.flatMap((request) => faultNames.map((fault) => ({ request, fault })))
        : spread(requests, struckInShort, seed).map((request, index) => ({
            request,
            fault: faultNames[(seed + index) % faultNames.length]!,
          }));
      const wanted = takesAll ? Math.ceil(cases.length * 0.7) : struckInShort;
      const findings: string[] = [];
      let struck = 0;
      let world: World | null = null;
      const began = Date.now();
      for (const { request, fault } of cases) {
        if (!takesAll && struck === wanted) break;
        try {
          world ??= await worlds.prepare(operation);
          if (await survives(operation, world, request, fault)) struck += 1;
        } catch (error) {
          findings.push(`${fault} at ${request}: ${String(error)}`);
          if (world !== null) await worlds.discard(world);
          world = null;
        }
        if (!operation.repeatable && world !== null) {
          await worlds.discard(world);
          world = null;
        }
      }
      const seconds = Math.round((Date.now() - began) / 1000);
      process.stdout.write(
        `${name}: ${String(struck)} cases of ${String(requests.length)} requests struck, seed ${String(seed)}, ${String(seconds)} s, ${String(findings.length)} findings\n`,
      );
      expect(findings).toEqual([]);
      expect(struck).toBeGreaterThanOrEqual(wanted);
    },
    takesAll ? 60 * minutes : 5 * minutes,
  );
});
