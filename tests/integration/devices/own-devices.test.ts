import { createClient } from 'matrix-js-sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceId } from '../../../preload/model/ids';
import type { DeviceStatus, OwnDevice } from '../../../preload/model/devices';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { TopicProbe } from '../../support/engine/topic-probe';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { CollectionProbe } from '../timeline/collection-probe';
import { compare, step } from '../verification/parties';

const devices = useDevices();
const probes = new Set<{ stop(): void }>();
afterEach(() => {
  for (const probe of probes) probe.stop();
  probes.clear();
});

interface Watched {
  readonly list: CollectionProbe<OwnDevice>;
  readonly status: TopicProbe<DeviceStatus>;
}

function watch({ engine }: TestEngine): Watched {
  const watched = {
    list: new CollectionProbe('devices', engine.topics.devices),
    status: new TopicProbe('deviceStatus', engine.topics.deviceStatus),
  };
  probes.add(watched.list).add(watched.status);
  return watched;
}

const idOf = ({ account }: TestEngine): DeviceId => account!.deviceId;

/** A laptop that has everything, and has looked at the account's devices once. */
async function readyLaptop(): Promise<Watched & { laptop: TestEngine; recoveryKey: string }> {
  const laptop = await devices.signIn();
  const recoveryKey = await setUpByKey(laptop);
  await laptop.keys.waitFor(({ state }) => state === 'ready');
  const watched = watch(laptop);
  await watched.list.waitFor(({ items }) => items[0]?.trust === 'verified');
  return { laptop, recoveryKey, ...watched };
}

/** Another device, which publishes no keys. */
async function signInBare(deviceId?: DeviceId): Promise<string> {
  const { baseUrl } = await sharedHomeserver();
  const { device_id: bare } = await createClient({ baseUrl }).loginRequest({
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: devices.user.userId },
    password: devices.user.password,
    ...(deviceId === undefined ? {} : { device_id: deviceId }),
  });
  return bare;
}

describe('the list of devices', () => {
  it('names them, each otherwise, says which is this one, and which are verified', async () => {
    const { laptop, list, status } = await readyLaptop();
    const desktop = await devices.signIn();
    await list.waitFor((probe) => probe.get(idOf(desktop))?.trust === 'unverified');
    expect(list.get(idOf(laptop))).toMatchObject({ isThis: true, trust: 'verified' });
    const { list: ofDesktop } = watch(desktop);
    await ofDesktop.waitFor((probe) => probe.get(idOf(desktop))?.name === 'Holdfast (Linux) 2');
    await laptop.call('devices.refresh', {});
    expect(list.get(idOf(laptop))?.name).toBe('Holdfast (Linux)');
    expect(list.get(idOf(desktop))).toMatchObject({ isThis: false, name: 'Holdfast (Linux) 2' });
    expect(list.get(idOf(laptop))?.noticedAt).toBeNull();
    expect(list.get(idOf(desktop))?.noticedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(status.value).toMatchObject({ list: 'fresh', problem: null });

    await laptop.call('devices.rename', { deviceId: idOf(desktop), name: ' Laboratory ' });
    expect(list.get(idOf(desktop))?.name).toBe('Laboratory');
    const missing = { deviceId: 'NOBODY' as DeviceId, name: 'Nobody' };
    await expect(laptop.call('devices.rename', missing)).rejects.toMatchObject({
      code: 'device_gone',
    });
  });

  it('keeps what it knew, and says so, while the server does not answer', async () => {
    const { laptop, list, status } = await readyLaptop();
    laptop.intercept(({ url }, onward) =>
      url.pathname.endsWith('/devices')
        ? Promise.resolve(new Response('<html>Please log in</html>', { status: 503 }))
        : onward(),
    );
    await laptop.call('devices.refresh', {});
    expect(status.value).toMatchObject({ list: 'stale', problem: 'server_error' });
    expect(list.items).toHaveLength(1);
    laptop.intercept(null);
    await laptop.call('devices.refresh', {});
    expect(status.value).toMatchObject({ list: 'fresh', problem: null });
  });

  it('judges nobody on a device that is not verified itself', async () => {
    const { laptop } = await readyLaptop();
    const desktop = await devices.signIn();
    const { list, status } = watch(desktop);
    await list.waitFor(({ items }) => items.length === 2);
    await desktop.call('devices.refresh', {});
    expect(list.get(idOf(laptop))?.trust).toBe('unknown');
    expect(list.get(idOf(desktop))?.trust).toBe('unverified');
    expect(status.value.unfamiliar).toEqual([]);
  });
});

describe('a new sign-in', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked about until the device is verified, put off for a day at most', async () => {
    const { laptop, list, status } = await readyLaptop();
    expect(status.value.unfamiliar).toEqual([]);
    const desktop = await devices.signIn();
    await status.waitFor(({ unfamiliar }) => unfamiliar.includes(idOf(desktop)));

    await laptop.call('devices.snooze', {});
    expect(status.value.unfamiliar).toEqual([]);
    vi.setSystemTime(Date.now() + 86_399_000);
    await laptop.call('devices.refresh', {});
    expect(status.value.unfamiliar).toEqual([]);
    vi.setSystemTime(Date.now() + 2_000);
    await laptop.call('devices.refresh', {});
    expect(status.value.unfamiliar).toEqual([idOf(desktop)]);

    await list.waitFor((probe) => probe.get(idOf(desktop))?.trust === 'unverified');
    await laptop.call('verification.requestDevice', { deviceId: idOf(desktop) });
    await step(desktop, 'incoming');
    await desktop.call('verification.accept', {});
    await compare(laptop, desktop);
    await status.waitFor(({ unfamiliar }) => unfamiliar.length === 0);
  });

  it('is still asked about after a restart, and without keys too', async () => {
    const { laptop } = await readyLaptop();
    await laptop.stop();
    const bare = await signInBare();
    const again = await devices.restart(laptop);
    const { list, status } = watch(again);
    await status.waitFor(({ unfamiliar }) => unfamiliar.length > 0);
    expect(status.value.unfamiliar).toEqual([bare]);
    expect(list.get(bare)?.trust).toBe('no_keys');
  });
});

