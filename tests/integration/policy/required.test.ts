/** Key backup is required, by the homeserver and by the organisation: every way around it is tried. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallArgs, CallsOf } from '../../../preload/contract';
import type { RoomId } from '../../../preload/model/ids';
import type { KeyDemand } from '../../../preload/model/keys';
import { judge, unmanaged } from '../../../main/policy/managed-policy';
import { PreferenceFile } from '../../../main/preferences/preferences';
import { readStartOptions } from '../../../main/shell/start-options';
import { openProfileStore } from '../../../main/store/profile-store';
import { ValueSource } from '../../../main/topics/value-source';
import {
  removeProfiles,
  startEngine,
  type EngineOptions,
  type TestEngine,
} from '../../support/engine/start-engine';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { clientOf, converse, createEncryptedRoom, send } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';
import { newBackup } from '../keys-faults/elsewhere';

const refused = expect.objectContaining({ code: 'policy_required' });
const running = new Set<TestEngine>();
let strict: Homeserver;
let ada: RegisteredUser;

beforeAll(async () => {
  strict = await startHomeserver({
    config: {
      extra_well_known_client_content: { 'io.element.e2ee': { secure_backup_required: true } },
    },
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([...running].map((engine) => engine.stop()));
  running.clear();
});
afterAll(async () => {
  await removeProfiles();
  await strict.stop();
});

async function start(options: EngineOptions): Promise<TestEngine> {
  const engine = await startEngine(options);
  running.add(engine);
  return engine;
}

/** Signed in, with keys of one message, and nothing set up. */
async function unprotected(
  managed?: EngineOptions['managed'],
): Promise<TestEngine & { room: RoomId }> {
  const homeserver = managed === undefined ? strict : await sharedHomeserver();
  ada = await homeserver.registerUser(uniqueName('ada'));
  const engine = await start({
    signIn: { homeserver, user: ada },
    ...(managed !== undefined && { managed }),
  });
  const [sent] = await converse(engine, 1, 1);
  await engine.call('signOut.risk', {});
  await engine.keys.waitFor(({ state, demand }) => state === 'needs_setup' && demand === 'setup');
  return Object.assign(engine, { room: sent!.roomId as RoomId });
}

async function restart(engine: TestEngine, options: EngineOptions = {}): Promise<TestEngine> {
  running.delete(engine);
  await engine.stop();
  return start({ profile: engine.profile, ...options });
}

/** Whatever would put it off, leave without it, or make keys that nothing holds. */
async function triesEverything(
  engine: TestEngine,
  roomId: RoomId,
  demand: KeyDemand = 'setup',
): Promise<void> {
  const tries: { readonly [Name in CallsOf<'engine'>]?: CallArgs<Name> } = {
    'reminder.snooze': {},
    'timeline.send': { roomId, body: 'not backed up' },
    'timeline.retry': { roomId, itemId: '~1' },
    'signOut.confirm': { acceptLoss: true },
  };
  // Before that, there is no room to send to.
  await engine.engine.session.loaded;
  for (const [name, args] of Object.entries(tries)) {
    await expect(
      engine.call(name as 'reminder.snooze', args as Record<string, never>),
      name,
    ).rejects.toEqual(refused);
  }
  await expect(engine.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
    code: 'keys_pending',
  });
  expect(engine.keys.value.demand).toBe(demand);
}

/** Why a process of its own can't work on the profile; `open` where it could. */
async function inAnotherProcess(profileDir: string): Promise<string> {
  const lock = JSON.stringify(join(profileDir, 'profile.lock'));
  const script = `
    import Database from 'better-sqlite3-multiple-ciphers';
    const database = new Database(${lock}, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
      console.log('open');
    } catch (error) {
      console.log(error.code === 'SQLITE_BUSY' ? 'in_use' : error.code);
    }`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim();
}

const offline: Intercept = () => Promise.reject(new TypeError('no network'));

