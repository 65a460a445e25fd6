/**
 * The other people of the demo: real accounts on real devices, who set up rooms with history,
 * invite the demo's account and answer what it says.
 *
 * Keys of encrypted messages go only to devices that exist when a message is sent. So the rooms are
 * made and joined first, a few messages are sent that no device of the account can ever read (the
 * app says why), and the rest of the history follows when the account's first device shows up.
 */
import {
  EventType,
  KnownMembership,
  MatrixEventEvent,
  MsgType,
  RoomEvent,
  RoomStateEvent,
  type MatrixEvent,
} from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { Device } from './device';
import { replyTo } from './replies';
import { minutes, stories, type Story, type StoryRoom } from './story';

export interface PartnerAccount {
  /** A localpart or a whole user id. */
  readonly user: string;
  readonly password: string;
  readonly displayName?: string | undefined;
}

export interface PartnerOptions {
  readonly baseUrl: string;
  /** The language they write in; English by default. */
  readonly language?: 'en' | 'de' | undefined;
  /** The account the app signs in with. Here it only joins its rooms; that device is signed out. */
  readonly user: PartnerAccount;
  /** One at least. */
  readonly partners: readonly [PartnerAccount, ...PartnerAccount[]];
  /** Messages added in front of the seminar's history, for paging back; none by default. */
  readonly minutes?: number | undefined;
  /** Milliseconds before an answer, in which the partner is seen typing; 0 by default. */
  readonly thinkMs?: number | undefined;
  readonly onEvent?: ((event: PartnerEvent) => void) | undefined;
}

export type PartnerEvent =
  | { readonly event: 'seeded'; readonly rooms: SeededRooms }
  /** The account's first device is there. */
  | { readonly event: 'device_seen'; readonly deviceId: string }
  | { readonly event: 'history_sent'; readonly messages: number }
  | { readonly event: 'answered'; readonly roomId: string; readonly body: string }
  | { readonly event: 'failed'; readonly message: string };

/** Room ids. */
export type SeededRooms = Readonly<Record<StoryRoom['key'] | 'invitation', string>>;

export interface Partner extends AsyncDisposable {
  /** The device of the first of the partners. */
  readonly lead: Device;
  readonly rooms: SeededRooms;
  /** Resolves when the history for the account's first device is sent. */
  readonly historySent: Promise<void>;
  stop(): Promise<void>;
}

/** Seeds the rooms, then keeps answering until stopped. */
export async function seedAndAnswer(options: PartnerOptions): Promise<Partner> {
  const devices = await signInPartners(options);
  const { rooms, userId } = await seed(options, devices);
  options.onEvent?.({ event: 'seeded', rooms });

  const [lead] = devices;
  const history = Promise.withResolvers<void>();
  const stopped = new AbortController();
  const failed = (error: unknown): void => {
    if (stopped.signal.aborted) return;
    options.onEvent?.({
      event: 'failed',
      message: error instanceof Error ? error.message : String(error),
    });
  };
  // Told by its event; whoever waits for the history is told as well.
  history.promise.catch(() => undefined);
  firstDeviceOf(userId, lead)
    .then(async (deviceId) => {
      options.onEvent?.({ event: 'device_seen', deviceId });
      const messages = await tellHistory(options, devices, rooms, deviceId, userId);
      options.onEvent?.({ event: 'history_sent', messages });
      history.resolve();
      answerTo(userId, lead, options, failed);
    })
    .catch((error: unknown) => {
      failed(error);
      history.reject(error);
    });
  welcome(userId, lead, rooms.invitation, storyOf(options).invitation.welcome, failed);

  const stop = (): Promise<void> => {
    stopped.abort();
    for (const device of devices) device.stop();
    return Promise.resolve();
  };
  return { lead, rooms, historySent: history.promise, stop, [Symbol.asyncDispose]: stop };
}

type Devices = readonly [Device, ...Device[]];

const storyOf = ({ language = 'en' }: PartnerOptions): Story => stories[language];

async function signInPartners(options: PartnerOptions): Promise<Devices> {
  const { baseUrl, partners } = options;
  const { computer } = storyOf(options);
  const signedIn = await Promise.all(
    partners.map(async ({ user, password, displayName }) => {
      const device = await Device.signIn({ baseUrl, user, password }, computer);
      if (displayName !== undefined) await device.client.setDisplayName(displayName);
      await device.crossSign(password);
      return device;
    }),
  );
  const [lead, ...others] = signedIn;
  if (lead === undefined) throw new Error('A conversation needs a partner');
  return [lead, ...others];
}

