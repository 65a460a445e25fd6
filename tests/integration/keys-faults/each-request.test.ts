/**
 * Each operation on the keys where every kind of request fails once, one after the other in a single
 * run. Unlike the test beside, which looks at one failure alone, it leaves none out.
 */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { removeProfiles } from '../../support/engine/start-engine';
import { invariantsHold, recoverableNow, watchDeletions } from './invariants';
import { operations, type Operation } from './operations';
import { faultNames } from './wire';
import type { World } from './world';

const minutes = 60_000;
const worlds = new Set<World>();

afterEach(async () => {
  await Promise.all([...worlds].map((world) => world.stop()));
  worlds.clear();
});
afterAll(removeProfiles);

async function prepared(operation: Operation): Promise<World> {
  const world = await operation.prepare();
  worlds.add(world);
  watchDeletions(world);
  return world;
}

describe.each(Object.entries(operations))('%s', (_name, operation: Operation) => {
  it.each(faultNames)(
    'comes to its end with nothing lost, though every request fails once: %s',
    async (fault) => {
      const world = await prepared(operation);
      const { engine, wire } = await operation.device(world);
      const hadBackup = world.recoveryKeys.length > 0;
      const struck = async (): Promise<void> => {
        if (hadBackup) await recoverableNow(world);
      };
      wire.strikeEach({ fault, struck });
      await operation.run(world, engine);
      expect(wire.struckKinds).toBeGreaterThan(8);
      wire.listen();
      await wire.online;
      await invariantsHold(world, engine);
    },
    3 * minutes,
  );
});