describe('key backup that the homeserver requires', () => {
  it('can’t be put off, sent past or signed out of', async () => {
    const engine = await unprotected();
    await triesEverything(engine, engine.room);
    // Beginning and leaving the setup is no way either.
    await engine.call('setup.begin', { method: 'key' });
    await engine.call('setup.abandon', {});
    await triesEverything(engine, engine.room);
    expect(engine.account).not.toBeNull();
  });

  it('stays required over a restart, without a connection, and where the server stops saying so', async () => {
    const engine = await unprotected();
    const cut = await restart(engine, { intercept: offline });
    await cut.keys.waitFor(({ demand }) => demand === 'setup');
    await cut.engine.session.loaded;
    await expect(
      cut.call('timeline.send', { roomId: engine.room, body: 'offline' }),
    ).rejects.toEqual(refused);
    await expect(cut.call('reminder.snooze', {})).rejects.toEqual(refused);
    await expect(cut.call('signOut.confirm', { acceptLoss: true })).rejects.toEqual(refused);

    let silenced = cut;
    // The second is what stands in the place of a server that is being maintained.
    for (const status of [502, 404]) {
      silenced = await restart(silenced, {
        intercept: (request, onward) =>
          request.url.pathname.startsWith('/.well-known')
            ? Promise.resolve(matrixError(status, 'M_UNKNOWN'))
            : onward(),
      });
      await silenced.keys.waitFor(({ state }) => state === 'needs_setup');
      await triesEverything(silenced, engine.room);
    }
  });

  it('is not lifted by a snooze that was written into the store', async () => {
    const engine = await unprotected();
    running.delete(engine);
    await engine.stop();
    const store = openProfileStore(engine.profile.dir, engine.profile.storeKey);
    const forever = Date.now() + 9e12;
    store.crypto.records.set('keys.reminder', { userId: ada.userId, snoozedUntil: forever });
    store.close();
    const again = await start({ profile: engine.profile });
    await again.keys.waitFor(({ state }) => state === 'needs_setup');
    expect(again.keys.value.reminder).toEqual({ due: true });
    await triesEverything(again, engine.room);
  });

  it.each([
    ['forward', 400],
    ['back', -400],
  ])('is not lifted by a clock set %s over a restart', async (_way, days) => {
    const engine = await unprotected();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 });
    // What the server said is remembered, however old it seems to be.
    const later = await restart(engine, {
      intercept: (request, onward) =>
        request.url.pathname.startsWith('/.well-known')
          ? Promise.resolve(matrixError(502, 'M_UNKNOWN'))
          : onward(),
    });
    await later.keys.waitFor(({ state }) => state === 'needs_setup');
    expect(later.keys.value.reminder).toEqual({ due: true });
    await triesEverything(later, engine.room);
  });

  it('is not gone around by a second process, nor by a profile of its own', async () => {
    const engine = await unprotected();
    // Not the same process: the lock is the operating system's.
    const second = await inAnotherProcess(engine.profile.dir);
    expect(second).toBe('in_use');
    expect(engine.keys.value.demand).toBe('setup');

    const elsewhere = await start({ signIn: { homeserver: strict, user: ada } });
    await elsewhere.keys.waitFor(({ demand }) => demand === 'setup');
    // Signing out is free there: nothing would be lost with it.
    const message = { roomId: engine.room, body: 'from elsewhere' };
    await expect(elsewhere.call('timeline.send', message)).rejects.toEqual(refused);
    await expect(elsewhere.call('reminder.snooze', {})).rejects.toEqual(refused);
  });

  it('is nothing that a file in the profile or a switch could set', async () => {
    const engine = await unprotected();
    const lifted = {
      keyBackupRequired: false,
      setupRequired: false,
      policy: { mandatory: { keyBackupRequired: false } },
    };
    const text = JSON.stringify(lifted);
    for (const name of ['preferences.json', 'policy.json', '10-mine.json']) {
      await writeFile(join(engine.profile.dir, name), text);
    }
    const preferences = await PreferenceFile.open(engine.profile.dir);
    expect(preferences.source.value).toEqual({ language: null, theme: null });
    const again = await restart(engine);
    await again.keys.waitFor(({ demand }) => demand === 'setup');
    await triesEverything(again, engine.room);

    const switches = ['--key-backup-required=false', '--policy-folder=/tmp', '--setup-required=0'];
    const profileDir = '/home/ada/profile';
    expect(readStartOptions([`--profile=${profileDir}`, ...switches])).toEqual({ profileDir });
  });

  it('is met by setting up, and then everything is open', async () => {
    const engine = await unprotected();
    await setUpByKey(engine);
    await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
    await engine.call('timeline.send', { roomId: engine.room, body: 'backed up' });
  });

  it('is not met by a setup that was cut off before there was a backup, but by completing it', async () => {
    const engine = await unprotected();
    engine.intercept((request, onward) => {
      const makesBackup =
        request.method === 'POST' && request.url.pathname.endsWith('/room_keys/version');
      return makesBackup ? Promise.resolve(matrixError(500, 'M_UNKNOWN')) : onward();
    });
    const { recoveryKey } = await engine.call('setup.begin', { method: 'key' });
    await engine.call('setup.prove', { by: 'text', text: recoveryKey });
    await expect(engine.call('setup.secure', {})).rejects.toMatchObject({ code: 'server_error' });
    const again = await restart(engine);
    await again.keys.waitFor(({ state }) => state === 'secrets_incomplete');
    expect(again.keys.value).toMatchObject({ demand: 'repair', repair: 'complete' });
    await again.call('signOut.risk', {});
    await triesEverything(again, engine.room, 'repair');
    expect(await again.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await again.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
    await again.call('timeline.send', { roomId: engine.room, body: 'backed up' });
  });

  it('can’t be switched off again, without a connection neither', async () => {
    const engine = await unprotected();
    await setUpByKey(engine);
    await engine.keys.waitFor(({ state }) => state === 'ready');
    const written: string[] = [];
    engine.intercept((request, onward) => {
      if (request.method !== 'GET') written.push(request.url.pathname);
      return onward();
    });
    await expect(engine.call('backup.switchOff', {})).rejects.toEqual(refused);
    expect(written.filter((path) => path.includes('/account_data/'))).toEqual([]);
    expect(engine.keys.value.state).toBe('ready');
    const cut = await restart(engine, { intercept: offline });
    await expect(cut.call('backup.switchOff', {})).rejects.toEqual(refused);
  });
});

