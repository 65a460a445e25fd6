/** Engines of people whose key backup is required, and everything they could try to get around it. */
import { afterAll, afterEach, expect } from 'vitest';
import type { CallArgs, CallsOf } from '../../../preload/contract';
import type { RoomId } from '../../../preload/model/ids';
import type { KeyDemand } from '../../../preload/model/keys';
import {
  removeProfiles,
  startEngine,
  type EngineOptions,
  type TestEngine,
} from '../../support/engine/start-engine';
import type { Intercept } from '../../support/engine/test-fetch';

export interface Engines {
  readonly start: (options: EngineOptions) => Promise<TestEngine>;
  /** As quitting does. */
  readonly stop: (engine: TestEngine) => Promise<void>;
  /** Stops it, and starts it again on the same profile. */
  readonly restart: (engine: TestEngine, options?: EngineOptions) => Promise<TestEngine>;
}

/** Call at the top of a test file; all of them are stopped after each test. */
export function useEngines(): Engines {
  const running = new Set<TestEngine>();
  afterEach(async () => {
    await Promise.all([...running].map((engine) => engine.stop()));
    running.clear();
  });
  afterAll(removeProfiles);

  const start = async (options: EngineOptions): Promise<TestEngine> => {
    const engine = await startEngine(options);
    running.add(engine);
    return engine;
  };
  const stop = async (engine: TestEngine): Promise<void> => {
    running.delete(engine);
    await engine.stop();
  };
  return {
    start,
    stop,
    restart: async (engine, options = {}) => {
      await stop(engine);
      return start({ profile: engine.profile, ...options });
    },
  };
}

export const refused: unknown = expect.objectContaining({ code: 'policy_required' });

export const offline: Intercept = () => Promise.reject(new TypeError('no network'));

/** Whatever would put it off, leave without it, or make keys that nothing holds. */
export async function triesEverything(
  engine: TestEngine,
  roomId: RoomId,
  demand: KeyDemand = 'setup',
): Promise<void> {
  const tries: { readonly [Name in CallsOf<'engine'>]?: CallArgs<Name> } = {
    'reminder.snooze': {},
    'timeline.send': { roomId, body: 'not backed up' },
    'timeline.retry': { roomId, itemId: '~1' },
    'signOut.confirm': { acceptLoss: true },
  };
  // Before that, there is no room to send to.
  await engine.engine.session.loaded;
  for (const [name, args] of Object.entries(tries)) {
    await expect(
      engine.call(name as 'reminder.snooze', args as Record<string, never>),
      name,
    ).rejects.toEqual(refused);
  }
  await expect(engine.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
    code: 'keys_pending',
  });
  expect(engine.keys.value.demand).toBe(demand);
}
