import { describe, expect, it } from 'vitest';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { converse, readableOnScreen, readMessage, type Sent } from './conversation';
import { useDevices } from './devices';
import { goodPhrase, setUpByKey, setUpByPhrase } from './setup-by';

const devices = useDevices();

async function expectEverythingReadable(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  const texts = await Promise.all(sent.map((message) => readMessage(engine, message)));
  expect(texts).toEqual(sent.map(({ text }) => text));
}

describe('setting up key backup', () => {
  it('by a generated key makes the account recoverable and uploads every key', async () => {
    const laptop = await devices.signIn();
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
    const laptop = await devices.signIn();
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
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);

    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ state }) => state === 'needs_restore');
    expect(await readMessage(desktop, sent[0]!)).toBeNull();

    // The SDK fetches single keys for what it can't read: here restoring alone has to bring them.
    const singleKey = /\/room_keys\/keys\/[^/]+\/[^/]+$/;
    desktop.intercept(async ({ url }, onward) =>
      singleKey.test(url.pathname) ? matrixError(404, 'M_NOT_FOUND') : onward(),
    );
    const onScreen = sent.map((message) => readableOnScreen(desktop, message));
    await desktop.call('restore.begin', { secret: recoveryKey });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toEqual({ step: 'done', imported: 4, total: 4, failed: 0, failedRooms: [] });
    await expectEverythingReadable(desktop, sent);
    await desktop.keys.waitFor(({ state }) => state === 'ready');
    expect(await Promise.all(onScreen)).toEqual(sent.map(({ text }) => text));
  });

  it('restores with the security phrase, however it is normalised', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await setUpByPhrase(laptop);

    const desktop = await devices.signIn();
    await desktop.call('restore.begin', { secret: goodPhrase.normalize('NFD') });
    await desktop.restore.waitFor(({ step }) => step === 'done');
    await expectEverythingReadable(desktop, sent);
  });

  it('accepts the key as files and clipboards disfigure it', async () => {
    const laptop = await devices.signIn();
    const recoveryKey = await setUpByKey(laptop);
    const disfigured = [
      `\uFEFF${recoveryKey.replaceAll(' ', '\r\n')}\r\n`,
      recoveryKey.replaceAll(' ', '\t'),
      recoveryKey.replaceAll(' ', '\u00A0'),
      `Recovery key of ${devices.user.userId}\n\n   ${recoveryKey.slice(0, 29)}\n   ${recoveryKey.slice(30)}\n\nKeep it apart from the device.`,
    ];
    const desktop = await devices.signIn();
    for (const secret of disfigured) {
      await desktop.call('restore.begin', { secret });
      await desktop.restore.waitFor(({ step }) => step === 'done');
      await desktop.call('restore.dismiss', {});
    }
    await desktop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('tells a wrong key, a mistyped one and a wrong phrase apart, and stays as it was', async () => {
    const laptop = await devices.signIn();
    const recoveryKey = await setUpByPhrase(laptop);
    const desktop = await devices.signIn();
    const begin = (secret: string): Promise<void> => desktop.call('restore.begin', { secret });

    const other = encodeRecoveryKey(new Uint8Array(32).fill(5));
    await expect(begin(other)).rejects.toMatchObject({ code: 'key_wrong' });
    const mistyped = `${recoveryKey.slice(0, 20)}l${recoveryKey.slice(21)}`;
    await expect(begin(mistyped)).rejects.toMatchObject({
      code: 'key_mistyped',
      data: { groups: [5] },
    });
    await expect(begin(recoveryKey.slice(0, -4))).rejects.toMatchObject({ code: 'key_incomplete' });
    await expect(begin(`${goodPhrase}!`)).rejects.toMatchObject({ code: 'phrase_wrong' });
    await expect(begin(devices.user.password)).rejects.toMatchObject({ code: 'phrase_wrong' });

    expect(desktop.restore.value).toEqual({ step: 'idle' });
    await desktop.call('signOut.risk', {});
    expect(desktop.keys.value.state).toBe('needs_restore');
  });
});
