import { setTimeout as pause } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { SheetReader } from '../../../main/recovery-sheet/reading/sheet-reader';
import type { QrModules, VerificationState } from '../../../preload/model/verification';
import { builtThread } from '../../support/built-thread';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse, readableOnScreen } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { chooseEmoji, compare, step } from './parties';

const devices = useDevices();

/** A device with everything, and a new one that has nothing yet. */
async function laptopAndDesktop(): Promise<{ laptop: TestEngine; desktop: TestEngine }> {
  const laptop = await devices.signIn();
  await setUpByKey(laptop);
  const desktop = await devices.signIn();
  await desktop.keys.waitFor(({ state }) => state === 'needs_restore');
  return { laptop, desktop };
}

const end = async (engine: TestEngine): Promise<string> => (await step(engine, 'cancelled')).reason;

describe('verifying a new device', () => {
  it('from itself brings it the secrets, and the whole history follows by itself', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    await setUpByKey(laptop);
    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ state }) => state === 'needs_restore');

    await desktop.call('verification.requestOwn', {});
    expect(await step(desktop, 'waiting')).toMatchObject({
      with: { kind: 'own_device', deviceId: null },
    });
    expect(await step(laptop, 'incoming')).toMatchObject({
      with: { kind: 'own_device', deviceId: desktop.account?.deviceId },
    });
    await laptop.call('verification.accept', {});
    await compare(laptop, desktop);

    const restored = await desktop.restore.waitFor((state) => state.step === 'done');
    expect(restored).toMatchObject({ imported: 4, total: 4, failed: 0 });
    await desktop.keys.waitFor(({ state }) => state === 'ready');
    const texts = await Promise.all(sent.map((message) => readableOnScreen(desktop, message)));
    expect(texts).toEqual(sent.map(({ text }) => text));
    await laptop.call('verification.dismiss', {});
    expect(laptop.verification.value).toEqual({ step: 'none' });
  });

  it('that the recovery key has verified, but could not open the backup to, brings the history, too', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    // Another client took the backup's key out of storage.
    const path = `/user/${encodeURIComponent(devices.user.userId)}/account_data/m.megolm_backup.v1`;
    await clientOf(laptop).http.authedRequest('PUT' as never, path, {}, {});
    const desktop = await devices.signIn();
    expect(await desktop.call('repair.complete', { secret: recoveryKey })).toBe('backup_closed');
    await desktop.keys.waitFor(({ state }) => state === 'secrets_incomplete');
    expect(desktop.keys.value.repair).toBe('verify');

    await desktop.call('verification.requestOwn', {});
    await step(laptop, 'incoming');
    await laptop.call('verification.accept', {});
    await compare(laptop, desktop);
    const restored = await desktop.restore.waitFor((state) => state.step === 'done');
    expect(restored).toMatchObject({ imported: 4, total: 4, failed: 0 });
    const texts = await Promise.all(sent.map((message) => readableOnScreen(desktop, message)));
    expect(texts).toEqual(sent.map(({ text }) => text));
    // The one that had it all has nothing to fetch.
    expect(laptop.restore.history.every((state) => state.step === 'idle')).toBe(true);
  }, 90_000);

  it('from the device that has everything does the same', async () => {
    const { laptop, desktop } = await laptopAndDesktop();
    await laptop.engine.session.client.getCrypto()!.getUserDeviceInfo([devices.user.userId], true);
    await laptop.call('verification.requestDevice', { deviceId: desktop.account!.deviceId });
    await step(desktop, 'incoming');
    await desktop.call('verification.accept', {});
    await compare(laptop, desktop);
    await desktop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('ends for both as a mismatch where one of them sees other emoji, and trusts nothing', async () => {
    const { laptop, desktop } = await laptopAndDesktop();
    await desktop.call('verification.requestOwn', {});
    await step(laptop, 'incoming');
    await laptop.call('verification.accept', {});
    await chooseEmoji(laptop, desktop);
    await Promise.all([step(laptop, 'emoji'), step(desktop, 'emoji')]);
    await laptop.call('verification.emojiMismatch', {});
    expect(await Promise.all([end(laptop), end(desktop)])).toEqual(['mismatch', 'mismatch']);
    await desktop.call('signOut.risk', {});
    expect(desktop.keys.value.state).toBe('needs_restore');
  });

  it('can be declined, and cancelled by either side at every moment', async () => {
    const { laptop, desktop } = await laptopAndDesktop();
    const ask = async (): Promise<void> => {
      await desktop.call('verification.requestOwn', {});
      await step(laptop, 'incoming');
    };
    await ask();
    await laptop.call('verification.cancel', {});
    expect(laptop.verification.value).toEqual({ step: 'none' });
    // Other devices of the account may still take it: a broadcast is declined by nobody alone.
    await desktop.call('verification.cancel', {}).catch(() => undefined);
    if (desktop.verification.value.step !== 'none') await desktop.call('verification.dismiss', {});

    await ask();
    await desktop.call('verification.cancel', {});
    expect(await end(laptop)).toBe('declined');
    await laptop.call('verification.dismiss', {});

    await ask();
    await laptop.call('verification.accept', {});
    await chooseEmoji(laptop, desktop);
    await Promise.all([step(laptop, 'emoji'), step(desktop, 'emoji')]);
    await desktop.call('verification.cancel', {});
    expect(await end(laptop)).toBe('cancelled');
  });

  it('is taken back from the others once one device has answered', async () => {
    const laptop = await devices.signIn();
    const recoveryKey = await setUpByKey(laptop);
    const desktop = await devices.signIn();
    await desktop.call('restore.begin', { secret: recoveryKey });
    await desktop.keys.waitFor(({ state }) => state === 'ready');
    const tablet = await devices.signIn();
    await tablet.keys.waitFor(({ state }) => state === 'needs_restore');
    await tablet.call('verification.requestOwn', {});
    await Promise.all([step(laptop, 'incoming'), step(desktop, 'incoming')]);
    await laptop.call('verification.accept', {});
    expect(await end(desktop)).toBe('accepted_elsewhere');
    await compare(laptop, tablet);
  });

  it('reaches a device that learns of the new one only together with the request', async () => {
    const laptop = await devices.signIn();
    await setUpByKey(laptop);
    await laptop.stop();
    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ state }) => state === 'needs_restore');
    await desktop.call('verification.requestOwn', {});
    const again = await devices.restart(laptop);
    expect(await step(again, 'incoming')).toMatchObject({
      with: { deviceId: desktop.account?.deviceId },
    });
    await again.call('verification.accept', {});
    await compare(again, desktop);
  });
});

