/** Whether messages go to verified devices alone: everywhere, or in single rooms. */
import { ClientEvent, type Room } from 'matrix-js-sdk';
import { z } from 'zod';
import type { VerifiedOnlySetting } from '../../../preload/model/people';
import type { RoomId } from '../../../preload/model/ids';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';
import { cryptoOf } from '../keys/olm-machine';
import { listen } from '../sync/listen';

const recordKey = 'devices.verifiedOnly';
const setting = z.object({
  userId: z.string(),
  /** Null where the person has not chosen. */
  everywhere: z.boolean().nullable(),
  rooms: z.array(z.string()),
});

type Chosen = z.infer<typeof setting>;
type Setting = Chosen & { readonly everywhere: boolean };

/**
 * The SDK withholds keys by its flags for all rooms and for one; both live in memory, and are set
 * here before a room can be sent to. Its other way, isolating devices that their owner did not sign,
 * is not used: it would also refuse to show what such devices have sent.
 */
export class VerifiedOnly {
  readonly #context: AccountContext;
  readonly #listeners = new Set<() => void>();

  constructor(context: AccountContext) {
    this.#context = context;
    listen(context.client, context.stopped, {
      [ClientEvent.Room]: (room) => {
        this.#apply(room, this.#setting);
      },
    });
    const unmanage = context.managed.subscribe(() => {
      this.#applyAll();
      this.#tell();
    });
    context.stopped.addEventListener('abort', unmanage, { once: true });
  }

  of(roomId: string): VerifiedOnlySetting {
    const { everywhere, rooms } = this.#setting;
    return { everywhere, here: rooms.includes(roomId) };
  }

  /** @throws {HoldfastError} `policy_required` where the organisation leaves no choice */
  setEverywhere(on: boolean): void {
    const { level, value } = this.#context.managed.value.onlyVerifiedDevices;
    if (level === 'mandatory' && on !== value) {
      throw new HoldfastError('policy_required', 'Set by the organisation');
    }
    this.#change({ ...this.#chosen, everywhere: on });
  }

  setIn(roomId: RoomId, on: boolean): void {
    const { rooms, ...rest } = this.#chosen;
    const others = rooms.filter((id) => id !== roomId);
    this.#change({ ...rest, rooms: on ? [...others, roomId] : others });
  }

  /** Tells of changes until the session stops. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #change(next: Chosen): void {
    this.#context.store.crypto.records.set(recordKey, next);
    this.#applyAll();
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #applyAll(): void {
    const now = this.#setting;
    const { client, topics } = this.#context;
    cryptoOf(client).globalBlacklistUnverifiedDevices = now.everywhere;
    for (const room of client.getRooms()) this.#apply(room, now);
    topics.verifiedOnly.set({ everywhere: now.everywhere });
  }

  /** A room's own flag overrules the one for all, so it carries both. */
  #apply(room: Room, { everywhere, rooms }: Setting): void {
    room.setBlacklistUnverifiedDevices(everywhere || rooms.includes(room.roomId));
  }

  get #setting(): Setting {
    const chosen = this.#chosen;
    const { level, value } = this.#context.managed.value.onlyVerifiedDevices;
    const everywhere = level === 'mandatory' ? value : (chosen.everywhere ?? value);
    return { ...chosen, everywhere };
  }

  get #chosen(): Chosen {
    const { store, account } = this.#context;
    const { userId } = account;
    const stored = setting.safeParse(store.crypto.records.get(recordKey)).data;
    return stored?.userId === userId ? stored : { userId, everywhere: null, rooms: [] };
  }
}
