import {
  DeviceId,
  KeysUploadRequest,
  OlmMachine,
  UserId as MatrixUserId,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { VerificationPhase } from 'matrix-js-sdk/lib/crypto-api/verification.js';
import { VerificationMethod } from 'matrix-js-sdk/lib/types.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RustVerificationRequest } from 'matrix-js-sdk/lib/rust-crypto/verification.js';
import { markDirect } from '../../../main/engine/rooms/direct-rooms';
import { qrModules } from '../../../main/engine/verification/qr-modules';
import type { RoomId, UserId } from '../../../preload/model/ids';
import type { RoomTrust } from '../../../preload/model/people';
import type { Intercept } from '../../support/engine/test-fetch';
import type { TestEngine } from '../../support/engine/start-engine';
import { TopicProbe } from '../../support/engine/topic-probe';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device } from '../../support/partner/device';
import { until as whenSynced } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { inPhase, nextRequest, partnerEmoji, step, until } from './parties';

const devices = useDevices();
let partner: Device;
let password: string;

beforeEach(async () => {
  const homeserver = await sharedHomeserver();
  const user = await homeserver.registerUser(uniqueName('grace'));
  ({ password } = user);
  partner = await Device.signIn({
    baseUrl: homeserver.baseUrl,
    user: user.userId,
    password: user.password,
  });
  await partner.crossSign(user.password);
});
afterEach(() => partner.stop());

const partnerId = (): UserId => partner.userId as UserId;

async function withConversation(
  intercept: Intercept | null = null,
): Promise<{ laptop: TestEngine; roomId: string }> {
  const laptop = await devices.signIn();
  await setUpByKey(laptop);
  laptop.intercept(intercept);
  const roomId = await partner.createRoom({ direct: true, invite: [devices.user.userId] });
  const { client } = laptop.engine.session;
  await client.joinRoom(roomId);
  await markDirect(client, roomId, partner.userId);
  await partner.member(roomId, devices.user.userId);
  await client.getCrypto()!.userHasCrossSigningKeys(partner.userId, true);
  await whenSynced(client, () => client.getRoom(roomId)?.getMember(partner.userId) != null);
  return { laptop, roomId };
}

const trusts = async ({ engine }: TestEngine): Promise<boolean> =>
  (
    await engine.session.client.getCrypto()!.getUserVerificationStatus(partner.userId)
  ).isCrossSigningVerified();

describe('verifying another person', () => {
  it('asked here, by emoji, makes them verified', async () => {
    const { laptop } = await withConversation();
    const asked = nextRequest(partner);
    await laptop.call('verification.requestPerson', { userId: partnerId() });
    const request = await asked;
    await request.accept();
    await step(laptop, 'ready');
    await laptop.call('verification.useEmoji', {});
    const sas = await partnerEmoji(request);
    const { emoji, with: other } = await step(laptop, 'emoji');
    expect(emoji.map(({ symbol }) => symbol)).toEqual(sas.sas.emoji!.map(([symbol]) => symbol));
    expect(other).toMatchObject({ kind: 'person', userId: partner.userId });
    await sas.confirm();
    await laptop.call('verification.emojiMatch', {});
    await step(laptop, 'done');
    await vi.waitFor(async () => expect(await trusts(laptop)).toBe(true), { timeout: 15_000 });
  });

  it('asked by them, ends as a mismatch where they see other emoji', async () => {
    const { laptop, roomId } = await withConversation();
    const crypto = partner.client.getCrypto()!;
    await crypto.userHasCrossSigningKeys(devices.user.userId, true);
    const request = await crypto.requestVerificationDM(devices.user.userId, roomId);
    expect(await step(laptop, 'incoming')).toMatchObject({
      with: { kind: 'person', userId: partner.userId },
    });
    await laptop.call('verification.accept', {});
    await Promise.all([until(request, inPhase(VerificationPhase.Ready)), step(laptop, 'ready')]);
    await request.startVerification(VerificationMethod.Sas);
    const sas = await partnerEmoji(request);
    await step(laptop, 'emoji');
    sas.mismatch();
    expect(await step(laptop, 'cancelled')).toMatchObject({ reason: 'mismatch' });
    expect(await trusts(laptop)).toBe(false);
  });

  it('shows our code, and asks whether the scan was theirs', async () => {
    const { laptop } = await withConversation();
    const asked = nextRequest(partner);
    const drawn = vi.spyOn(RustVerificationRequest.prototype, 'generateQRCode');
    await laptop.call('verification.requestPerson', { userId: partnerId() });
    const request = await asked;
    await request.accept();
    const { code } = await step(laptop, 'ready');
    const bytes = (await drawn.mock.results[0]!.value) as Uint8ClampedArray;
    drawn.mockRestore();
    expect(code).toEqual(qrModules(bytes));
    const scanned = await request.scanQRCode(bytes);
    void scanned.verify().catch(() => undefined);
    await step(laptop, 'scanned');
    await laptop.call('verification.qrSeen', { seen: true });
    await step(laptop, 'done');
    await vi.waitFor(async () => expect(await trusts(laptop)).toBe(true), { timeout: 15_000 });
  });

  it('is refused until this device is verified itself', async () => {
    const laptop = await devices.signIn();
    const ask = laptop.call('verification.requestPerson', { userId: partnerId() });
    await expect(ask).rejects.toMatchObject({ code: 'verify_own_first' });
  });

  it('is cancelled where one of their devices poses as their signing key', async () => {
    const masterKey = (await partner.client.getCrypto()!.getCrossSigningKeyId())!;
    const posing = await deviceNamed(partner.userId, masterKey);
    // What only a homeserver can do, and a careful one does not.
    const { laptop } = await withConversation(async ({ url }, onward) => {
      const answer = await onward();
      if (!url.pathname.endsWith('/keys/query')) return answer;
      const keys = (await answer.json()) as KeysOfUsers;
      const known = keys.device_keys[partner.userId];
      if (known !== undefined) known[masterKey] = posing;
      return Response.json(keys);
    });
    const crypto = laptop.engine.session.client.getCrypto()!;
    const seen = await crypto.getUserDeviceInfo([partner.userId], true);
    expect(seen.get(partner.userId)?.has(masterKey)).toBe(true);
    const asked = nextRequest(partner);
    await laptop.call('verification.requestPerson', { userId: partnerId() });
    await (await asked).accept();
    expect(await step(laptop, 'cancelled')).toMatchObject({ reason: 'key_mismatch' });
    expect(laptop.verification.history.map((state) => state.step)).not.toContain('ready');
    expect(await trusts(laptop)).toBe(false);
  });
});