async function seed(
  options: PartnerOptions,
  [lead, ...others]: Devices,
): Promise<{ readonly rooms: SeededRooms; readonly userId: string }> {
  const { baseUrl, user } = options;
  const { rooms: story, invitation } = storyOf(options);
  const visitor = await Device.signIn(
    { baseUrl, user: user.user, password: user.password },
    'Seed',
  );
  const { userId } = visitor;
  if (user.displayName !== undefined) await visitor.client.setDisplayName(user.displayName);

  const rooms = new Map<string, string>();
  for (const { key, name, topic } of story) {
    const direct = key === 'direct';
    const colleagues = direct ? [] : others;
    const roomId = await lead.createRoom({
      invite: [userId, ...colleagues.map((device) => device.userId)],
      direct,
      ...(name === null ? {} : { name }),
      ...(topic === null ? {} : { topic }),
    });
    for (const device of [visitor, ...colleagues]) await device.join(roomId);
    await lead.member(roomId, userId);
    rooms.set(key, roomId);
  }
  await visitor.client.setAccountData(EventType.Direct, {
    [lead.userId]: [rooms.get('direct') ?? ''],
  });
  await visitor.signOut();
  await lead.forgetsDevicesOf(userId);

  for (const { key, before } of story) {
    for (const body of before) await lead.say(rooms.get(key) ?? '', body);
  }
  const invited = await lead.createRoom({
    name: invitation.name,
    topic: invitation.topic,
    invite: [userId],
  });
  const roomOf = (key: StoryRoom['key']): string => rooms.get(key) ?? '';
  return {
    userId,
    rooms: {
      seminar: roomOf('seminar'),
      coffee: roomOf('coffee'),
      direct: roomOf('direct'),
      invitation: invited,
    },
  };
}

/** The id of the first device of the account that can receive keys. */
async function firstDeviceOf(userId: string, { client }: Device): Promise<string> {
  const crypto = client.getCrypto();
  const look = async (): Promise<string | undefined> => {
    const devices = await crypto?.getUserDeviceInfo([userId], true);
    return devices?.get(userId)?.keys().next().value;
  };
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const check = (): void => {
    look().then((deviceId) => {
      if (deviceId !== undefined) resolve(deviceId);
    }, reject);
  };
  client.on(CryptoEvent.DevicesUpdated, check);
  check();
  return promise.finally(() => client.off(CryptoEvent.DevicesUpdated, check));
}

async function tellHistory(
  options: PartnerOptions,
  devices: Devices,
  rooms: SeededRooms,
  deviceId: string,
  userId: string,
): Promise<number> {
  await Promise.all(devices.map((device) => device.knowsDeviceOf(userId, deviceId)));
  let messages = 0;
  for (const { key, after } of storyOf(options).rooms) {
    const inFront = key === 'seminar' ? minutes(options.minutes ?? 0) : [];
    for (const { by, body } of [...inFront, ...after]) {
      const speaker = key === 'direct' ? devices[0] : (devices[by % devices.length] ?? devices[0]);
      await speaker.say(rooms[key], body);
      messages++;
    }
  }
  return messages;
}

function answerTo(
  userId: string,
  { client }: Device,
  { thinkMs = 0, onEvent }: PartnerOptions,
  failed: (error: unknown) => void,
): void {
  const since = Date.now();
  const answered = new Set<string>();
  const answer = async (roomId: string, body: string): Promise<void> => {
    if (thinkMs > 0) {
      await client.sendTyping(roomId, true, thinkMs + 1000);
      await new Promise((resolve) => setTimeout(resolve, thinkMs));
      await client.sendTyping(roomId, false, 0);
    }
    const reply = replyTo(body, answered.size - 1);
    await client.sendTextMessage(roomId, reply);
    onEvent?.({ event: 'answered', roomId, body: reply });
  };
  const listen = (event: MatrixEvent): void => {
    if (event.shouldAttemptDecryption()) void client.decryptEventIfNeeded(event);
    const { msgtype, body }: Record<string, unknown> = event.getContent();
    const [eventId, roomId] = [event.getId(), event.getRoomId()];
    if (event.getSender() !== userId || event.getTs() < since || msgtype !== MsgType.Text) return;
    if (typeof body !== 'string' || eventId === undefined || roomId === undefined) return;
    if (answered.has(eventId)) return;
    answered.add(eventId);
    answer(roomId, body).catch(failed);
  };
  client.on(RoomEvent.Timeline, listen);
  client.on(MatrixEventEvent.Decrypted, listen);
}

/** Greets the account in the room it was invited to. */
function welcome(
  userId: string,
  device: Device,
  roomId: string,
  greeting: string,
  failed: (error: unknown) => void,
): void {
  const { client } = device;
  const greet = (event: MatrixEvent): void => {
    const joined =
      event.getRoomId() === roomId &&
      event.getStateKey() === userId &&
      event.getContent()['membership'] === KnownMembership.Join;
    if (!joined) return;
    client.off(RoomStateEvent.Events, greet);
    device.say(roomId, greeting).catch(failed);
  };
  client.on(RoomStateEvent.Events, greet);
}
