/** One account and its devices, for a test; everything is stopped after each test. */
import { afterAll, afterEach, beforeEach } from 'vitest';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import type { Intercept } from '../../support/engine/test-fetch';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';

export interface Devices {
  readonly user: RegisteredUser;
  /** Signs in on another new device. */
  signIn(): Promise<TestEngine>;
  /** Stops the engine, as quitting does, and starts it again on the same profile. */
  restart(engine: TestEngine, intercept?: Intercept): Promise<TestEngine>;
}

/** Call at the top of a test file; gives each test a fresh account. */
export function useDevices(): Devices {
  const running = new Set<TestEngine>();
  let user: RegisteredUser;

  beforeEach(async () => {
    user = await (await sharedHomeserver()).registerUser(uniqueName('ada'));
  });
  afterEach(async () => {
    await Promise.all([...running].map((engine) => engine.stop()));
    running.clear();
  });
  afterAll(removeProfiles);

  return {
    get user() {
      return user;
    },
    async signIn() {
      const engine = await startEngine({ signIn: { homeserver: await sharedHomeserver(), user } });
      running.add(engine);
      return engine;
    },
    async restart(engine, intercept) {
      running.delete(engine);
      await engine.stop();
      const again = await startEngine({
        profile: engine.profile,
        ...(intercept === undefined ? {} : { intercept }),
      });
      running.add(again);
      return again;
    },
  };
}
