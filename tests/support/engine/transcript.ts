/**
 * Everything that a window could learn from an engine: every topic it has, from the first snapshot on,
 * and what each call gave back or failed with.
 */
import type { CallArgs, CallResult, CallsOf } from '../../../preload/contract';
import type { RoomId } from '../../../preload/model/ids';
import { engineTopicSources } from '../../../main/engine/topic-sources';
import type { Source } from '../../../main/topics/source';
import type { TopicsOf } from '../../../main/topics/topic-sources';
import type { TestEngine } from './start-engine';

type EngineTopic = TopicsOf<'engine'>;

/** Topics of one room; whoever wants them recorded names the room. */
const ofRooms = [
  'timeline',
  'timelineStatus',
  'roomPeople',
  'roomTrust',
] as const satisfies readonly EngineTopic[];

interface Said {
  readonly by: string;
  readonly what: unknown;
}

export class Transcript {
  readonly #engine: TestEngine;
  readonly #said: Said[] = [];
  readonly #unsubscribe: (() => void)[] = [];

  /** Best before anybody signs in: what is told on the way is recorded, too. */
  constructor(engine: TestEngine) {
    this.#engine = engine;
    const rooms = new Set<string>(ofRooms);
    for (const name of Object.keys(engineTopicSources(engine.engine)) as EngineTopic[]) {
      if (!rooms.has(name)) this.#follow(name, {});
    }
  }

  /** Records what is told of one room, from now on. */
  followRoom(roomId: RoomId): void {
    for (const name of ofRooms) this.#follow(name, { roomId });
  }

  /** As the window's own call. Undefined where it failed, which is recorded. */
  readonly call = async <Name extends CallsOf<'engine'>>(
    name: Name,
    args: CallArgs<Name>,
  ): Promise<CallResult<Name> | undefined> => {
    try {
      const result = await this.#engine.call(name, args);
      this.note(name, result);
      return result;
    } catch (error) {
      this.note(name, described(error));
      return undefined;
    }
  };

  /** What else was said. */
  note(by: string, what: unknown): void {
    this.#said.push({ by, what });
  }

  /** The topics that told something, and the calls that were made. */
  get speakers(): ReadonlySet<string> {
    return new Set(this.#said.map(({ by }) => by));
  }

  /** All of it as it would be written down. */
  get text(): string {
    return this.#said.map(({ by, what }) => `${by}: ${JSON.stringify(what)}`).join('\n');
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** What a topic is of is known only by its name here. */
  #sourceOf(name: EngineTopic, params: object): Source<unknown> {
    const sources = engineTopicSources(this.#engine.engine);
    return (sources[name] as (params: object) => Source<unknown>)(params);
  }

  #follow(name: EngineTopic, params: object): void {
    const source = this.#sourceOf(name, params);
    const unsubscribe = source.subscribe((what) => {
      this.note(name, what);
    });
    this.#unsubscribe.push(unsubscribe);
  }
}

/** All that an error carries, its causes included: whatever hands it on could tell them. */
function described(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause, stack } = error;
  return {
    ...error,
    name,
    message,
    stack,
    ...(cause !== undefined && { cause: described(cause) }),
  };
}
