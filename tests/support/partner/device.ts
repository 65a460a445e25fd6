/** A second real Matrix device, with keys of its own in memory: the other end of a conversation. */
import '../../../main/engine/session/silence-sdk';
import {
  ClientEvent,
  createClient,
  EventType,
  MatrixEventEvent,
  Preset,
  RoomEvent,
  SyncState,
  Visibility,
  type MatrixClient,
  type EmittedEvents,
  type MatrixEvent,
  type Room,
} from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { silentLogger } from '../../../main/engine/silent-logger';

export interface Credentials {
  readonly baseUrl: string;
  /** A localpart or a whole user id. */
  readonly user: string;
  readonly password: string;
}

export interface RoomOptions {
  readonly name?: string;
  readonly topic?: string;
  readonly invite?: readonly string[];
  readonly direct?: boolean;
  readonly encrypted?: boolean;
}

/** Milliseconds after which a condition counts as not met. */
const patienceMs = 45_000;

export class Device implements AsyncDisposable {
  private constructor(readonly client: MatrixClient) {}

  /** Signs in as a new device and syncs. */
  static async signIn({ baseUrl, user, password }: Credentials, name = 'Partner'): Promise<Device> {
    const login = await createClient({ baseUrl, logger: silentLogger }).loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user },
      password,
      initial_device_display_name: name,
    });
    const client = createClient({
      baseUrl,
      userId: login.user_id,
      deviceId: login.device_id,
      accessToken: login.access_token,
      logger: silentLogger,
      timelineSupport: true,
      disableVoip: true,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    const device = new Device(client);
    const synced = device.#once(() => client.getSyncState() === SyncState.Syncing);
    await client.startClient({ initialSyncLimit: 50 });
    await synced;
    return device;
  }

  get userId(): string {
    return this.client.getSafeUserId();
  }

  /** Signs this device with an identity of its own, so that others need not warn about it. */
  async crossSign(password: string): Promise<void> {
    await this.client.getCrypto()?.bootstrapCrossSigning({
      setupNewCrossSigning: true,
      authUploadDeviceSigningKeys: async (request) => {
        await request({
          type: 'm.login.password',
          identifier: { type: 'm.id.user', user: this.userId },
          password,
        });
      },
    });
  }

  async createRoom(options: RoomOptions = {}): Promise<string> {
    const { encrypted = true, direct = false, invite = [] } = options;
    const { room_id: roomId } = await this.client.createRoom({
      visibility: Visibility.Private,
      preset: direct ? Preset.TrustedPrivateChat : Preset.PrivateChat,
      is_direct: direct,
      invite: [...invite],
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.topic === undefined ? {} : { topic: options.topic }),
      initial_state: encrypted
        ? [
            {
              type: EventType.RoomEncryption,
              state_key: '',
              content: { algorithm: 'm.megolm.v1.aes-sha2' },
            },
          ]
        : [],
    });
    const room = await this.room(roomId);
    // The room's state may come in several syncs; a message sent in between would go out in the clear.
    await this.#once(() => room.hasEncryptionStateEvent() === encrypted);
    return roomId;
  }

  /** The room, once this device knows it. */
  async room(roomId: string): Promise<Room> {
    await this.#once(() => this.client.getRoom(roomId)?.getMember(this.userId) != null);
    const room = this.client.getRoom(roomId);
    if (room === null) throw new Error('The room was there a moment ago');
    return room;
  }

  async join(roomId: string): Promise<void> {
    await this.room(roomId);
    await this.client.joinRoom(roomId);
    await this.#joined(roomId, this.userId);
  }

  /**
   * Waits until somebody is in a room, as this device sees it, with a device to encrypt for: the SDK
   * waits for their devices only a while, and sends without a key for them then.
   */
  async member(roomId: string, userId: string): Promise<void> {
    await this.#joined(roomId, userId);
    await this.#knows(userId, (devices) => devices.size > 0);
  }

  /** Waits until a room is as expected, as this device sees it. */
  async sees(roomId: string, holds: (room: Room) => boolean): Promise<void> {
    const room = await this.room(roomId);
    await this.#once(() => holds(room));
  }

  /** Waits until this device knows a device of `userId` to encrypt for. */
  async knowsDeviceOf(userId: string, deviceId: string): Promise<void> {
    await this.#knows(userId, (devices) => devices.has(deviceId));
  }

  /** Waits until this device knows that `userId` has no device any more. */
  async forgetsDevicesOf(userId: string): Promise<void> {
    await this.#knows(userId, (devices) => devices.size === 0);
  }

  /** The id of the event sent. */
  async say(roomId: string, body: string): Promise<string> {
    const { event_id: eventId } = await this.client.sendTextMessage(roomId, body);
    return eventId;
  }

  /** The decrypted event of a message with this body, once it is here. */
  async hears(roomId: string, body: string): Promise<MatrixEvent> {
    const find = (): MatrixEvent | undefined =>
      this.client
        .getRoom(roomId)
        ?.getLiveTimeline()
        .getEvents()
        .find((event) => {
          if (event.shouldAttemptDecryption()) void this.client.decryptEventIfNeeded(event);
          return event.getContent()['body'] === body;
        });
    await this.#once(() => find() !== undefined);
    const event = find();
    if (event === undefined) throw new Error('The message was there a moment ago');
    return event;
  }

  async signOut(): Promise<void> {
    this.client.stopClient();
    await this.client.logout(true);
  }

  stop(): void {
    this.client.stopClient();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    return Promise.resolve();
  }

  async #joined(roomId: string, userId: string): Promise<void> {
    await this.#once(() => this.client.getRoom(roomId)?.getMember(userId)?.membership === 'join');
  }

  /** Asks the server for the devices of `userId` until `holds`, whenever something came of them. */
  async #knows(
    userId: string,
    holds: (devices: ReadonlyMap<string, unknown>) => boolean,
  ): Promise<void> {
    const crypto = this.client.getCrypto();
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const known = await crypto?.getUserDeviceInfo([userId], true);
      if (holds(known?.get(userId) ?? new Map())) return;
      await this.#next([ClientEvent.Sync, CryptoEvent.DevicesUpdated]);
    }
    throw new Error(`Waited in vain for the devices of ${userId}`);
  }

  async #next(events: readonly EmittedEvents[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const happened = (): void => resolve();
    for (const event of events) this.client.on(event, happened);
    await promise.finally(() => {
      for (const event of events) this.client.off(event, happened);
    });
  }

  /** Resolves once `holds`, looked at whenever something happened. */
  async #once(holds: () => boolean): Promise<void> {
    if (holds()) return;
    const { client } = this;
    const waitedInVain = new Error('Waited in vain for the homeserver');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = (): void => {
      if (holds()) resolve();
    };
    const timer = setTimeout(() => {
      reject(waitedInVain);
    }, patienceMs);
    const events = [ClientEvent.Sync, RoomEvent.Timeline, MatrixEventEvent.Decrypted] as const;
    for (const event of events) client.on(event, check);
    await promise.finally(() => {
      clearTimeout(timer);
      for (const event of events) client.off(event, check);
    });
  }
}
