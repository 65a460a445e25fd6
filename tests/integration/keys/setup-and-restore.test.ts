import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { converse, readMessage, type Sent } from './conversation';
import { goodPhrase, setUpByKey, setUpByPhrase } from './setup-by';

const engines: TestEngine[] = [];
let user: RegisteredUser;

beforeEach(async () => {
  user = await (await sharedHomeserver()).registerUser(uniqueName('ada'));
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});
afterAll(removeProfiles);

async function device(): Promise<TestEngine> {
  const engine = await startEngine({ signIn: { homeserver: await sharedHomeserver(), user } });
  engines.push(engine);
  return engine;
}

async function expectEverythingReadable(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  const texts = await Promise.all(sent.map((message) => readMessage(engine, message)));
  expect(texts).toEqual(sent.map(({ text }) => text));
}

describe('setting up key backup', () => {
  it('by a generated key makes the account recoverable and uploads every key', async () => {
    const laptop = await device();
    await laptop.keys.waitFor(({ state }) => state === 'needs_setup');
    expect(laptop.keys.value.reminder).toEqual({ due: true });
    await converse(laptop, 2, 3);

    await setUpByKey(laptop);

    const health = laptop.keys.value;
    expect(health).toMatchObject({ state: 'ready', pendingKeys: 0, phraseKnown: false });
    expect(health.backedUpKeys).toBe(6);
    expect(health.reminder).toEqual({ due: false, snoozedUntil: null });
    const steps = laptop.setup.history.map((state) =>
      state.step === 'securing' ? state.doing : state.step,
    );
    expect(steps).toEqual([
      'idle',
      'presenting',
      'proven',
      'identity',
      'secret_storage',
      'backup',
      'uploading',
      'done',
    ]);
  });

  it('by a security phrase does the same', async () => {
    const laptop = await device();
    await converse(laptop, 1, 2);
    await setUpByPhrase(laptop);
    expect(laptop.keys.value).toMatchObject({
      state: 'ready',
      pendingKeys: 0,
      backedUpKeys: 2,
      phraseKnown: true,
    });
  });
});

describe('a second device', () => {
  it('reads the whole history after restoring with the recovery key', async () => {
    const laptop = await device();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await device();
    await desktop.keys.waitFor(({ state }) => state === 'needs_restore');
    expect(await readMessage(desktop, sent[0]!)).toBeNull();

    await desktop.call('restore.begin', { secret: recoveryKey });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toEqual({ step: 'done', imported: 4, total: 4, failed: 0 });
    await expectEverythingReadable(desktop, sent);
    await desktop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('restores with the security phrase, however it is normalised', async () => {
    const laptop = await device();
    const sent = await converse(laptop, 1, 2);
    await setUpByPhrase(laptop);

    const desktop = await device();
    await desktop.call('restore.begin', { secret: goodPhrase.normalize('NFD') });
    await desktop.restore.waitFor(({ step }) => step === 'done');
    await expectEverythingReadable(desktop, sent);
  });
});
