import { MatrixEventEvent, RoomEvent, type MatrixEvent } from 'matrix-js-sdk';
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import type { RoomPerson, RoomTrust } from '../../../preload/model/people';
import type { TestEngine } from '../../support/engine/start-engine';
import { TopicProbe } from '../../support/engine/topic-probe';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device } from '../../support/partner/device';
import { until as whenSynced } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { CollectionProbe } from '../timeline/collection-probe';
import { nextRequest, partnerEmoji, step } from '../verification/parties';

const devices = useDevices();
const probes = new Set<{ stop(): void }>();
let grace: Device;
let henry: Device;

const passwords = new Map<string, string>();

async function person(name: string): Promise<Device> {
  const homeserver = await sharedHomeserver();
  const { userId, password } = await homeserver.registerUser(uniqueName(name));
  passwords.set(userId, password);
  const device = await Device.signIn({ baseUrl: homeserver.baseUrl, user: userId, password });
  await device.crossSign(password);
  return device;
}

beforeEach(async () => {
  [grace, henry] = [await person('grace'), await person('henry')];
});
afterEach(() => {
  for (const probe of probes) probe.stop();
  probes.clear();
  grace.stop();
  henry.stop();
});

/** A room of three, on a device that is verified itself. */
async function roomOfThree(): Promise<{ laptop: TestEngine; roomId: RoomId }> {
  const laptop = await devices.signIn();
  await setUpByKey(laptop);
  const roomId = await grace.createRoom({ invite: [devices.user.userId, henry.userId] });
  await henry.join(roomId);
  const { client } = laptop.engine.session;
  await client.joinRoom(roomId);
  await whenSynced(client, () => client.getRoom(roomId)?.getJoinedMemberCount() === 3);
  for (const { userId } of [grace, henry]) {
    await client.getCrypto()!.userHasCrossSigningKeys(userId, true);
  }
  return { laptop, roomId: roomId as RoomId };
}

function trustIn({ engine }: TestEngine, roomId: RoomId): TopicProbe<RoomTrust> {
  const probe = new TopicProbe('roomTrust', engine.session.people.roomTrust(roomId));
  probes.add(probe);
  return probe;
}

const send = (laptop: TestEngine, roomId: RoomId, body: string): Promise<void> =>
  laptop.call('timeline.send', { roomId, body });

/** Why the device can't read the newest message of somebody else that it can't read. */
async function failureOn(device: Device, roomId: string): Promise<string | null> {
  const failed = (): MatrixEvent | undefined =>
    device.client
      .getRoom(roomId)
      ?.getLiveTimeline()
      .getEvents()
      .findLast((event) => event.isDecryptionFailure());
  const withheld = DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE;
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = (): void => {
    const event = failed();
    if (event?.decryptionFailureReason === withheld) resolve();
    else if (event !== undefined) {
      // The word that the key is withheld may come after the message.
      void event.attemptDecryption(device.client.getCrypto() as never, { isRetry: true });
    }
  };
  device.client.on(MatrixEventEvent.Decrypted, check);
  const again = setInterval(check, 200);
  check();
  await promise.finally(() => {
    clearInterval(again);
    device.client.off(MatrixEventEvent.Decrypted, check);
  });
  return failed()?.decryptionFailureReason ?? null;
}

/** Takes every invitation, as somebody does who expects one. */
function joinInvitations({ client }: Device): void {
  client.on(RoomEvent.MyMembership, (room, membership) => {
    if (membership === 'invite') void client.joinRoom(room.roomId);
  });
}

/** In a conversation with them alone, which this begins. */
async function verify(laptop: TestEngine, partner: Device): Promise<void> {
  joinInvitations(partner);
  const asked = nextRequest(partner);
  await laptop.call('verification.requestPerson', { userId: partner.userId });
  const request = await asked;
  await request.accept();
  await step(laptop, 'ready');
  await laptop.call('verification.useEmoji', {});
  const sas = await partnerEmoji(request);
  await step(laptop, 'emoji');
  await sas.confirm();
  await laptop.call('verification.emojiMatch', {});
  await step(laptop, 'done');
  await laptop.call('verification.dismiss', {});
}

describe('messages to verified devices alone', () => {
  it('reach who is verified, and tell the others why they can’t read them', async () => {
    const { laptop, roomId } = await roomOfThree();
    const trust = trustIn(laptop, roomId);
    await trust.waitFor(({ leftOut }) => leftOut.people === 0);
    await send(laptop, roomId, 'for everyone');
    await Promise.all([grace, henry].map((device) => device.hears(roomId, 'for everyone')));

    await verify(laptop, grace);
    await laptop.call('verifiedOnly.inRoom', { roomId, on: true });
    // Grace's device and identity become known as verified one after the other.
    const limited = await trust.waitFor(
      ({ verifiedOnly, leftOut }) => verifiedOnly.here && leftOut.people === 1,
    );
    expect(limited).toMatchObject({
      leftOut: { people: 1, devices: 1 },
      verifiedOnly: { everywhere: false },
    });
    await send(laptop, roomId, 'for Grace alone');
    await grace.hears(roomId, 'for Grace alone');
    expect(await failureOn(henry, roomId)).toBe('MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE');

    await laptop.call('verifiedOnly.inRoom', { roomId, on: false });
    await trust.waitFor(({ leftOut }) => leftOut.people === 0);
    await send(laptop, roomId, 'for everyone again');
    await henry.hears(roomId, 'for everyone again');
  });

  it('are chosen for all rooms at once, and stay so over a restart', async () => {
    const { laptop, roomId } = await roomOfThree();
    await laptop.call('verifiedOnly.everywhere', { on: true });
    const again = await devices.restart(laptop);
    expect(again.engine.topics.verifiedOnly.value).toEqual({ everywhere: true });
    const { client } = again.engine.session;
    await whenSynced(client, () => client.getRoom(roomId) !== null);
    const trust = trustIn(again, roomId);
    const { leftOut, verifiedOnly } = await trust.waitFor(({ leftOut: out }) => out.people > 0);
    expect(verifiedOnly).toEqual({ everywhere: true, here: false });
    expect(leftOut).toEqual({ people: 2, devices: 2 });
    await send(again, roomId, 'to nobody else');
    expect(await failureOn(grace, roomId)).toBe('MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE');
  });
});

describe('the people in a room', () => {
  it('are named with what they may do and what their keys say', async () => {
    const { laptop, roomId } = await roomOfThree();
    const people = new CollectionProbe<RoomPerson>(
      'people',
      laptop.engine.session.rooms.people(roomId),
    );
    probes.add(people);
    await people.waitFor(({ items }) => items.length === 3);
    expect(people.get(devices.user.userId)).toMatchObject({ trust: 'self', role: 'member' });
    expect(people.get(grace.userId)).toMatchObject({ trust: 'unverified', role: 'admin' });

    const trust = trustIn(laptop, roomId);
    await verify(laptop, grace);
    await people.waitFor((probe) => probe.get(grace.userId)?.trust === 'verified');
    expect(trust.value.allVerified).toBe(false);
    await verify(laptop, henry);
    await trust.waitFor(({ allVerified }) => allVerified);

    // Whoever has the password can add a device; only its owner can confirm it.
    const { baseUrl } = await sharedHomeserver();
    const added = await Device.signIn({
      baseUrl,
      user: henry.userId,
      password: passwords.get(henry.userId)!,
    });
    probes.add(added);
    await people.waitFor((probe) => probe.get(henry.userId)?.unconfirmedDevices === 1);
    expect(people.get(henry.userId)?.trust).toBe('verified');
    await trust.waitFor(({ allVerified }) => !allVerified);
  });
});
