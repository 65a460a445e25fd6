/**
 * Each operation on the keys where every kind of request fails once, one after the other in a single
 * run. Unlike the test beside, which looks at one failure alone, it leaves none out.
 */
import { describe, expect, it } from 'vitest';
import { invariantsHold, recoverableNow } from './invariants';
import { operations, type Operation } from './operations';
import { faultNames } from './wire';
import { useWorlds } from './worlds';

const minutes = 60_000;
const worlds = useWorlds();

describe.each(Object.entries(operations))('%s', (_name, operation: Operation) => {
  it.each(faultNames)(
    'comes to its end with nothing lost, though every request fails once: %s',
    async (fault) => {
      const world = await worlds.prepare(operation);
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
