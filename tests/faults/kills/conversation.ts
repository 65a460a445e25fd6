/** Writing and being written to, killed in the middle of either. */
import { setTimeout as pause } from 'node:timers/promises';
import type { TimelineItem } from '../../../preload/model/rooms';
import { Device } from '../../support/partner/device';
import type { RawEvent } from './app-messages';
import { asError, GoneError, patienceMs, type AppProcess } from './app-process';
import { chanceOf, Span, type Chance } from './chance';
import { ConsoleLogin } from './console-login';
import { setUpKeyBackup } from './key-backup';
import { signedInAsBefore } from './online';
import { PartnerEars } from './partner-ears';
import { keysSentTo } from './shared-keys';
import { Subject, type World } from './subject';
import { TimelineView } from './timeline-view';

type Talk = 'send' | 'receive';

/**
 * After so many kills a conversation ends, is counted, and another begins. The short ones are for its
 * first messages: only with them does the partner's device begin an Olm session with the app's.
 */
const killsPerConversation = [1, 2, 25] as const;
const startSpan = new Span(800);
const spans = { send: new Span(400), receive: new Span(500) };

let lastConversation = 0;

export async function talkUnderKills(world: World): Promise<void> {
  const { userId, password } = await world.registerUser(`kim-${String(world.seed)}`);
  const partner = await Device.signIn({ baseUrl: world.baseUrl, user: userId, password });
  try {
    await partner.crossSign(password);
    while (leftOf(world) > 0) {
      const conversation = await Conversation.begin(world, partner);
      try {
        await conversation.run();
      } finally {
        await conversation.end();
      }
    }
  } finally {
    partner.stop();
  }
}

function leftOf(world: World): number {
  return world.left('send') + world.left('receive');
}

class Conversation {
  readonly #world: World;
  readonly #partner: Device;
  readonly #subject: Subject;
  readonly #account: ConsoleLogin;
  readonly #roomId: string;
  readonly #ears: PartnerEars;
  readonly #chance: Chance;
  readonly #name: string;
  /** Own messages by text; acknowledged is what the app took or showed. */
  readonly #sent = new Map<string, { isAcknowledged: boolean; isSettled: boolean }>();
  /** The partner's messages by event id. */
  readonly #received = new Map<string, { readonly body: string; isSettled: boolean }>();
  readonly #inspected = new Set<string>();
  #said = 0;
  #isBroken = false;

  private constructor(
    world: World,
    partner: Device,
    parts: { subject: Subject; account: ConsoleLogin; roomId: string; name: string },
  ) {
    this.#world = world;
    this.#partner = partner;
    this.#subject = parts.subject;
    this.#account = parts.account;
    this.#roomId = parts.roomId;
    this.#name = parts.name;
    this.#ears = new PartnerEars(partner, parts.roomId);
    this.#chance = chanceOf(world.seed, parts.name);
  }

  static async begin(world: World, partner: Device): Promise<Conversation> {
    lastConversation += 1;
    const name = `talk-${String(lastConversation)}`;
    const user = await world.registerUser(`ada-${String(world.seed)}-${name}`);
    const account = await ConsoleLogin.open(world.baseUrl, user);
    const roomId = await account.createEncryptedRoom([partner.userId]);
    await partner.join(roomId);
    const subject = new Subject(world);
    const app = subject.start();
    await app.until('the app starts', () => app.state.phase === 'signed_out');
    const { baseUrl } = world;
    await app.call('signIn.password', { baseUrl, user: user.userId, password: user.password });
    await app.until('online', () => app.connection.state === 'online');
    if (app.state.phase !== 'signed_in') throw new Error('Signed in, but not so');
    await partner.knowsDeviceOf(user.userId, app.state.account.deviceId);
    // With a backup, uploading goes on beside everything; without, nothing can make up for a loss.
    if (lastConversation % 2 === 0) await setUpKeyBackup(app);
    await app.close();
    return new Conversation(world, partner, { subject, account, roomId, name });
  }

