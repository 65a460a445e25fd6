/** What is done to the keys of an account, as a person does it who presses “try again”. */
import { setTimeout as pause } from 'node:timers/promises';
import { HoldfastError } from '../../../main/holdfast-error';
import { isPassing, waitAskedFor } from '../../../main/engine/keys/server/server-failure';
import type { TestEngine } from '../../support/engine/start-engine';
import { goodPhrase } from '../keys/setup-by';
import type { Wire } from './wire';
import { World } from './world';

export interface Operation {
  /** Where it begins. */
  readonly prepare: () => Promise<World>;
  /** The device it is done on, each time it is done. */
  readonly device: (world: World) => Promise<{ engine: TestEngine; wire: Wire }>;
  /** True where the account is as before afterwards, so that it can be done once more. */
  readonly repeatable: boolean;
  /** To its end, whatever fails for a while on the way. */
  readonly run: (world: World, engine: TestEngine) => Promise<void>;
  /** What a person does who finds it cut off after a restart. */
  readonly goOn: (world: World, engine: TestEngine) => Promise<void>;
}

const here = (world: World): Promise<{ engine: TestEngine; wire: Wire }> =>
  Promise.resolve({ engine: world.engine, wire: world.wire });

async function setUp(
  world: World,
  engine: TestEngine,
  choice: { method: 'key' } | { method: 'phrase'; phrase: string; repeated: string },
): Promise<void> {
  const { recoveryKey } = await persistently(() => engine.call('setup.begin', choice));
  await engine.call('setup.prove', { by: 'text', text: recoveryKey });
  world.recoveryKeys.push(recoveryKey);
  await persistently(() => engine.call('setup.secure', {}));
  world.identity = await world.server.identity();
}

/** Begins anew where nothing was made, and opens with the key on paper what was. */
async function setUpAgain(world: World, engine: TestEngine): Promise<void> {
  const { state } = await engine.keys.waitFor((keys) => keys.state !== 'unknown');
  switch (state) {
    case 'needs_setup':
      await setUp(world, engine, { method: 'key' });
      break;
    case 'secrets_incomplete':
    case 'needs_restore':
      await restore(world, engine);
      break;
    default:
    // Done but for what goes on by itself.
  }
  world.identity ??= await world.server.identity();
}

const setUpWith = (
  choice: { method: 'key' } | { method: 'phrase'; phrase: string; repeated: string },
): Operation => ({
  prepare: () => World.create(),
  device: here,
  repeatable: false,
  run: (world, engine) => setUp(world, engine, choice),
  goOn: setUpAgain,
});

async function restore(world: World, engine: TestEngine): Promise<void> {
  await persistently(() => engine.call('restore.begin', { secret: world.recoveryKey }));
  await engine.restore.waitFor(({ step }) => step === 'done');
}

/** Presses “try again” wherever that is offered. */
async function changed(engine: TestEngine): Promise<void> {
  const { keyChange } = engine;
  for (;;) {
    const state = await keyChange.waitFor(
      (change) => change.step === 'done' || change.step === 'stopped' || isWaiting(change),
    );
    if (state.step === 'done') break;
    if (state.step === 'stopped') throw new HoldfastError(state.code, `It stopped: ${state.code}`);
    await engine.call('keyChange.continue', {});
    await keyChange.waitFor((change) => !isWaiting(change));
  }
  await engine.call('keyChange.dismiss', {});
}

function isWaiting(change: TestEngine['keyChange']['value']): boolean {
  return change.step === 'working' && change.waiting;
}

/** Answers the server's question who is there, as often as it is asked, until `over`. */
async function sayWhoIsThere(
  { user }: World,
  engine: TestEngine,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    const auth = engine.interactiveAuth.value;
    if (auth.step === 'asking' && !auth.checking) {
      const { password } = user;
      // What fails is asked again.
      await engine.call('interactiveAuth.enterPassword', { password }).catch(() => undefined);
    }
    await pause(50);
  }
}

async function resetTo(world: World, engine: TestEngine): Promise<void> {
  const over = new AbortController();
  const answered = sayWhoIsThere(world, engine, over.signal);
  try {
    await changed(engine);
  } finally {
    over.abort();
    await answered;
  }
  world.identity = await world.server.identity();
}