interface KeysOfUsers {
  readonly device_keys: Record<string, Record<string, unknown>>;
}

/** Keys of a device with this name, signed as they should be. */
async function deviceNamed(userId: string, deviceId: string): Promise<unknown> {
  const machine = await OlmMachine.initialize(new MatrixUserId(userId), new DeviceId(deviceId));
  try {
    const upload = (await machine.outgoingRequests()).find(
      (request) => request instanceof KeysUploadRequest,
    );
    return (JSON.parse(upload!.body) as { device_keys: unknown }).device_keys;
  } finally {
    machine.close();
  }
}

describe('a person whose identity changes', () => {
  async function send(laptop: TestEngine, roomId: RoomId): Promise<void> {
    await laptop.call('timeline.send', { roomId, body: 'The exam is on Friday.' });
  }

  function watchTrust(laptop: TestEngine, roomId: RoomId): TopicProbe<RoomTrust> {
    return new TopicProbe('roomTrust', laptop.engine.session.people.roomTrust(roomId));
  }

  it('is shown before the next message is sent, and sending waits for a word', async () => {
    const { laptop, roomId } = await withConversation();
    const room = roomId as RoomId;
    const trust = watchTrust(laptop, room);
    await trust.waitFor(({ person }) => person?.trust === 'unverified');
    await send(laptop, room);

    await partner.crossSign(password);
    const { changed } = await trust.waitFor((value) => value.changed.length > 0);
    expect(changed).toMatchObject([{ userId: partner.userId, wasVerified: false }]);
    await expect(send(laptop, room)).rejects.toMatchObject({ code: 'identity_changed' });

    await laptop.call('people.acceptIdentity', { userId: partnerId() });
    await trust.waitFor((value) => value.changed.length === 0);
    await send(laptop, room);
    trust.stop();
  });

  it('weighs more where they had been verified', async () => {
    const { laptop, roomId } = await withConversation();
    const room = roomId as RoomId;
    const trust = watchTrust(laptop, room);
    const asked = nextRequest(partner);
    await laptop.call('verification.requestPerson', { userId: partnerId() });
    const request = await asked;
    await request.accept();
    await step(laptop, 'ready');
    await laptop.call('verification.useEmoji', {});
    const sas = await partnerEmoji(request);
    await step(laptop, 'emoji');
    await sas.confirm();
    await laptop.call('verification.emojiMatch', {});
    await trust.waitFor(({ person }) => person?.trust === 'verified');

    await partner.crossSign(password);
    const { changed } = await trust.waitFor((value) => value.changed.length > 0);
    expect(changed).toMatchObject([{ wasVerified: true }]);
    await expect(send(laptop, room)).rejects.toMatchObject({ code: 'identity_changed' });
    await laptop.call('people.acceptIdentity', { userId: partnerId() });
    await trust.waitFor((value) => value.changed.length === 0);
    await send(laptop, room);
    trust.stop();
  });
});
