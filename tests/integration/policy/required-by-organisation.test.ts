/** The organisation requires key backup: every way around it is tried, and every way to meet it. */
import { describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { judge, unmanaged } from '../../../main/policy/managed-policy';
import { ValueSource } from '../../../main/topics/value-source';
import type { EngineOptions, TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { clientOf, converse, createEncryptedRoom, send } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';
import { uploadsFail } from '../keys/uploads-fail';
import { newBackup } from '../keys-faults/elsewhere';
import { offline, refused, triesEverything, useEngines } from './engines';

type Account = NonNullable<EngineOptions['signIn']>;

const { start } = useEngines();

async function newAccount(): Promise<Account> {
  const homeserver = await sharedHomeserver();
  return { homeserver, user: await homeserver.registerUser(uniqueName('ada')) };
}

describe('key backup that the organisation requires', () => {
  const required = judge({
    layers: [{ from: 'a', mandatory: { keyBackupRequired: true }, recommended: {} }],
    problems: [],
  }).policy;

  it('can’t be put off, sent past or signed out of, from the moment it is required', async () => {
    const managed = new ValueSource(unmanaged);
    const engine = await start({ signIn: await newAccount(), managed });
    const roomId = (await createEncryptedRoom(clientOf(engine))) as RoomId;
    await send(clientOf(engine), roomId, 'before');
    await engine.keys.waitFor(({ state }) => state === 'needs_setup');
    expect(engine.keys.value.demand).toBeNull();
    await engine.call('reminder.snooze', {});
    managed.set(required);
    await engine.keys.waitFor(({ demand }) => demand === 'setup');
    expect(engine.keys.value.reminder).toEqual({ due: true });
    await engine.call('signOut.risk', {});
    await triesEverything(engine, roomId);
  });

  describe('while a change is at work on the keys', () => {
    /** Everything in the backup, and nothing demanded. */
    async function met(): Promise<{ engine: TestEngine; secret: string; roomId: RoomId }> {
      const managed = new ValueSource(required);
      const engine = await start({ signIn: await newAccount(), managed });
      const secret = await setUpByKey(engine);
      const roomId = (await createEncryptedRoom(clientOf(engine))) as RoomId;
      await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
      return { engine, secret, roomId };
    }

    it('is not demanded anew for a state that the change passes through', async () => {
      const { engine, secret, roomId } = await met();
      const stuck = Promise.withResolvers<undefined>();
      const mayGoOn = Promise.withResolvers<undefined>();
      let isMade = false;
      engine.intercept(async ({ method, url }, onward) => {
        if (!url.pathname.endsWith('/room_keys/version')) return onward();
        const change = engine.keyChange.value;
        // Not what the look at the keys asks meanwhile.
        const isOfChange = change.step === 'working' && change.doing === 'fill_backup';
        if (method === 'GET' && isMade && isOfChange) {
          isMade = false;
          stuck.resolve(undefined);
          await mayGoOn.promise;
        }
        const response = await onward();
        isMade ||= method === 'POST';
        return response;
      });
      await engine.call('keyChange.begin', { operation: 'reset_backup', secret });
      await stuck.promise;
      await engine.call('repair.tryAgain', {});
      expect(engine.keys.value).toMatchObject({ state: 'secrets_incomplete', demand: null });
      await engine.call('timeline.send', { roomId, body: 'meanwhile' });
      mayGoOn.resolve(undefined);
      await engine.keyChange.waitFor(({ step }) => step === 'done');
      await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
    });

    it('is demanded until its end, whatever the state looks like before', async () => {
      const { engine, secret, roomId } = await met();
      await newBackup(engine);
      await engine.call('repair.tryAgain', {});
      await engine.keys.waitFor(({ demand }) => demand === 'restore');
      const stuck = Promise.withResolvers<undefined>();
      engine.intercept(({ method, url }, onward) => {
        if (method !== 'PUT' || !url.pathname.endsWith('/m.megolm_backup.v1')) return onward();
        stuck.resolve(undefined);
        return Promise.resolve(matrixError(500, 'M_UNKNOWN'));
      });
      await engine.call('keyChange.begin', { operation: 'reset_backup', secret });
      await stuck.promise;
      await engine.call('repair.tryAgain', {});
      expect(engine.keys.value).toMatchObject({ state: 'secrets_incomplete', demand: 'restore' });
      await triesEverything(engine, roomId, 'restore');
      engine.intercept(null);
      await engine.call('keyChange.continue', {});
      await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
      await engine.call('timeline.send', { roomId, body: 'backed up' });
    });
  });

  it('can’t be signed out of without a connection while keys are known to wait for it', async () => {
    const managed = new ValueSource(required);
    const engine = await start({ signIn: await newAccount(), managed });
    await setUpByKey(engine);
    await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
    engine.intercept(uploadsFail);
    await converse(engine, 1, 1);
    await engine.call('signOut.risk', {});
    await engine.keys.waitFor(({ pendingKeys }) => pendingKeys === 1);
    engine.intercept(offline);
    await engine.call('repair.tryAgain', {});
    expect(engine.keys.value).toMatchObject({ state: 'unknown', demand: null });
    await expect(engine.call('signOut.confirm', { acceptLoss: true })).rejects.toEqual(refused);
  });

  describe('where the backup was switched off before', () => {
    /** Two devices: the one that switched it off, and one that the recovery key lets in. */
    async function switchedOff(
      managed: EngineOptions['managed'],
    ): Promise<{ engine: TestEngine; signIn: Account; recoveryKey: string; roomId: RoomId }> {
      const signIn = await newAccount();
      const engine = await start({ signIn, ...(managed !== undefined && { managed }) });
      const [sent] = await converse(engine, 1, 1);
      const recoveryKey = await setUpByKey(engine);
      await engine.call('backup.switchOff', {});
      await engine.keys.waitFor(({ state }) => state === 'disabled_by_user');
      return { engine, signIn, recoveryKey, roomId: sent!.roomId as RoomId };
    }

    it('is demanded on the device that has the backup’s key, and met by switching it on', async () => {
      const managed = new ValueSource(unmanaged);
      const { engine, roomId } = await switchedOff(managed);
      managed.set(required);
      await engine.keys.waitFor(({ demand }) => demand === 'repair');
      expect(engine.keys.value.repair).toBe('switch_on');
      await triesEverything(engine, roomId, 'repair');
      await engine.call('backup.switchOn', {});
      await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
      await engine.call('timeline.send', { roomId, body: 'backed up' });
    });

    it.each(['restore.begin', 'repair.complete'] as const)(
      'is met on another device by its recovery key alone: %s',
      async (call) => {
        const { engine, signIn, recoveryKey, roomId } = await switchedOff(undefined);
        const managed = new ValueSource(required);
        const other = await start({ signIn, managed });
        await other.keys.waitFor(({ demand }) => demand === 'restore');
        await other.call(call, { secret: recoveryKey });
        await other.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
        await other.call('timeline.send', { roomId, body: 'backed up' });
        await engine.keys.waitFor(({ state }) => state === 'ready');
      },
    );
  });
});
