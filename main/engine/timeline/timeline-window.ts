/**
 * The part of a room's history that is on show: from its oldest event shown to the newest. Grows
 * page by page into the past. After a gap in the sync the SDK starts a new timeline; paging back
 * fills the gap and joins the two.
 */
import { EventTimeline, type MatrixClient, type MatrixEvent, type Room } from 'matrix-js-sdk';

/** Events per page. */
export const pageSize = 50;

export class TimelineWindow {
  readonly #client: MatrixClient;
  readonly #room: Room;
  #oldest: MatrixEvent | null = null;

  constructor(client: MatrixClient, room: Room) {
    this.#client = client;
    this.#room = room;
  }

  /** Oldest first. */
  get events(): readonly MatrixEvent[] {
    const events = this.#connected();
    return events.slice(this.#start(events));
  }

  get reachedStart(): boolean {
    const events = this.#connected();
    if (this.#start(events) > 0) return false;
    const [first] = events;
    return (
      first?.getType() === 'm.room.create' ||
      oldestOf(this.#timelines()).getPaginationToken(EventTimeline.BACKWARDS) === null
    );
  }

  /**
   * One page more of the past, from memory or from the server.
   *
   * @throws what the SDK throws when the server does not answer
   */
  async extend(): Promise<void> {
    const events = this.#connected();
    const start = this.#start(events);
    if (start === 0 && !this.reachedStart) {
      await this.#client.paginateEventTimeline(oldestOf(this.#timelines()), {
        backwards: true,
        limit: pageSize,
      });
    }
    const extended = this.#connected();
    this.#oldest = extended[Math.max(0, this.#start(extended) - pageSize)] ?? null;
  }

  /** Where the window starts in `events`; the newest page where its start is gone. */
  #start(events: readonly MatrixEvent[]): number {
    const known = this.#oldest === null ? -1 : events.indexOf(this.#oldest);
    if (known >= 0) return known;
    const start = Math.max(0, events.length - pageSize);
    this.#oldest = events[start] ?? null;
    return start;
  }

  #connected(): MatrixEvent[] {
    return this.#timelines().flatMap((timeline) => timeline.getEvents());
  }

  /** The live timeline and what is joined to it, oldest first. */
  #timelines(): readonly [EventTimeline, ...EventTimeline[]] {
    const timelines: [EventTimeline, ...EventTimeline[]] = [this.#room.getLiveTimeline()];
    for (;;) {
      const older = timelines[0].getNeighbouringTimeline(EventTimeline.BACKWARDS);
      if (older === null || timelines.includes(older)) return timelines;
      timelines.unshift(older);
    }
  }
}

function oldestOf([oldest]: readonly [EventTimeline, ...EventTimeline[]]): EventTimeline {
  return oldest;
}
