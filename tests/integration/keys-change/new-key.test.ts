import { Method } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { converse, readMessage } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { accountDataOf, ask } from '../keys/on-the-server';
import { setUpByKey } from '../keys/setup-by';
import {
  cutAfter,
  isPartOfChange,
  isRefused,
  isWrite,
  newKeyProven,
  opensEverything,
} from './change-by';

const devices = useDevices();

/** Recovery keys that the backup's key is stored for, by the server: the SDK may know of it later. */
async function slotsOf(laptop: TestEngine): Promise<number> {
  const stored = await ask<{ readonly encrypted: object }>(
    laptop,
    Method.Get,
    accountDataOf(devices.user, 'm.megolm_backup.v1'),
  );
  return Object.keys(stored.encrypted).length;
}

describe('a new recovery key', () => {
  it('opens everything on a fresh device', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    await setUpByKey(laptop);
    const newKey = await newKeyProven(laptop);
    await laptop.call('setup.secure', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    expect(laptop.keys.value).toMatchObject({ backupVersion: '1', backedUpKeys: 4 });

    await opensEverything(devices, newKey, sent);
    // The vault is told of it, after the first one.
    expect(laptop.recoveryKeys).toHaveLength(2);
    await laptop.call('keyChange.dismiss', {});
    expect(laptop.keyChange.value).toEqual({ step: 'none' });
  });

  it('leaves what was stored for the old one, unless that may be in wrong hands', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    await newKeyProven(laptop);
    await laptop.call('setup.secure', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    expect(await slotsOf(laptop)).toBe(2);

    await laptop.call('keyChange.dismiss', {});
    await newKeyProven(laptop, true);
    await laptop.call('setup.secure', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    expect(await slotsOf(laptop)).toBe(2);
  });

  it('is not in use before it is proven', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    await laptop.call('keyChange.begin', {
      operation: 'new_key',
      choice: { method: 'key' },
      removeOld: true,
    });
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'not_allowed' });
    expect(laptop.keyChange.value).toEqual({ step: 'none' });
  });

  it('is refused on a device that lacks the secrets', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    const fresh = await devices.signIn();
    const begun = fresh.call('keyChange.begin', {
      operation: 'new_key',
      choice: { method: 'key' },
      removeOld: false,
    });
    await expect(begun).rejects.toMatchObject({ code: 'secrets_not_here' });
  });

  it('stops where another device has made one in between, and can be given up', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const first = await setUpByKey(laptop);
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: first });
    await phone.keys.waitFor(({ state }) => state === 'ready');

    await newKeyProven(laptop);
    const { intercept, cut } = cutAfter(3);
    laptop.intercept(intercept);
    await laptop.call('setup.secure', {});
    await cut;
    const phonesKey = await newKeyProven(phone);
    await phone.call('setup.secure', {});
    await phone.keyChange.waitFor(({ step }) => step === 'done');

    laptop.intercept(null);
    await laptop.call('keyChange.continue', {});
    await laptop.keyChange.waitFor(
      (change) => change.step === 'stopped' && change.code === 'changed_elsewhere',
    );
    await laptop.call('keyChange.cancel', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'none');
    await opensEverything(devices, phonesKey, sent);
  });

  it('can be given up until it is in use, and opens nothing then', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const oldKey = await setUpByKey(laptop);
    const newKey = await newKeyProven(laptop);
    const { intercept, cut } = cutAfter(4);
    laptop.intercept(intercept);
    await laptop.call('setup.secure', {});
    await cut;
    laptop.intercept(null);
    await laptop.call('keyChange.cancel', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'none');
    expect(await slotsOf(laptop)).toBe(1);
    expect(await isRefused(devices, newKey)).toBe(true);
    await opensEverything(devices, oldKey, sent);
  });
});

describe('a new recovery key that a crash cuts off', () => {
  /** Description, four secrets, default key, four removals. */
  const writes = 10;

  it.each(
    Array.from({ length: writes }, (_, index) => [
      [index, true] as const,
      [index + 1, false] as const,
    ]).flat(),
  )(
    'after %i writes (answered: %s) is readable with one of both keys, and goes on by itself',
    async (count, answered) => {
      const laptop = await devices.signIn();
      const sent = await converse(laptop, 1, 2);
      const oldKey = await setUpByKey(laptop);
      const newKey = await newKeyProven(laptop, true);
      const { intercept, cut } = cutAfter(count, answered);
      laptop.intercept(intercept);
      await laptop.call('setup.secure', {});
      await cut;

      await opensEverything(devices, count >= 6 ? newKey : oldKey, sent);

      const restarted = await devices.restart(laptop);
      await restarted.keyChange.waitFor(({ step }) => step === 'done');
      for (const message of sent) expect(await readMessage(restarted, message)).toBe(message.text);
      await opensEverything(devices, newKey, sent);
      expect(await isRefused(devices, oldKey)).toBe(true);
    },
  );
});

describe('a new recovery key on a bad connection', () => {
  it('gets through everything it writes failing once, with 500, 429 or no answer', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await setUpByKey(laptop);
    const newKey = await newKeyProven(laptop, true);
    const failed = new Set<string>();
    const troubles = [
      (): Response => matrixError(500, 'M_UNKNOWN'),
      (): Response =>
        Response.json({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 20 }, { status: 429 }),
      (): Response => {
        throw new TypeError('fetch failed');
      },
    ];
    let next = 0;
    laptop.intercept(async (request, onward) => {
      const which = `${request.method} ${request.url.pathname}`;
      if (!isPartOfChange(request) || !isWrite(request) || failed.has(which)) return onward();
      failed.add(which);
      next += 1;
      return troubles[next % troubles.length]!();
    });
    await laptop.call('setup.secure', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    // Description, four secrets, default key.
    expect(failed.size).toBe(6);
    await opensEverything(devices, newKey, sent);
  });
});
