import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { useDevices } from '../keys/devices';
import { goodPhrase, setUpByKey, setUpByPhrase } from '../keys/setup-by';

const devices = useDevices();
const day = 86_400_000;
const aWeekAndADay = 8 * day;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** The app is closed, and opened again when that time has passed. */
async function pass(engine: TestEngine, ms: number): Promise<TestEngine> {
  vi.setSystemTime(Date.now() + ms);
  const again = await devices.restart(engine);
  await ready(again);
  return again;
}

const drillOf = ({ engine }: TestEngine) => engine.topics.drill.value;

const isDue = (engine: TestEngine, due: boolean): Promise<void> =>
  vi.waitFor(() => expect(drillOf(engine)).toMatchObject({ due }));

async function ready(engine: TestEngine): Promise<void> {
  await engine.keys.waitFor(({ state }) => state === 'ready');
}

describe('the check of the recovery key', () => {
  it('is asked for after a week, done by the key, and asked for again after a month', async () => {
    let laptop = await devices.signIn();
    expect(drillOf(laptop)).toEqual({ due: false, checkedAt: null, possible: false });
    const key = await setUpByKey(laptop);
    await ready(laptop);
    expect(drillOf(laptop)).toEqual({ due: false, checkedAt: null, possible: true });
    laptop = await pass(laptop, aWeekAndADay);
    await isDue(laptop, true);

    await laptop.call('drill.check', { secret: key });
    expect(drillOf(laptop)).toEqual({ due: false, checkedAt: Date.now(), possible: true });
    // The key opens this computer's store as well.
    expect(laptop.recoveryKeys).toHaveLength(1);
    laptop = await pass(laptop, aWeekAndADay);
    await isDue(laptop, false);
    laptop = await pass(laptop, 23 * day);
    await isDue(laptop, true);
  });

  it('can be put off, and comes back', async () => {
    let laptop = await devices.signIn();
    await setUpByKey(laptop);
    await ready(laptop);
    laptop = await pass(laptop, aWeekAndADay);
    await isDue(laptop, true);
    await laptop.call('drill.snooze', {});
    expect(drillOf(laptop)).toMatchObject({ due: false });
    laptop = await pass(laptop, 2 * day);
    await isDue(laptop, false);
    laptop = await pass(laptop, 2 * day);
    await isDue(laptop, true);
  });

  it('says of another key that it is wrong, and stays due', async () => {
    let laptop = await devices.signIn();
    await setUpByKey(laptop);
    await ready(laptop);
    laptop = await pass(laptop, aWeekAndADay);
    await isDue(laptop, true);
    const secret = encodeRecoveryKey(new Uint8Array(32).fill(7));
    await expect(laptop.call('drill.check', { secret })).rejects.toMatchObject({
      code: 'key_wrong',
    });
    expect(drillOf(laptop)).toMatchObject({ due: true, checkedAt: null });
  });

  it('works without a connection, by what is remembered, and sends nothing', async () => {
    const laptop = await devices.signIn();
    await setUpByPhrase(laptop);
    await ready(laptop);
    laptop.intercept(async ({ method }, onward) => {
      if (method !== 'GET') return onward();
      throw new TypeError('No connection');
    });
    await laptop.call('drill.check', { secret: goodPhrase });
    expect(drillOf(laptop).checkedAt).not.toBeNull();
  });

  it('is not asked for while this device could not make a new key', async () => {
    const laptop = await devices.signIn();
    await setUpByKey(laptop);
    await ready(laptop);
    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ state }) => state === 'needs_restore');
    vi.setSystemTime(Date.now() + aWeekAndADay);
    const again = await devices.restart(desktop);
    await again.keys.waitFor(({ state }) => state === 'needs_restore');
    expect(drillOf(again)).toEqual({ due: false, checkedAt: null, possible: false });
  });
});
