/** One account, its devices behind a bad network, and everything that ever belonged to it. */
import {
  startEngine,
  type EngineProfile,
  type TestEngine,
} from '../../support/engine/start-engine';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { startHostileProxy, type HostileProxy } from '../../support/network/hostile-proxy';
import { clientOf, converse, type Sent } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';
import { ServerWitness } from './server-witness';
import { Wire } from './wire';

export class World {
  readonly user: RegisteredUser;
  readonly wire: Wire;
  readonly server: ServerWitness;
  readonly sent: readonly Sent[];
  /** The session each message was encrypted with. */
  readonly sessions: ReadonlySet<string>;
  /** Every key that was ever proven to be kept, the current one last. */
  readonly recoveryKeys: string[] = [];
  /** The identity the account must keep; null until it has one. */
  identity: string | null = null;
  /** The device that has every key. */
  engine: TestEngine;
  readonly #proxy: HostileProxy;
  readonly #baseUrl: string;
  readonly #others = new Set<TestEngine>();

  private constructor(parts: {
    user: RegisteredUser;
    wire: Wire;
    server: ServerWitness;
    sent: readonly Sent[];
    sessions: ReadonlySet<string>;
    engine: TestEngine;
    proxy: HostileProxy;
    baseUrl: string;
  }) {
    this.user = parts.user;
    this.wire = parts.wire;
    this.server = parts.server;
    this.sent = parts.sent;
    this.sessions = parts.sessions;
    this.engine = parts.engine;
    this.#proxy = parts.proxy;
    this.#baseUrl = parts.baseUrl;
  }

  /** An account with two messages, each under a key of its own, and nothing set up. */
  static async create(): Promise<World> {
    const homeserver = await sharedHomeserver();
    const { baseUrl } = homeserver;
    const user = await homeserver.registerUser(uniqueName('ada'));
    const proxy = await startHostileProxy(baseUrl);
    const wire = new Wire(proxy);
    const signIn = { homeserver: { baseUrl: proxy.url }, user };
    const engine = await startEngine({ signIn, intercept: wire.intercept });
    const sent = await converse(engine, 1, 2);
    const server = new ServerWitness(baseUrl, engine);
    const sessions = new Set<string>();
    for (const { roomId, eventId } of sent) {
      const { content } = await clientOf(engine).fetchRoomEvent(roomId, eventId);
      sessions.add((content as { session_id: string }).session_id);
    }
    return new World({ user, wire, server, sent, sessions, engine, proxy, baseUrl });
  }

  /** Its device has set everything up. */
  static async setUp(): Promise<World> {
    const world = await World.create();
    world.recoveryKeys.push(await setUpByKey(world.engine));
    world.identity = await world.server.identity();
    return world;
  }

  get recoveryKey(): string {
    return this.recoveryKeys.at(-1)!;
  }

  /** A new device of the account, by default with a good connection. */
  async signIn(wire: Wire | null = null): Promise<TestEngine> {
    const baseUrl = wire === null ? this.#baseUrl : this.#proxy.url;
    const engine = await startEngine({
      signIn: { homeserver: { baseUrl }, user: this.user },
      ...(wire === null ? {} : { intercept: wire.intercept }),
    });
    this.#others.add(engine);
    return engine;
  }

  /** A wire of its own for another device. */
  newWire(): Wire {
    return new Wire(this.#proxy);
  }

  /** Stops that device without a word to the server, and starts it again on what it left. */
  async restart(engine: TestEngine, wire: Wire): Promise<TestEngine> {
    const profile: EngineProfile = engine.profile;
    this.#others.delete(engine);
    const stopped = engine.stop();
    wire.bury();
    await stopped;
    wire.revive();
    const again = await startEngine({ profile, intercept: wire.intercept });
    if (engine === this.engine) this.engine = again;
    else this.#others.add(again);
    return again;
  }

  /** Takes everything that was done to the network away. */
  calm(): void {
    this.#proxy.calm();
    this.#proxy.goOnline();
  }

  async stop(): Promise<void> {
    this.calm();
    this.wire.bury();
    await Promise.all([this.engine, ...this.#others].map((engine) => engine.stop()));
    await this.#proxy.stop();
  }
}
