/** Tells the server what was read: once per event, and only while the person can see it. */
import type { EventId } from '../../../preload/model/ids';

export class ReadMarker {
  readonly #mark: (eventId: EventId) => Promise<void>;
  #marked: EventId | null = null;
  #waiting: EventId | null = null;

  constructor(mark: (eventId: EventId) => Promise<void>) {
    this.#mark = mark;
  }

  /** The event is on screen; counts once the window has the person's attention. */
  seen(eventId: EventId): void {
    this.#waiting = eventId === this.#marked ? null : eventId;
    this.flush();
  }

  flush(): void {
    const eventId = this.#waiting;
    if (eventId === null || !document.hasFocus()) return;
    this.#waiting = null;
    this.#marked = eventId;
    // Left unmarked, the next event marks this one too.
    this.#mark(eventId).catch(() => (this.#marked = null));
  }
}