describe('signing other devices out', () => {
  const signOut = (engine: TestEngine, others: TestEngine[], acceptLoss = false): Promise<void> =>
    engine.call('devices.signOut', { deviceIds: others.map(idOf), acceptLoss });

  /** The server asks for the password, and the person enters it. */
  async function confirm(engine: TestEngine): Promise<void> {
    const asking = new TopicProbe('interactiveAuth', engine.engine.topics.interactiveAuth);
    probes.add(asking);
    await asking.waitFor(({ step: at }) => at === 'asking');
    await engine.call('interactiveAuth.enterPassword', { password: devices.user.password });
  }

  it('takes the password, and ends several at once', async () => {
    const { laptop, list } = await readyLaptop();
    const others = [await devices.signIn(), await devices.signIn()];
    await list.waitFor(({ items }) => items.length === 3);
    expect(await laptop.call('devices.signOutRisk', {})).toMatchObject({ obstacle: null });
    const ended = signOut(laptop, others);
    await confirm(laptop);
    await ended;
    expect(list.items.map(({ id }) => id)).toEqual([idOf(laptop)]);
    await expect.poll(() => others.map(({ account }) => account)).toEqual([null, null]);
  });

  it.each(['meanwhile', 'a moment later'])(
    'ends a device whole that the server registers anew %s',
    async (when) => {
      const { laptop, list } = await readyLaptop();
      const other = await devices.signIn();
      const otherId = idOf(other);
      await list.waitFor(({ items }) => items.length === 2);
      let deletions = 0;
      laptop.intercept(async ({ url, body }, onward) => {
        const answer = await onward();
        const isDone = url.pathname.endsWith('/delete_devices') && body.includes('password');
        if (isDone && ++deletions === 1 && when === 'meanwhile') await signInBare(otherId);
        return answer;
      });
      const ended = signOut(laptop, [other]);
      await confirm(laptop);
      await ended;
      if (when !== 'meanwhile') {
        await signInBare(otherId);
        await laptop.call('devices.refresh', {});
      }
      await expect.poll(() => deletions).toBe(2);
      await list.waitFor(({ items }) => items.length === 1);
      expect(list.items.map(({ id }) => id)).toEqual([idOf(laptop)]);
    },
  );

  it('ends nothing where the person gives up', async () => {
    const { laptop, list } = await readyLaptop();
    const other = await devices.signIn();
    await list.waitFor(({ items }) => items.length === 2);
    const ended = expect(signOut(laptop, [other])).rejects.toMatchObject({ code: 'cancelled' });
    const asking = new TopicProbe('interactiveAuth', laptop.engine.topics.interactiveAuth);
    probes.add(asking);
    await asking.waitFor(({ step: at }) => at === 'asking');
    await laptop.call('interactiveAuth.cancel', {});
    await ended;
    expect(list.items).toHaveLength(2);
  });

  it('ends with the server’s word where it refuses although the password was right', async () => {
    const { laptop, list } = await readyLaptop();
    const other = await devices.signIn();
    await list.waitFor(({ items }) => items.length === 2);
    laptop.intercept(({ url, body }, onward) => {
      const isAnswered = url.pathname.endsWith('/delete_devices') && body.includes('password');
      return isAnswered ? Promise.resolve(matrixError(403, 'M_FORBIDDEN')) : onward();
    });
    const ended = expect(signOut(laptop, [other])).rejects.toMatchObject({ code: 'server_error' });
    await confirm(laptop);
    await ended;
    expect(laptop.interactiveAuth.value).toEqual({ step: 'none' });
    laptop.intercept(null);
    const again = signOut(laptop, [other]);
    await confirm(laptop);
    await again;
    expect(list.items).toHaveLength(1);
  });

  it('is refused on a device that could not read the history alone, without a word', async () => {
    const { laptop } = await readyLaptop();
    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ state }) => state === 'needs_restore');
    const deletions: string[] = [];
    desktop.intercept(({ url }, onward) => {
      if (url.pathname.endsWith('/delete_devices')) deletions.push(url.pathname);
      return onward();
    });
    expect(await desktop.call('devices.signOutRisk', {})).toMatchObject({
      obstacle: 'not_restored',
    });
    await expect(signOut(desktop, [laptop])).rejects.toMatchObject({ code: 'devices_needed' });
    expect(deletions).toEqual([]);

    const ended = signOut(desktop, [laptop], true);
    await confirm(desktop);
    await ended;
    expect(deletions).not.toEqual([]);
  });

  it('never ends this device', async () => {
    const { laptop } = await readyLaptop();
    await expect(signOut(laptop, [laptop], true)).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