/** As a person does who finds it switched off. */
async function switchOn(engine: TestEngine): Promise<void> {
  await persistently(() => engine.call('backup.switchOn', {}));
  await engine.keys.waitFor(({ state }) => state === 'ready');
}

/** One line for each; whatever is added here is covered by itself. */
export const operations = {
  'setting up with a key': setUpWith({ method: 'key' }),
  'setting up with a phrase': setUpWith({
    method: 'phrase',
    phrase: goodPhrase,
    repeated: goodPhrase,
  }),
  'a new recovery key': {
    prepare: () => World.setUp(),
    device: here,
    repeatable: true,
    async run(world, engine) {
      const made = await persistently(() =>
        engine.call('keyChange.begin', {
          operation: 'new_key',
          choice: { method: 'key' },
          removeOld: true,
        }),
      );
      const { recoveryKey } = made!;
      await engine.call('setup.prove', { by: 'text', text: recoveryKey });
      world.recoveryKeys.push(recoveryKey);
      await persistently(() => engine.call('setup.secure', {}));
      await changed(engine);
    },
    goOn: (world, engine) => goOnChanging(world, engine, (_world, on) => changed(on)),
  },
  'a new backup': {
    prepare: () => World.setUp(),
    device: here,
    repeatable: true,
    async run(world, engine) {
      const change = { operation: 'reset_backup', secret: world.recoveryKey } as const;
      await persistently(() => engine.call('keyChange.begin', change));
      await changed(engine);
    },
    goOn: (world, engine) => goOnChanging(world, engine, (_world, on) => changed(on)),
  },
  'setting everything up anew': {
    prepare: () => World.setUp(),
    device: here,
    repeatable: true,
    async run(world, engine) {
      const choice = { method: 'key' } as const;
      const made = await persistently(() =>
        engine.call('keyChange.begin', { operation: 'reset_everything', choice }),
      );
      const { recoveryKey } = made!;
      await engine.call('setup.prove', { by: 'text', text: recoveryKey });
      world.recoveryKeys.push(recoveryKey);
      await persistently(() => engine.call('setup.secure', {}));
      await resetTo(world, engine);
    },
    goOn: (world, engine) => goOnChanging(world, engine, resetTo),
  },
  'switching the backup off, and on again': {
    prepare: () => World.setUp(),
    device: here,
    repeatable: true,
    async run(_world, engine) {
      await persistently(() => engine.call('backup.switchOff', {}));
      await engine.keys.waitFor(({ state }) => state === 'disabled_by_user');
      await switchOn(engine);
    },
    async goOn(_world, engine) {
      const { state } = await engine.keys.waitFor((keys) => keys.state !== 'unknown');
      if (state === 'disabled_by_user') await switchOn(engine);
    },
  },
  restoring: {
    prepare: () => World.setUp(),
    async device(world) {
      const wire = world.newWire();
      const engine = await world.signIn(wire);
      await engine.keys.waitFor(({ state }) => state === 'needs_restore');
      return { engine, wire };
    },
    repeatable: true,
    run: restore,
    async goOn(world, engine) {
      if (engine.restore.value.step === 'idle') await restore(world, engine);
      else await engine.restore.waitFor(({ step }) => step === 'done');
    },
  },
} as const satisfies Record<string, Operation>;

/** What was noted before the cut goes on by itself; nothing else was begun. */
async function goOnChanging(
  world: World,
  engine: TestEngine,
  change: (world: World, engine: TestEngine) => Promise<void>,
): Promise<void> {
  if (engine.keyChange.value.step !== 'none') {
    await change(world, engine);
    return;
  }
  // The last key is in use only where its change was begun.
  const opens = await world.server.opens(world.recoveryKey);
  if (opens.size === 0) world.recoveryKeys.pop();
}

/** Milliseconds between two attempts where the server asks for no longer pause. */
const pauseMs = 50;
/** Enough for every request of the longest of them to fail once, and to be offline for a while. */
const attempts = 320;

/** @throws at once what waiting does not mend */
async function persistently<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = attempts; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || left === 0) throw error;
      await pause(Math.max(waitAskedFor(error), pauseMs));
    }
  }
}
