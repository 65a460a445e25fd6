/** The accounts whose requests fail in a test; everything is stopped after each test. */
import { afterAll, afterEach } from 'vitest';
import { removeProfiles } from '../../support/engine/start-engine';
import { watchDeletions } from './invariants';
import type { Operation } from './operations';
import type { World } from './world';

export interface Worlds {
  /** One in which that operation can begin, and in which no deletion goes unseen. */
  prepare(operation: Operation): Promise<World>;
  /** Stops it before the test ends. */
  discard(world: World): Promise<void>;
}

/** Call at the top of a test file. */
export function useWorlds(): Worlds {
  const running = new Set<World>();

  afterEach(async () => {
    await Promise.all([...running].map((world) => world.stop()));
    running.clear();
  });
  afterAll(removeProfiles);

  return {
    async prepare(operation) {
      const world = await operation.prepare();
      running.add(world);
      watchDeletions(world);
      return world;
    },
    async discard(world) {
      running.delete(world);
      await world.stop();
    },
  };
}
