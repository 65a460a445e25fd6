import {
  ClientEvent,
  MatrixEventEvent,
  RoomEvent,
  RoomMemberEvent,
  type MatrixEvent,
  type Room,
} from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import { CryptoEvent, type CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { CollectionPatch } from '../../../preload/contract';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem, TimelineStatus } from '../../../preload/model/rooms';
import { HoldfastError } from '../../holdfast-error';
import type { Source } from '../../topics/source';
import type { AccountContext } from '../account-context';
import { listen } from '../sync/listen';
import { requestError } from '../session/request-error';
import { requireRoom } from '../session/require-room';
import { Outbox } from './outbox';
import { RoomTimeline } from './room-timeline';
import type { SendConditions } from './send-gate';
import { Shields } from './shields';

interface Watched {
  readonly timeline: RoomTimeline;
  readonly leave: () => void;
  watchers: number;
}

/** The timelines that windows are watching. What nobody watches is let go. */
export class Timelines {
  readonly #context: AccountContext;
  readonly #watched = new Map<string, Watched>();
  readonly #crypto: CryptoApi & CryptoBackend;
  readonly #shields: Shields;
  readonly #outbox: Outbox;

  /** @param conditions looked at before anything is encrypted */
  constructor(context: AccountContext, conditions: SendConditions) {
    const crypto = context.client.getCrypto();
    if (crypto === undefined) throw new HoldfastError('not_ready', 'Encryption is not started');
    // One object behind both interfaces: the SDK hands it out as the narrower one.
    this.#crypto = crypto as CryptoApi & CryptoBackend;
    this.#context = context;
    this.#outbox = new Outbox(context, conditions);
    this.#shields = new Shields(crypto, (event) => {
      this.#touch(event.getRoomId());
    });
    this.#follow();
  }

  items(roomId: RoomId): Source<CollectionPatch<TimelineItem>> {
    return {
      subscribe: (listener) => this.#watch(roomId, ({ items }) => items.subscribe(listener)),
    };
  }

  status(roomId: RoomId): Source<TimelineStatus> {
    return {
      subscribe: (listener) => this.#watch(roomId, ({ status }) => status.subscribe(listener)),
    };
  }

  /** @throws {HoldfastError} what the network or the server says */
  async loadOlder(roomId: RoomId): Promise<void> {
    try {
      await this.#watched.get(roomId)?.timeline.loadOlder();
    } catch (error) {
      throw requestError(error);
    }
  }

  /** Tries what can't be read once more; settles when every message was tried. */
  async lookAgain(roomId: RoomId): Promise<void> {
    await this.#watched.get(roomId)?.timeline.decryptAgain(this.#crypto);
  }

  async send(roomId: RoomId, body: string): Promise<void> {
    const room = requireRoom(this.#context.client, roomId);
    // Before the room's whole state is here, an encrypted room may look like an unencrypted one.
    if (room.getMyMembership() !== 'join') {
      throw new HoldfastError('forbidden', 'The account has not joined the room');
    }
    await this.#outbox.send(room, body);
  }

  async retry(roomId: RoomId, itemId: string): Promise<void> {
    await this.#outbox.retry(requireRoom(this.#context.client, roomId), itemId);
  }

  discard(roomId: RoomId, itemId: string): void {
    this.#outbox.discard(requireRoom(this.#context.client, roomId), itemId);
  }

  #watch(roomId: RoomId, subscribe: (timeline: RoomTimeline) => () => void): () => void {
    let watched = this.#watched.get(roomId);
    if (watched === undefined) {
      watched = {
        timeline: new RoomTimeline(this.#context, this.#shields, roomId),
        leave: this.#context.watchedRooms.watch(roomId),
        watchers: 0,
      };
      this.#watched.set(roomId, watched);
    }
    watched.watchers++;
    const { timeline } = watched;
    const stop = subscribe(timeline);
    return () => {
      stop();
      this.#unwatch(roomId, timeline);
    };
  }

  #unwatch(roomId: RoomId, timeline: RoomTimeline): void {
    const watched = this.#watched.get(roomId);
    if (watched?.timeline !== timeline || --watched.watchers > 0) return;
    timeline.close();
    watched.leave();
    this.#watched.delete(roomId);
  }

  #touch(roomId: string | undefined): void {
    if (roomId !== undefined) this.#watched.get(roomId)?.timeline.touch();
  }

  #touchAll(): void {
    for (const { timeline } of this.#watched.values()) timeline.touch();
  }

  #follow(): void {
    const { client, stopped } = this.#context;
    const ofEvent = (event: MatrixEvent): void => {
      this.#touch(event.getRoomId());
    };
    const ofRoom = (room: Room | undefined): void => {
      this.#touch(room?.roomId);
    };
    const backupChanged = (): void => {
      for (const { timeline } of this.#watched.values()) void timeline.decryptAgain(this.#crypto);
    };
    const trustChanged = (): void => {
      this.#shields.lookUpAgain();
      this.#touchAll();
    };
    listen(client, stopped, {
      [ClientEvent.Room]: ofRoom,
      [RoomEvent.Timeline]: (_event, room) => {
        ofRoom(room);
      },
      [RoomEvent.TimelineReset]: (room) => {
        if (room !== undefined) this.#watched.get(room.roomId)?.timeline.gapAppeared();
      },
      [RoomEvent.LocalEchoUpdated]: ofEvent,
      [RoomEvent.Redaction]: ofEvent,
      [RoomEvent.RedactionCancelled]: ofEvent,
      [MatrixEventEvent.Replaced]: ofEvent,
      [MatrixEventEvent.Decrypted]: (event) => {
        this.#shields.forget(event);
        ofEvent(event);
      },
      [RoomMemberEvent.Name]: (_event, member) => {
        this.#touch(member.roomId);
      },
      [CryptoEvent.KeyBackupStatus]: backupChanged,
      [CryptoEvent.KeyBackupDecryptionKeyCached]: backupChanged,
      [CryptoEvent.UserTrustStatusChanged]: trustChanged,
      [CryptoEvent.DevicesUpdated]: trustChanged,
      [CryptoEvent.KeysChanged]: trustChanged,
    });
    stopped.addEventListener(
      'abort',
      () => {
        for (const { timeline } of this.#watched.values()) timeline.close();
        this.#watched.clear();
      },
      { once: true },
    );
  }
}
