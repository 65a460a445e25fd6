/** Keys that are sent while nobody of an account is signed in, on a Synapse that has MSC3814. */
import { EventType, MsgType, Preset } from 'matrix-js-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { uniqueName } from '../../support/homeserver/shared';
import { clientOf, readMessage, until, type Sent } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';

const prefix = '/_matrix/client/unstable/org.matrix.msc3814.v1';
const running = new Set<TestEngine>();
let homeserver: Homeserver;

beforeAll(async () => {
  homeserver = await startHomeserver({
    config: { experimental_features: { msc3814_enabled: true } },
  });
});
afterEach(async () => {
  await Promise.all([...running].map((engine) => engine.stop()));
  running.clear();
});
afterAll(async () => {
  await removeProfiles();
  await homeserver.stop();
});

async function signIn(user: RegisteredUser, intercept?: Intercept): Promise<TestEngine> {
  const engine = await startEngine({
    signIn: { homeserver, user },
    ...(intercept === undefined ? {} : { intercept }),
  });
  running.add(engine);
  return engine;
}

interface Pair {
  readonly ada: RegisteredUser;
  readonly recoveryKey: string;
  readonly bob: TestEngine;
  readonly roomId: string;
}

/** Ada has set up key backup, is in an encrypted room with Bob, and has signed out everywhere. */
async function adaIsAway(): Promise<Pair> {
  const ada = await homeserver.registerUser(uniqueName('ada'));
  const bob = await signIn(await homeserver.registerUser(uniqueName('bob')));
  const laptop = await signIn(ada);
  const recoveryKey = await setUpByKey(laptop);
  await dehydratedDevice(laptop);
  const bobs = clientOf(bob);
  const { room_id: roomId } = await bobs.createRoom({
    preset: Preset.PrivateChat,
    invite: [ada.userId],
    initial_state: [
      {
        type: EventType.RoomEncryption,
        state_key: '',
        content: { algorithm: 'm.megolm.v1.aes-sha2' },
      },
    ],
  });
  await until(clientOf(laptop), () => clientOf(laptop).getRoom(roomId) !== null);
  await clientOf(laptop).joinRoom(roomId);
  await until(bobs, () => bobs.getRoom(roomId)?.getMember(ada.userId)?.membership === 'join');
  await laptop.call('signOut.confirm', { acceptLoss: true });
  return { ada, recoveryKey, bob, roomId };
}

async function write({ bob, roomId, ada }: Pair, body: string): Promise<Sent> {
  const client = clientOf(bob);
  // Bob has heard that Ada's laptop is gone, and that there is another device.
  await client.getCrypto()!.getUserDeviceInfo([ada.userId], true);
  const content = { msgtype: MsgType.Text, body } as const;
  const { event_id: eventId } = await client.sendEvent(roomId, EventType.RoomMessage, content);
  return { roomId, eventId, text: body };
}

/** The id of the dehydrated device, once the server has one that is not `other`. */
async function dehydratedDevice(engine: TestEngine, other?: string): Promise<string> {
  let id: string | null = null;
  const isThere = async (): Promise<boolean> => {
    id = await askForDevice(engine);
    return id !== null && id !== other;
  };
  await expect.poll(isThere, { timeout: 20_000 }).toBe(true);
  return String(id);
}

async function askForDevice(engine: TestEngine): Promise<string | null> {
  const { http } = clientOf(engine);
  return http
    .authedRequest<{ device_id: string }>('GET' as never, '/dehydrated_device', {}, undefined, {
      prefix,
    })
    .then(
      ({ device_id: id }) => id,
      () => null,
    );
}

async function readBy(engine: TestEngine, sent: Sent): Promise<void> {
  await expect.poll(() => readMessage(engine, sent), { timeout: 30_000 }).toBe(sent.text);
}

describe('a dehydrated device', () => {
  it('keeps the keys that are sent while the person is signed out everywhere', async () => {
    const pair = await adaIsAway();
    const sent = await write(pair, 'while you were away');

    const phone = await signIn(pair.ada);
    expect(await readMessage(phone, sent)).toBeNull();
    const before = await dehydratedDevice(phone);
    await phone.call('restore.begin', { secret: pair.recoveryKey });
    await readBy(phone, sent);
    // Its keys are used up: another takes its place, signed by the identity.
    await dehydratedDevice(phone, before);
  });

  it('stays until all that was sent to it is here, over a cut and a restart', async () => {
    const pair = await adaIsAway();
    const sent = await write(pair, 'before the cut');
    const replaced: string[] = [];
    let refused = 0;
    const cut: Intercept = async ({ method, url }, onward) => {
      if (method === 'PUT' && url.pathname.endsWith('/dehydrated_device')) replaced.push(url.href);
      if (url.pathname.endsWith('/events') && url.pathname.includes('/dehydrated_device/')) {
        refused += 1;
        return matrixError(500, 'M_UNKNOWN');
      }
      return onward();
    };
    const phone = await signIn(pair.ada, cut);
    const before = await dehydratedDevice(phone);
    await phone.call('restore.begin', { secret: pair.recoveryKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    const attempts = refused + 2;
    // Each asks the server anew; the second attempt begins only when the first has ended.
    await expect
      .poll(
        async () => {
          phone.engine.topics.keys.set({ ...phone.keys.value, encryptedRooms: refused + 100 });
          return refused;
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThanOrEqual(attempts);
    expect(await readMessage(phone, sent)).toBeNull();
    expect(replaced).toEqual([]);

    await phone.stop();
    running.delete(phone);
    const again = await startEngine({ profile: phone.profile });
    running.add(again);
    await readBy(again, sent);
    await dehydratedDevice(again, before);
  });

  it('stays where this account has none of its key, and nothing is replaced', async () => {
    const pair = await adaIsAway();
    const phone = await signIn(pair.ada);
    const before = await dehydratedDevice(phone);
    await phone.keys.waitFor(({ state }) => state === 'needs_restore');
    await phone.call('signOut.risk', {});
    expect(await askForDevice(phone)).toBe(before);
  });
});
