import { createClient } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import type { EndedSession } from '../../../preload/model/ended-session';
import { databaseName } from '../../../main/engine/session/store-names';
import { openKeyFile, parseKeyFile } from '../../../main/key-files/key-file-format';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { clientOf, converse, readMessage, type Sent } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { result } from '../../unit/store/support/indexeddb';

const devices = useDevices();

async function signInAgain(app: TestEngine): Promise<void> {
  const { user } = devices;
  const { baseUrl } = await sharedHomeserver();
  await app.call('signIn.password', { baseUrl, user: user.userId, password: user.password });
}

/** Signs every device of the account out, from one of its own. */
async function signOutEverywhere(): Promise<void> {
  const { user } = devices;
  const { baseUrl } = await sharedHomeserver();
  const anonymous = createClient({ baseUrl });
  const { access_token: accessToken } = await anonymous.loginRequest({
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: user.userId },
    password: user.password,
  });
  const other = createClient({ baseUrl, accessToken, userId: user.userId });
  await other.http.authedRequest('POST' as never, '/logout/all');
}

async function untilEnded(app: TestEngine): Promise<EndedSession> {
  await expect.poll(() => app.account, { timeout: 40_000 }).toBeNull();
  return app.engine.topics.endedSession.value!;
}

/** What the server says of an access token that has run out. */
const expired: Intercept = async ({ url }, onward) =>
  /\/(sync|send)(\/|$)/.test(url.pathname)
    ? Response.json(
        { errcode: 'M_UNKNOWN_TOKEN', error: 'expired', soft_logout: true },
        { status: 401 },
      )
    : onward();

describe('a device that was signed out from elsewhere', () => {
  it('keeps its keys, says so over a restart, and reads all again after signing in', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const { deviceId } = laptop.account!;
    await signOutEverywhere();
    const ended = await untilEnded(laptop);
    expect(ended).toMatchObject({ userId: devices.user.userId, resumable: false, keys: 4 });

    const again = await devices.restart(laptop);
    expect(again.engine.topics.endedSession.value).toEqual(ended);
    const passphrase = 'four camels on a roof';
    const { keys, text } = await again.engine.exportKeys(passphrase);
    expect(keys).toBe(4);
    const file = JSON.parse(await openKeyFile(parseKeyFile(text), passphrase)) as unknown[];
    expect(file).toHaveLength(4);

    await signInAgain(again);
    expect(again.account!.deviceId).not.toBe(deviceId);
    expect(again.engine.topics.endedSession.value).toBeNull();
    await expect.poll(() => again.engine.topics.carryOver.value.step).toBe('done');
    for (const message of sent) expect(await readMessage(again, message)).toBe(message.text);
  });
});

describe('the key file of a session that has ended', () => {
  it('says how many of the keys that were counted are not in it', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 3);
    const old = databaseName(laptop.account!);
    await signOutEverywhere();
    expect(await untilEnded(laptop)).toMatchObject({ keys: 3 });
    await damageOneKey(old);
    const exported = await laptop.engine.exportKeys('four camels on a roof');
    expect(exported).toMatchObject({ keys: 2, unread: 1 });
  });

  it('says so, too, of the device at work', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 3);
    await damageOneKey(databaseName(laptop.account!));
    const exported = await laptop.engine.exportKeys('four camels on a roof');
    expect(exported).toMatchObject({ keys: 2, unread: 1 });
  });
});

/** Leaves a row where a key was that nobody can read any more. */
async function damageOneKey(name: string): Promise<void> {
  const database = await result(globalThis.indexedDB.open(name));
  const rows = database
    .transaction('inbound_group_sessions3', 'readwrite')
    .objectStore('inbound_group_sessions3');
  const [key] = await result(rows.getAllKeys());
  const row: unknown = await result(rows.get(key!));
  await result(rows.put({ ...Object(row), pickled_session: 'damaged' } as object, key));
  database.close();
}