/** The code, as a screenshot of it. */
function screenshotOf(modules: QrModules): Uint8Array<ArrayBuffer> {
  const scale = 5;
  const side = modules.length * scale;
  const picture = new PNG({ width: side, height: side });
  picture.data.fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const dark = modules[Math.floor(y / scale)]![Math.floor(x / scale)] === '1';
      if (dark) picture.data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return new Uint8Array(PNG.sync.write(picture));
}

describe('a code that the other device shows', () => {
  async function bothReady(): Promise<{
    laptop: TestEngine;
    desktop: TestEngine;
    reader: SheetReader;
  }> {
    const parties = await laptopAndDesktop();
    await parties.desktop.call('verification.requestOwn', {});
    await step(parties.laptop, 'incoming');
    await parties.laptop.call('verification.accept', {});
    await Promise.all([step(parties.laptop, 'ready'), step(parties.desktop, 'ready')]);
    return {
      ...parties,
      reader: new SheetReader(await builtThread('main/recovery-sheet/reading/reading-thread.ts')),
    };
  }

  it('is read from a picture, and verifies once that device says that it was', async () => {
    const { laptop, desktop, reader } = await bothReady();
    const { code, canScan } = await step(desktop, 'ready');
    expect(canScan).toBe(true);
    const read = await reader.readCode(screenshotOf(code!));
    await laptop.call('verification.scan', { code: read });
    await Promise.all([step(laptop, 'reciprocated'), step(desktop, 'scanned')]);
    await desktop.call('verification.qrSeen', { seen: true });
    await Promise.all([step(laptop, 'done'), step(desktop, 'done')]);
    await desktop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('ends it for both where that device was not scanned', async () => {
    const { laptop, desktop, reader } = await bothReady();
    const { code } = await step(laptop, 'ready');
    await desktop.call('verification.scan', { code: await reader.readCode(screenshotOf(code!)) });
    await step(laptop, 'scanned');
    await laptop.call('verification.qrSeen', { seen: false });
    await step(desktop, 'cancelled');
    expect(await end(laptop)).toBe('mismatch');
    await desktop.call('signOut.risk', {});
    expect(desktop.keys.value.state).toBe('needs_restore');
  });

  it('is refused where it is another one, and the right one can follow', async () => {
    const { laptop, desktop, reader } = await bothReady();
    const own = await reader.readCode(screenshotOf((await step(laptop, 'ready')).code!));
    const refused = { code: 'code_wrong' };
    await expect(laptop.call('verification.scan', { code: own })).rejects.toMatchObject(refused);
    const text = new TextEncoder().encode('https://example.org');
    await expect(laptop.call('verification.scan', { code: text })).rejects.toMatchObject(refused);
    const theirs = await reader.readCode(screenshotOf((await step(desktop, 'ready')).code!));
    await laptop.call('verification.scan', { code: theirs });
    await Promise.all([step(laptop, 'reciprocated'), step(desktop, 'scanned')]);
  });
});

function comparedOrOver(engine: TestEngine): Promise<VerificationState> {
  return engine.verification.waitFor(({ step: at }) => at === 'emoji' || at === 'cancelled');
}

describe('emoji chosen on both sides', () => {
  it.each([0, 10, 40])(
    'within %i ms are the same, or end for both',
    async (delay) => {
      const { laptop, desktop } = await laptopAndDesktop();
      for (const order of [
        [laptop, desktop],
        [desktop, laptop],
      ] as const) {
        await desktop.call('verification.requestOwn', {});
        await step(laptop, 'incoming');
        await laptop.call('verification.accept', {});
        await Promise.all([step(laptop, 'ready'), step(desktop, 'ready')]);
        const first = order[0].call('verification.useEmoji', {});
        await pause(delay);
        const second = order[1].call('verification.useEmoji', {});
        await Promise.allSettled([first, second]);
        const here = await comparedOrOver(laptop);
        const there = await comparedOrOver(desktop);
        if (here.step === 'emoji' && there.step === 'emoji') {
          expect(here.emoji).toEqual(there.emoji);
          await laptop.call('verification.cancel', {});
        } else {
          // The libraries did not agree on one beginning: it ends for both, and can be begun anew.
          await step(laptop, 'cancelled');
          await laptop.call('verification.dismiss', {});
        }
        await step(desktop, 'cancelled');
        await desktop.call('verification.dismiss', {});
      }
    },
    // Each of the two rounds may take until a side that waits for the other gives up.
    150_000,
  );
});

it('refuses what does not fit the moment', async () => {
  const laptop = await devices.signIn();
  const refused = (code: string): object => ({ code });
  await expect(laptop.call('verification.accept', {})).rejects.toMatchObject(refused('not_ready'));
  await expect(laptop.call('verification.emojiMatch', {})).rejects.toMatchObject(
    refused('not_ready'),
  );
  await expect(
    laptop.call('verification.requestPerson', { userId: devices.user.userId }),
  ).rejects.toMatchObject(refused('not_allowed'));
  expect(laptop.verification.value).toEqual({ step: 'none' });
});
