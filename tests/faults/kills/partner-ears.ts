/** What the partner has heard in a room: the ground truth of what was sent, and how often. */
import { MatrixEventEvent, RoomEvent, type MatrixEvent } from 'matrix-js-sdk';
import type { Device } from '../../support/partner/device';
import type { RawEvent } from './app-messages';

export class PartnerEars {
  readonly #partner: Device;
  readonly #roomId: string;
  /** Ids of the events that carried a text. */
  readonly #heard = new Map<string, Set<string>>();
  readonly #checks = new Set<() => void>();
  readonly #listen = (event: MatrixEvent): void => this.#take(event);

  constructor(partner: Device, roomId: string) {
    this.#partner = partner;
    this.#roomId = roomId;
    partner.client.on(RoomEvent.Timeline, this.#listen);
    partner.client.on(MatrixEventEvent.Decrypted, this.#listen);
  }

  times(body: string): number {
    return this.#heard.get(body)?.size ?? 0;
  }

  get events(): ReadonlySet<string> {
    return new Set([...this.#heard.values()].flatMap((ids) => [...ids]));
  }

  /** The encrypted event as the server has it; null while the partner has not seen it. */
  raw(eventId: string): RawEvent | null {
    const event = this.#partner.client.getRoom(this.#roomId)?.findEventById(eventId);
    if (event?.isEncrypted() !== true || event.getId() !== eventId) return null;
    return { ...(event.event as RawEvent), room_id: this.#roomId };
  }

  /** Calls `check` whenever something was heard, until the returned function is called. */
  onHeard(check: () => void): () => void {
    this.#checks.add(check);
    return () => this.#checks.delete(check);
  }

  close(): void {
    this.#partner.client.off(RoomEvent.Timeline, this.#listen);
    this.#partner.client.off(MatrixEventEvent.Decrypted, this.#listen);
  }

  #take(event: MatrixEvent): void {
    if (event.getRoomId() !== this.#roomId) return;
    if (event.shouldAttemptDecryption()) void this.#partner.client.decryptEventIfNeeded(event);
    const { body }: Record<string, unknown> = event.getContent();
    const id = event.getId();
    if (typeof body !== 'string' || id?.startsWith('$') !== true) return;
    if (event.isDecryptionFailure()) return;
    this.#heard.set(body, (this.#heard.get(body) ?? new Set()).add(id));
    for (const check of [...this.#checks]) check();
  }
}
