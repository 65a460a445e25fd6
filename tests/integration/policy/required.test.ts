/** The homeserver requires key backup: every way around it is tried. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { PreferenceFile } from '../../../main/preferences/preferences';
import { readStartOptions } from '../../../main/shell/start-options';
import { openProfileStore } from '../../../main/store/profile-store';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { uniqueName } from '../../support/homeserver/shared';
import { converse } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';
import { offline, refused, triesEverything, useEngines } from './engines';

const { start, stop, restart } = useEngines();
let strict: Homeserver;
let ada: RegisteredUser;

beforeAll(async () => {
  strict = await startHomeserver({
    config: {
      extra_well_known_client_content: { 'io.element.e2ee': { secure_backup_required: true } },
    },
  });
});
afterEach(() => void vi.useRealTimers());
afterAll(() => strict.stop());

/** Signed in, with keys of one message, and nothing set up. */
async function unprotected(): Promise<TestEngine & { room: RoomId }> {
  ada = await strict.registerUser(uniqueName('ada'));
  const engine = await start({ signIn: { homeserver: strict, user: ada } });
  const [sent] = await converse(engine, 1, 1);
  await engine.call('signOut.risk', {});
  await engine.keys.waitFor(({ state, demand }) => state === 'needs_setup' && demand === 'setup');
  return Object.assign(engine, { room: sent!.roomId as RoomId });
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
    await stop(engine);
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
