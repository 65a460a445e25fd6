/** One room's timeline while somebody watches it. */
import type { MatrixEvent, Room } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem, TimelineStatus } from '../../../preload/model/rooms';
import { CollectionSource } from '../../topics/collection-source';
import { ValueSource } from '../../topics/value-source';
import type { AccountContext } from '../account-context';
import { ItemOrder } from './item-order';
import { OncePerTurn } from '../sync/once-per-turn';
import type { Shields } from './shields';
import { timelineItem, type UnorderedItem } from './timeline-item';
import { TimelineWindow } from './timeline-window';

/** Items a page must bring at least, since many events show nothing. */
const enoughItems = 20;
/** Requests for one page at most, so that a room of nothing but reactions ends. */
const requestsPerPage = 5;

export class RoomTimeline {
  readonly items = new CollectionSource<TimelineItem>();
  readonly status = new ValueSource<TimelineStatus>({ reachedStart: false, loadingOlder: false });
  readonly #context: AccountContext;
  readonly #roomId: RoomId;
  readonly #shields: Shields;
  readonly #order = new ItemOrder();
  readonly #refresh = new OncePerTurn(() => {
    this.#show();
  });
  #window: TimelineWindow | null = null;
  #loading: Promise<void> | null = null;
  #closed = false;

  constructor(context: AccountContext, shields: Shields, roomId: RoomId) {
    this.#context = context;
    this.#shields = shields;
    this.#roomId = roomId;
    this.#show();
  }

  /** Something in the room has changed. */
  touch(): void {
    if (!this.#closed) this.#refresh.request();
  }

  /** The SDK started a new timeline behind a gap: bring the window back to a full page. */
  gapAppeared(): void {
    this.touch();
    this.#fillFirstPage();
  }

  /** Tries what could not be read once more: the reason may be another now, or gone. */
  decryptAgain(crypto: CryptoBackend): void {
    for (const event of this.#window?.events ?? []) {
      // Its outcome is told by the event itself, as with every decryption.
      if (event.isDecryptionFailure()) void event.attemptDecryption(crypto, { isRetry: true });
    }
  }

  /** Shared by everybody who asks while it runs. */
  loadOlder(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
      this.#tellStatus();
    });
    this.#tellStatus();
    return this.#loading;
  }

  close(): void {
    this.#closed = true;
    this.#refresh.cancel();
  }

  async #load(): Promise<void> {
    const window = this.#window;
    if (window === null) return;
    const wanted = this.items.items.length + enoughItems;
    for (let request = 0; request < requestsPerPage; request++) {
      if (this.#closed || window.reachedStart) return;
      await window.extend();
      this.#show();
      if (this.items.items.length >= wanted) return;
    }
  }

  #fillFirstPage(): void {
    if (this.#window === null || this.#window.reachedStart) return;
    if (this.items.items.length >= enoughItems) return;
    // Out of reach, the window stays short; scrolling up asks again, and says why it can't.
    this.loadOlder().catch(() => undefined);
  }

  #show(): void {
    if (this.#closed) return;
    const room = this.#context.client.getRoom(this.#roomId);
    if (room === null) return;
    const opened = this.#window === null;
    this.#window ??= new TimelineWindow(this.#context.client, room);

    const found = this.#itemsOf(room, this.#window);
    const positions = this.#order.assign([...found.keys()]);
    this.items.replace(
      [...found.values()].map((item) => ({ ...item, order: positions.get(item.id) ?? 0 })),
    );
    this.#tellStatus();
    if (opened) this.#fillFirstPage();
  }

  #itemsOf(room: Room, window: TimelineWindow): ReadonlyMap<string, UnorderedItem> {
    const items = new Map<string, UnorderedItem>();
    const encrypted = room.hasEncryptionStateEvent();
    for (const event of [...window.events, ...room.getPendingEvents()]) {
      const item = this.#itemOf(event, encrypted);
      // A sent message can be pending still when the sync has brought it already.
      if (item !== null && !items.has(item.id)) items.set(item.id, item);
    }
    return items;
  }

  #itemOf(event: MatrixEvent, roomEncrypted: boolean): UnorderedItem | null {
    if (event.shouldAttemptDecryption()) void this.#context.client.decryptEventIfNeeded(event);
    const { userId } = this.#context.account;
    try {
      return timelineItem(event, userId, this.#shields.of(event, roomEncrypted));
    } catch {
      // Whatever a malformed event breaks, it is this one item, not the room.
      return null;
    }
  }

  #tellStatus(): void {
    this.status.set({
      reachedStart: this.#window?.reachedStart ?? false,
      loadingOlder: this.#loading !== null,
    });
  }
}
