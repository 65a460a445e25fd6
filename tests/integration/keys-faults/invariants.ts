/** What has to hold of an account after whatever was done to it. */
import { expect } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { readMessage } from '../keys/conversation';
import { secretsOf } from '../keys/secrets-of';
import type { World } from './world';

/**
 * Looks at what this device asks for: nothing old is deleted before what takes its place is whole
 * (I1).
 */
export function watchDeletions({ server, wire, sessions }: World): void {
  wire.watch = async ({ method, url }) => {
    if (method !== 'DELETE' || !url.pathname.includes('/room_keys/version/')) return;
    const current = await server.version();
    const deleted = url.pathname.split('/').at(-1);
    expect(current?.version, 'the backup in use is deleted').not.toBe(deleted);
    expect(current?.count, 'the new backup is filled first').toBeGreaterThanOrEqual(sessions.size);
  };
}

/** Whoever lost every device now would get everything back with a key they keep (I1). */
export async function recoverableNow({ server, recoveryKeys, sessions }: World): Promise<void> {
  const opened = new Set<string>();
  for (const key of recoveryKeys) for (const id of await server.opens(key)) opened.add(id);
  expect(
    [...sessions].filter((id) => !opened.has(id)),
    'keys nobody could restore',
  ).toEqual([]);
}

/**
 * Everything that has to hold once an operation came to its end.
 *
 * @param engine the device it was done on
 */
export async function invariantsHold(world: World, engine: TestEngine): Promise<void> {
  const { server, wire, sessions, recoveryKey } = world;
  expect(wire.broken, 'seen on the way').toEqual([]);
  await engine.keys.waitFor(({ state }) => state === 'ready');

  // I1: every key is on this device, and the current recovery key alone opens every one of them.
  for (const message of world.sent) {
    expect(await readMessage(engine, message), 'on the device').toBe(message.text);
  }
  const opened = await server.opens(recoveryKey);
  expect(
    [...sessions].filter((id) => !opened.has(id)),
    'not in the backup',
  ).toEqual([]);

  // I2: nothing was made twice where an answer was missing.
  expect(await server.identity(), 'the identity').toBe(world.identity);

  // I3: the numbers are those of the server.
  const version = await server.version();
  // Asked again where the answer to the last question was the one struck.
  await engine.keys.waitFor(
    (keys) =>
      keys.state === 'ready' &&
      keys.pendingKeys === 0 &&
      keys.backedUpKeys === version?.count &&
      keys.backupVersion === version.version,
  );
  expect(version?.count).toBe(sessions.size);

  for (const { state, pendingKeys, reminder } of engine.keys.history) {
    if (state === 'ready') expect(pendingKeys, 'pending while ready').toBe(0);
    // I6: nobody snoozed it.
    const isWell = state === 'ready' || state === 'uploading' || state === 'unknown';
    expect(reminder.due, `reminder in ${state}`).toBe(!isWell);
  }
  await noSecretTold(world, engine);
}

/** I7: in no topic, and in nothing that left the device. */
async function noSecretTold({ wire, recoveryKeys }: World, engine: TestEngine): Promise<void> {
  const { keys, setup, restore, keyChange, connection } = engine;
  const topics = [keys, setup, restore, keyChange, connection].map(({ history }) => history);
  const everything = `${JSON.stringify(topics)}\n${wire.sent.join('\n')}`;
  expect(everything).toContain('"ready"');
  for (const key of recoveryKeys) {
    for (const [name, secret] of await secretsOf(engine, key)) {
      expect(everything.includes(secret), name).toBe(false);
    }
  }
}