  async run(): Promise<void> {
    const most = killsPerConversation[this.#chance.whole(0, 2)] ?? 1;
    for (let kills = 0; kills < most && !this.#isBroken; kills += 1) {
      const first: Talk = this.#chance.happens(0.5) ? 'send' : 'receive';
      const other: Talk = first === 'send' ? 'receive' : 'send';
      const talk = this.#world.left(first) > 0 ? first : other;
      if (this.#world.left(talk) <= 0) return;
      const started = Date.now();
      await this.#oneKill(talk);
      this.#world.tally.spent(talk, Date.now() - started);
    }
  }

  /** Lets everything arrive, then compares what both ends and the server have. */
  async end(): Promise<void> {
    if (!this.#isBroken) {
      const app = this.#subject.start();
      const view = new TimelineView();
      await this.#settle(app, view, 'receive').catch((error: unknown) =>
        this.#broke('restart', 'receive', String(error)),
      );
    }
    if (!this.#isBroken) {
      await this.#subject.close('receive', this.#promised([]));
      await this.#audit();
    }
    this.#ears.close();
    await this.#subject.remove();
  }

  async #oneKill(talk: Talk): Promise<void> {
    const chance = this.#chance;
    const started = Date.now();
    const app = this.#subject.start();
    const view = new TimelineView();
    const saying: Promise<void>[] = [];
    const isEarly = chance.happens(0.15);
    const plan = {
      fraction: chance.fraction(),
      count: chance.whole(1, 6),
      both: chance.happens(0.3),
    };
    const settled = this.#settle(app, view, talk).then(() => null, asError);
    if (isEarly) {
      await pause(plan.fraction * startSpan.ms);
    } else {
      const problem = await settled;
      if (problem !== null) await this.#broke('restart', talk, String(problem));
      if (this.#isBroken) return;
      startSpan.took(Date.now() - started);
      const begun = Date.now();
      const writes = talk === 'send' || plan.both;
      const hears = talk === 'receive' || plan.both;
      const action = Promise.all([
        writes ? this.#write(app, view, plan.count) : null,
        hears ? this.#beWrittenTo(app, view, plan.count, saying) : null,
      ]).then(
        () => spans[talk].took(Date.now() - begun),
        () => undefined,
      );
      await pause(plan.fraction * spans[talk].ms * 1.2);
      void action;
    }
    const promised = (): readonly RawEvent[] => {
      this.#note(view);
      return this.#promised([...app.confirmed], view);
    };
    // What is on its way to the app goes on on its way; the partner was not killed.
    await this.#subject.kill(talk, promised);
    const problem = await settled;
    if (problem !== null && !(problem instanceof GoneError)) {
      await this.#broke('restart', talk, String(problem));
    }
    await Promise.all(saying);
  }

  async #write(app: AppProcess, view: TimelineView, count: number): Promise<void> {
    const bodies: string[] = [];
    for (let each = 0; each < count; each += 1) {
      const body = this.#nextBody('sent');
      const message = { isAcknowledged: false, isSettled: false };
      this.#sent.set(body, message);
      bodies.push(body);
      void app.call('timeline.send', { roomId: this.#roomId, body }).then(
        () => (message.isAcknowledged = true),
        () => undefined,
      );
      await pause(this.#chance.fraction() * 60);
    }
    await app.until('messages are sent', () =>
      bodies.every((body) => view.saying(body)[0]?.delivery === 'sent'),
    );
  }

  async #beWrittenTo(
    app: AppProcess,
    view: TimelineView,
    count: number,
    saying: Promise<void>[],
  ): Promise<void> {
    for (let each = 0; each < count; each += 1) {
      const said = this.#partnerSays();
      saying.push(said);
      await said;
      if (app.isGone) return;
    }
    await app.until('messages are here', () => this.#allReceived(view));
  }

  /** One message under a key of its own: each brings a new key over an Olm message. */
  async #partnerSays(): Promise<void> {
    const body = this.#nextBody('received');
    await this.#partner.client.getCrypto()?.forceDiscardSession(this.#roomId);
    const before = keysSentTo(this.#account.user.userId);
    const eventId = await this.#partner.say(this.#roomId, body);
    if (keysSentTo(this.#account.user.userId) === before) {
      this.#world.tally.unshared += 1;
      return;
    }
    this.#received.set(eventId, { body, isSettled: false });
  }

  /** After a start: everything acknowledged or sent must come to its end, once. */
  async #settle(app: AppProcess, view: TimelineView, talk: Talk): Promise<void> {
    await signedInAsBefore(app);
    app.watch('timeline', { roomId: this.#roomId }, (message) => view.take(message));
    await app.until('online', () => app.connection.state === 'online');
    const retried = new Set<string>();
    const holds = (): boolean => {
      this.#retryFailed(app, view, retried);
      return this.#allSent(view) && this.#allReceived(view);
    };
    const stop = this.#ears.onHeard(() => {
      app.poke();
    });
    try {
      await app.until('every message is where it belongs', holds);
    } catch (error) {
      if (error instanceof GoneError) throw error;
      await this.#findings(view, talk);
      return;
    } finally {
      stop();
    }
    for (const message of this.#sent.values()) message.isSettled = true;
    for (const message of this.#received.values()) message.isSettled = true;
  }

  /** As the person would who sees them marked as not sent. */
  #retryFailed(app: AppProcess, view: TimelineView, retried: Set<string>): void {
    for (const { id, own, delivery } of view.items) {
      if (!own || delivery !== 'failed') {
        retried.delete(id);
        continue;
      }
      if (retried.has(id)) continue;
      retried.add(id);
      void app.call('timeline.retry', { roomId: this.#roomId, itemId: id });
    }
  }

  #allSent(view: TimelineView): boolean {
    return [...this.#sent].every(([body, { isAcknowledged, isSettled }]) => {
      if (isSettled) return true;
      const shown = view.saying(body);
      if (shown.length === 0) return !isAcknowledged && this.#ears.times(body) === 0;
      return shown.length === 1 && shown[0]?.delivery === 'sent' && this.#ears.times(body) === 1;
    });
  }

  #allReceived(view: TimelineView): boolean {
    return [...this.#received.values()].every(
      ({ body, isSettled }) => isSettled || view.saying(body).length === 1,
    );
  }

  /** What the window had shown counts as acknowledged, answer or not. */
  #note(view: TimelineView): void {
    for (const [body, message] of this.#sent) {
      if (view.saying(body).length > 0) message.isAcknowledged = true;
    }
  }

  #promised(confirmed: readonly RawEvent[], view?: TimelineView): readonly RawEvent[] {
    const shown = (view?.items ?? [])
      .filter(({ content, eventId }) => content.kind === 'text' && eventId !== null)
      .map(({ eventId }) => this.#ears.raw(eventId ?? ''))
      .filter((event) => event !== null);
    const events = [...confirmed.filter(({ room_id: id }) => id === this.#roomId), ...shown];
    const fresh = new Map(events.map((event) => [event.event_id, event]));
    for (const id of this.#inspected) fresh.delete(id);
    for (const id of fresh.keys()) this.#inspected.add(id);
    return [...fresh.values()];
  }

  async #findings(view: TimelineView, talk: Talk): Promise<void> {
    const waited = `${String(patienceMs / 1000)} s after the restart`;
    for (const [body, { isAcknowledged, isSettled }] of this.#sent) {
      const [heard, shown] = [this.#ears.times(body), view.saying(body).length];
      if (isSettled || (heard === 1 && shown === 1)) continue;
      if (!isAcknowledged && heard === 0 && shown === 0) continue;
      const isDoubled = heard > 1 || shown > 1;
      const last = JSON.stringify(view.items.slice(-12).map(brief));
      const detail = `"${body}": ${String(heard)} times on the server, ${String(shown)} times on screen ${waited}; on screen: ${last}`;
      await this.#broke(isDoubled ? 'message doubled' : 'message lost', talk, detail);
    }
    for (const [eventId, { body, isSettled }] of this.#received) {
      const shown = view.saying(body).length;
      if (isSettled || shown === 1) continue;
      const item = view.items.find((each) => each.eventId === eventId);
      const seen = item === undefined ? 'not on screen' : JSON.stringify(item.content);
      const loss = shown > 1 ? 'message doubled' : item === undefined ? 'message lost' : 'key lost';
      await this.#broke(loss, talk, `${eventId} of the partner: ${seen} ${waited}`);
    }
  }

  async #broke(loss: Parameters<Subject['found']>[0], talk: Talk, detail: string): Promise<void> {
    this.#isBroken = true;
    await this.#subject.found(loss, talk, `${this.#name}: ${detail}`);
  }

  /** The server's own list: every event of this account is one message that the partner read. */
  async #audit(): Promise<void> {
    const events = await this.#account.eventsOf(this.#roomId);
    const own = events.filter(
      ({ type, sender }) => type === 'm.room.encrypted' && sender === this.#account.user.userId,
    );
    const heard = this.#ears.events;
    const unread = own.filter(({ event_id: id }) => !heard.has(String(id)));
    for (const { event_id: id } of unread) {
      await this.#broke('message lost', 'send', `The partner can't read ${String(id)}`);
    }
    for (const [body, { isAcknowledged }] of this.#sent) {
      const times = this.#ears.times(body);
      const detail = `"${body}" is on the server ${String(times)} times in the end`;
      if (times > 1) await this.#broke('message doubled', 'send', detail);
      if (times === 0 && isAcknowledged) await this.#broke('message lost', 'send', detail);
    }
    this.#world.tally.checked('send', { messages: own.length });
    this.#world.tally.checked('receive', { messages: this.#received.size });
  }

  #nextBody(way: string): string {
    this.#said += 1;
    return `${this.#name} ${way} ${String(this.#said)}`;
  }
}

function brief({ id, eventId, delivery, content }: TimelineItem): object {
  return { id, eventId, delivery, content };
}
