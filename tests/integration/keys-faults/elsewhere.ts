/** An account that is set up, and what is looked at while another client changes it. */
import { expect } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { converse, readMessage, type Sent } from '../keys/conversation';
import type { Devices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';

export interface SetUp {
  readonly laptop: TestEngine;
  readonly sent: Sent[];
  readonly recoveryKey: string;
}

/** Two messages, each under a key of its own, both in the backup. */
export async function setUp(devices: Devices): Promise<SetUp> {
  const laptop = await devices.signIn();
  const sent = await converse(laptop, 1, 2);
  const recoveryKey = await setUpByKey(laptop);
  await ready(laptop, 2);
  return { laptop, sent, recoveryKey };
}

export async function ready(engine: TestEngine, keys: number): Promise<void> {
  await engine.keys.waitFor(
    ({ state, backedUpKeys, pendingKeys }) =>
      state === 'ready' && backedUpKeys === keys && pendingKeys === 0,
  );
}

export async function takesUp(engine: TestEngine, recoveryKey: string): Promise<void> {
  await engine.call('restore.begin', { secret: recoveryKey });
  await engine.restore.waitFor(({ step }) => step === 'done');
}

export async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) expect(await readMessage(engine, message)).toBe(message.text);
}

/** Versions that keys of this device were taken into, from now on. */
export function uploadsOf(engine: TestEngine): string[] {
  const versions: string[] = [];
  engine.intercept(async ({ method, url }, onward) => {
    const response = await onward();
    if (method === 'PUT' && url.pathname.includes('/room_keys/keys') && response.ok) {
      versions.push(url.searchParams.get('version') ?? '');
    }
    return response;
  });
  return versions;
}