describe('key backup that the organisation requires', () => {
  const required = judge({
    layers: [{ from: 'a', mandatory: { keyBackupRequired: true }, recommended: {} }],
    problems: [],
  }).policy;

  it('can’t be put off, sent past or signed out of, from the moment it is required', async () => {
    const managed = new ValueSource(unmanaged);
    const homeserver = await sharedHomeserver();
    ada = await homeserver.registerUser(uniqueName('ada'));
    const engine = await start({ signIn: { homeserver, user: ada }, managed });
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
      const homeserver = await sharedHomeserver();
      ada = await homeserver.registerUser(uniqueName('ada'));
      const managed = new ValueSource(required);
      const engine = await start({ signIn: { homeserver, user: ada }, managed });
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
        if (method === 'GET' && isMade) {
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
      expect(engine.keys.value).toMatchObject({ state: 'needs_restore', demand: null });
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
      expect(engine.keys.value).toMatchObject({ state: 'uploading', demand: 'restore' });
      await triesEverything(engine, roomId, 'restore');
      engine.intercept(null);
      await engine.call('keyChange.continue', {});
      await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
      await engine.call('timeline.send', { roomId, body: 'backed up' });
    });
  });

  it('can’t be signed out of without a connection while keys are known to wait for it', async () => {
    const homeserver = await sharedHomeserver();
    ada = await homeserver.registerUser(uniqueName('ada'));
    const managed = new ValueSource(required);
    const engine = await start({ signIn: { homeserver, user: ada }, managed });
    await setUpByKey(engine);
    await engine.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
    engine.intercept(({ method, url }, onward) =>
      method === 'PUT' && url.pathname.endsWith('/room_keys/keys')
        ? Promise.resolve(matrixError(503, 'M_UNKNOWN'))
        : onward(),
    );
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
    ): Promise<{ engine: TestEngine; recoveryKey: string; roomId: RoomId }> {
      const homeserver = await sharedHomeserver();
      ada = await homeserver.registerUser(uniqueName('ada'));
      const engine = await start({
        signIn: { homeserver, user: ada },
        ...(managed !== undefined && { managed }),
      });
      const [sent] = await converse(engine, 1, 1);
      const recoveryKey = await setUpByKey(engine);
      await engine.call('backup.switchOff', {});
      await engine.keys.waitFor(({ state }) => state === 'disabled_by_user');
      return { engine, recoveryKey, roomId: sent!.roomId as RoomId };
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
        const { engine, recoveryKey, roomId } = await switchedOff(undefined);
        const homeserver = await sharedHomeserver();
        const managed = new ValueSource(required);
        const other = await start({ signIn: { homeserver, user: ada }, managed });
        await other.keys.waitFor(({ demand }) => demand === 'restore');
        await other.call(call, { secret: recoveryKey });
        await other.keys.waitFor(({ state, demand }) => state === 'ready' && demand === null);
        await other.call('timeline.send', { roomId, body: 'backed up' });
        await engine.keys.waitFor(({ state }) => state === 'ready');
      },
    );
  });
});