describe('a device that the server put to sleep', () => {
  it('is taken up again after a restart, and what it could not send goes out', async () => {
    const laptop = await devices.signIn();
    const [first] = await converse(laptop, 1, 1);
    const { deviceId } = laptop.account!;
    const roomId = first!.roomId as never;
    laptop.intercept(expired);
    await laptop.call('timeline.send', { roomId, body: 'On its way' }).catch(() => undefined);
    const ended = await untilEnded(laptop);
    expect(ended).toMatchObject({ resumable: true, keys: 1, unsent: 1 });

    const again = await devices.restart(laptop);
    await signInAgain(again);
    expect(again.account!.deviceId).toBe(deviceId);
    await expect
      .poll(() => bodiesIn(again, first!.roomId), { timeout: 20_000 })
      .toContain('On its way');
    expect(await readMessage(again, first!)).toBe(first!.text);
  });

  it('that was deleted meanwhile comes back as a new one that others can write to', async () => {
    const { laptop, deviceId, message } = await deletedMeanwhile();
    await signInAgain(laptop);
    expect(laptop.account!.deviceId).not.toBe(deviceId);
    await expect.poll(() => laptop.engine.topics.carryOver.value.step).toBe('done');
    expect(await readMessage(laptop, message)).toBe(message.text);
    await laptop.connection.waitFor(({ state }) => state === 'online');
    const published = async (): Promise<string[]> => {
      const { userId } = devices.user;
      const { device_keys: keys } = await clientOf(laptop).downloadKeysForUsers([userId]);
      return Object.keys(keys[userId] ?? {});
    };
    await expect.poll(published, { timeout: 20_000 }).toEqual([laptop.account!.deviceId]);
  });

  it('that was deleted meanwhile leaves no device without keys where the server is slow to say so', async () => {
    const { laptop } = await deletedMeanwhile();
    laptop.intercept(failingQueries(2));
    await signInAgain(laptop);
    expect(await devicesOf(laptop)).toEqual([laptop.account!.deviceId]);
  });

  it('that nobody can say whether it was deleted stays, until the next sign-in finds out', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const { deviceId } = laptop.account!;
    laptop.intercept(expired);
    await untilEnded(laptop);
    const deletions: string[] = [];
    laptop.intercept((request, onward) => {
      if (request.url.pathname.includes('/logout')) deletions.push(request.url.pathname);
      return failingQueries(Infinity)(request, onward);
    });
    await expect(signInAgain(laptop)).rejects.toMatchObject({ code: 'server_error' });
    expect(deletions).toEqual([]);

    laptop.intercept(null);
    await signInAgain(laptop);
    expect(laptop.account!.deviceId).toBe(deviceId);
    expect(await devicesOf(laptop)).toEqual([deviceId]);
  });
});

/** A device whose access ran out, and which the person deleted from another one before coming back. */
async function deletedMeanwhile(): Promise<{
  readonly laptop: TestEngine;
  readonly deviceId: string;
  readonly message: Sent;
}> {
  const laptop = await devices.signIn();
  const [message] = await converse(laptop, 1, 1);
  const { deviceId } = laptop.account!;
  laptop.intercept(expired);
  await untilEnded(laptop);
  laptop.intercept(null);
  await signOutEverywhere();
  return { laptop, deviceId, message: message! };
}

/** The first so many times that keys are asked for, the server is in trouble. */
function failingQueries(times: number): Intercept {
  let left = times;
  return async ({ url }, onward) => {
    if (!url.pathname.endsWith('/keys/query') || left <= 0) return onward();
    left -= 1;
    return matrixError(503, 'M_UNKNOWN');
  };
}

async function devicesOf(app: TestEngine): Promise<readonly string[]> {
  const { devices: all } = await clientOf(app).getDevices();
  return all.map(({ device_id: id }) => id);
}

/** What the server has of the room, as this device reads it. */
async function bodiesIn(app: TestEngine, roomId: string): Promise<readonly unknown[]> {
  const client = clientOf(app);
  const { chunk } = await client.createMessagesRequest(roomId, null, 20, 'b' as never);
  const events = chunk.map((raw) => client.getEventMapper()(raw));
  await Promise.all(events.map((event) => client.decryptEventIfNeeded(event)));
  return events.map((event) => event.getContent()['body'] as unknown);
}
