/** Work on the keys that would interleave, on purpose: one has its turn, the other is refused or waits. */
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { sharedHomeserver } from '../../support/homeserver/shared';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError, type InterceptedRequest } from '../../support/engine/test-fetch';
import { clientOf, converse } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { newBackup, readsAll, ready, setUp, takesUp } from '../keys-faults/elsewhere';
import { ServerWitness } from '../keys-faults/server-witness';
import { opensEverything } from './change-by';

const devices = useDevices();

interface Held {
  /** Resolves when the first such request is made. */
  readonly reached: Promise<undefined>;
  readonly release: () => void;
}

/** Keeps the first such request, and what is like it, from being sent. */
function hold(engine: TestEngine, isIt: (request: InterceptedRequest) => boolean): Held {
  const reached = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  engine.intercept(async (request, onward) => {
    if (isIt(request)) {
      reached.resolve(undefined);
      await released.promise;
    }
    return onward();
  });
  return { reached: reached.promise, release: () => released.resolve(undefined) };
}

const writes =
  (type: string) =>
  ({ method, url }: InterceptedRequest): boolean =>
    method === 'PUT' && url.pathname.endsWith(`/account_data/${type}`);
const downloads = ({ method, url }: InterceptedRequest): boolean =>
  method === 'GET' && url.pathname.includes('/room_keys/keys');

/** Everything that a person could begin. */
async function refusals(engine: TestEngine, secret: string): Promise<unknown[]> {
  const begun = [
    engine.call('keyChange.begin', { operation: 'reset_backup', secret }),
    engine.call('repair.complete', { secret }),
    engine.call('restore.begin', { secret }),
    engine.call('oldKey.read', { secret }),
    engine.call('backup.switchOff', {}),
    engine.call('backup.switchOn', {}),
  ];
  return Promise.all(
    begun.map((call) =>
      call.then(
        () => 'begun',
        (error: unknown) => (error instanceof HoldfastError ? error.code : error),
      ),
    ),
  );
}

const allRefused = Array.from({ length: 6 }, () => 'not_allowed');

describe('while one of these is under way, all others are refused at once, and nothing is lost:', () => {
  it('switching the backup off', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    const { reached, release } = hold(laptop, writes('m.org.matrix.custom.backup_disabled'));
    const switched = laptop.call('backup.switchOff', {});
    await reached;
    expect(await refusals(laptop, recoveryKey)).toEqual(allRefused);
    release();
    await switched;
    await laptop.keys.waitFor(({ state }) => state === 'disabled_by_user');
    expect(laptop.keyChange.value).toEqual({ step: 'none' });
    await opensEverything(devices, recoveryKey, sent);
  });

  it('a new backup, over a restart, too', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    const { reached, release } = hold(laptop, writes('m.megolm_backup.v1'));
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await reached;
    expect(await refusals(laptop, recoveryKey)).toEqual(allRefused);
    const restarted = devices.restart(laptop, async (request, onward) =>
      writes('m.megolm_backup.v1')(request) ? matrixError(500, 'M_UNKNOWN') : onward(),
    );
    release();
    const again = await restarted;
    expect(await refusals(again, recoveryKey)).toEqual(allRefused);
    again.intercept(null);
    await again.keyChange.waitFor(({ step }) => step === 'done');
    await again.keys.waitFor(({ state }) => state === 'ready');
    await again.call('backup.switchOff', {});
    await opensEverything(devices, recoveryKey, sent);
  });

  it('completing the account', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    const server = new ServerWitness((await sharedHomeserver()).baseUrl, laptop);
    await server.ask('PUT', server.accountDataPath('m.megolm_backup.v1'), {});
    await laptop.keys.waitFor(({ repair }) => repair === 'complete');
    const { reached, release } = hold(laptop, writes('m.megolm_backup.v1'));
    const completed = laptop.call('repair.complete', { secret: recoveryKey });
    await reached;
    expect(await refusals(laptop, recoveryKey)).toEqual(allRefused);
    release();
    expect(await completed).toBe('complete');
    await ready(laptop, 2);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('reading an old backup', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    await newBackup(laptop);
    await laptop.stop();
    const fresh = await devices.signIn();
    await fresh.call('restore.begin', { secret: recoveryKey }).catch(() => undefined);
    const { reached, release } = hold(fresh, downloads);
    const read = fresh.call('oldKey.read', { secret: recoveryKey });
    await reached;
    expect(await refusals(fresh, recoveryKey)).toEqual(allRefused);
    release();
    expect(await read).toMatchObject({ keys: 2 });
    await fresh.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await fresh.keyChange.waitFor(({ step }) => step === 'done');
    await ready(fresh, 2);
    await opensEverything(devices, recoveryKey, sent);
  });
});

describe('what is read by itself', () => {
  it('gives way to what a person begins, and goes on after it', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    const phone = await devices.signIn();
    await takesUp(phone, recoveryKey);
    await ready(phone, 2);
    await laptop.stop();
    sent.push(...(await converse(phone, 1, 2)));
    await phone.call('repair.uploadNow', {});
    const asked = Promise.withResolvers<undefined>();
    let fails = true;
    const failing: Parameters<TestEngine['intercept']>[0] = async (request, onward) => {
      const isOld = downloads(request) && request.url.searchParams.get('version') === '1';
      if (!isOld || !fails) return onward();
      asked.resolve(undefined);
      return matrixError(500, 'M_UNKNOWN');
    };
    await newBackup(phone);
    await phone.stop();
    const again = await devices.restart(laptop, failing);
    await asked.promise;
    // Waiting for the old backup, which the server does not hand out just now, would take for ever.
    expect(await again.call('repair.complete', { secret: recoveryKey })).toBe('backup_closed');
    fails = false;
    await readsAll(again, sent.slice(0, 2));
    await again.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await again.keyChange.waitFor(({ step }) => step === 'done');
    await ready(again, 4);
    await readsAll(again, sent);
    await opensEverything(devices, recoveryKey, sent);
  });
});

describe('a look at the keys that was overtaken', () => {
  it('does not switch a backup on again that was switched off meanwhile', async () => {
    const { laptop } = await setUp(devices);
    const uploads: boolean[] = [];
    clientOf(laptop).on(CryptoEvent.KeyBackupStatus, (on) => void uploads.push(on));
    const switching = Promise.withResolvers<undefined>();
    const looked = Promise.withResolvers<undefined>();
    const mayAnswer = Promise.withResolvers<undefined>();
    let looks = false;
    laptop.intercept(async (request, onward) => {
      if (writes('m.key_backup')(request)) {
        switching.resolve(undefined);
        await looked.promise;
      }
      const response = await onward();
      if (!looks || request.method !== 'GET') return response;
      if (request.url.pathname.endsWith('/account_data/m.key_backup')) looked.resolve(undefined);
      // The look has seen a backup that is switched on, and ends when that is no longer so.
      if (request.url.pathname.endsWith('/room_keys/version')) await mayAnswer.promise;
      return response;
    });
    const switched = laptop.call('backup.switchOff', {});
    await switching.promise;
    // A look that is under way already would be held by what only the next one is to wait for.
    await laptop.call('repair.tryAgain', {});
    looks = true;
    const told = laptop.call('repair.tryAgain', {});
    await expect.poll(() => uploads).toEqual([false]);
    mayAnswer.resolve(undefined);
    await Promise.all([switched, told]);
    expect(uploads).toEqual([false]);
    expect(laptop.keys.value.state).toBe('disabled_by_user');
  });
});
