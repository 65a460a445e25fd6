/** One room's timeline while somebody watches it. */
import type { MatrixEvent, Room } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { RoomId } from '../../../preload/model/ids';
import type { TimelineItem, TimelineStatus } from '../../../preload/model/rooms';
import type { UndecryptableReason } from '../../../preload/model/undecryptable';
import { prospects, type UndecryptableAction } from '../../../preload/rules/undecryptable';
import { CollectionSource } from '../../topics/collection-source';
import { ValueSource } from '../../topics/value-source';
import type { AccountContext } from '../account-context';
import { ItemOrder } from './item-order';
import { LookAgain } from './look-again';
import { OncePerTurn } from '../sync/once-per-turn';
import type { Shields } from './shields';
import { timelineItem, type UnorderedItem } from './timeline-item';
import { TimelineWindow } from './timeline-window';
import { undecryptableReason } from './undecryptable-reason';

/** Items a page must bring at least, since many events show nothing. */
const enoughItems = 20;
/** Requests for one page at most, so that a room of nothing but reactions ends. */
const requestsPerPage = 5;

/** Keys asked for at a look, each by a request of its own: those of the newest messages. */
const keysPerLook = 10;

/** Where asking the backup once more may bring the key. */
const askAgain: ReadonlySet<UndecryptableAction | null> = new Set(['restore', 'look_again']);

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
  readonly #lookAgain = new LookAgain(() => {
    this.#lookForKeys();
  });
  #window: TimelineWindow | null = null;
  #loading: Promise<void> | null = null;
  /** Whether what is on show may be less than a page although nobody scrolled: not looked at yet. */
  #isFresh = true;
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
    // What is on show is still from before the gap: it says nothing about the new timeline.
    this.#isFresh = true;
    this.touch();
  }

  /** Tries what could not be read once more: the reason may be another now, or gone. */
  async decryptAgain(crypto: CryptoBackend): Promise<void> {
    const failed = (this.#window?.events ?? []).filter((event) => event.isDecryptionFailure());
    // The outcome is told by the event itself, as with every decryption.
    await Promise.all(failed.map((event) => event.attemptDecryption(crypto, { isRetry: true })));
  }

  /** Has the SDK ask the backup once more for the newest keys that are missing here. */
  #lookForKeys(): void {
    // One object behind both interfaces: the SDK hands it out as the narrower one.
    const crypto = this.#context.client.getCrypto() as (CryptoApi & CryptoBackend) | undefined;
    if (crypto === undefined) return;
    const sessions = new Set<string>();
    for (const event of this.#window?.events.toReversed() ?? []) {
      if (!event.isDecryptionFailure() || !keyMayCome(undecryptableReason(event))) continue;
      sessions.add(String(event.getWireContent()['session_id']));
      if (sessions.size > keysPerLook) return;
      // Its outcome is told by the event itself.
      void event.attemptDecryption(crypto, { isRetry: true });
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
    this.#lookAgain.stop();
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
    this.#window ??= new TimelineWindow(this.#context.client, room);

    const found = this.#itemsOf(room, this.#window);
    const positions = this.#order.assign([...found.keys()]);
    this.items.replace(
      [...found.values()].map((item) => ({ ...item, order: positions.get(item.id) ?? 0 })),
    );
    this.#lookAgain.waitingFor([...found.values()].filter(wantsKey).map(({ id }) => id));
    this.#tellStatus();
    if (!this.#isFresh) return;
    this.#isFresh = false;
    this.#fillFirstPage();
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
    this.#decrypt(event);
    const { userId } = this.#context.account;
    try {
      return timelineItem(event, userId, this.#shields.of(event, roomEncrypted));
    } catch {
      // Whatever a malformed event breaks, it is this one item, not the room.
      return null;
    }
  }

  /**
   * Shows the event again once it is decrypted. The SDK tells of that only for events that came
   * encrypted: not for a message that was stored before a restart and has been sent since.
   */
  #decrypt(event: MatrixEvent): void {
    const decrypting = event.shouldAttemptDecryption()
      ? this.#context.client.decryptEventIfNeeded(event)
      : event.getDecryptionPromise();
    decrypting?.then(() => {
      this.touch();
    }, ignored);
  }

  #tellStatus(): void {
    this.status.set({
      reachedStart: this.#window?.reachedStart ?? false,
      loadingOlder: this.#loading !== null,
    });
  }
}

/** How it ended is told by the event itself. */
function ignored(): void {
  return undefined;
}

function wantsKey({ content }: UnorderedItem): boolean {
  return content.kind === 'undecryptable' && keyMayCome(content.reason);
}

function keyMayCome(reason: UndecryptableReason): boolean {
  return askAgain.has(prospects[reason].action);
}
