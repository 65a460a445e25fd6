/**
 * The whole app on a disk that fails while it is written to: each message comes under a key of its
 * own, and its key is sent once. What the server has forgotten must be in the store.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Device } from '../../support/partner/device';
import { AppProcess } from '../kills/app-process';
import { buildApp, type BuiltApp } from '../kills/build-app';
import { ConsoleLogin } from '../kills/console-login';
import { copyProfile, inspectProfile } from '../kills/inspect-profile';
import { onlineAsBefore } from '../kills/online';
import { PartnerEars } from '../kills/partner-ears';
import { TimelineView } from '../kills/timeline-view';
import { buildShim } from '../support/build-shim';
import { FaultControl } from '../support/fault-control';
import { faultKinds, type FaultKind } from '../support/fault-kinds';
import { projectDir } from '../support/places';
import type { Finding } from './scenario';

export interface AppWorld {
  readonly homeserver: {
    readonly baseUrl: string;
    registerUser(
      name: string,
    ): Promise<{ readonly userId: string; readonly name: string; readonly password: string }>;
  };
  /** Where the keychain is found. */
  readonly env: NodeJS.ProcessEnv;
}

export interface Received {
  readonly kind: FaultKind;
  readonly messages: number;
  readonly injected: number;
  readonly findings: readonly Finding[];
}

/** @param moments which operations fail, counted from where the message is sent; ends when none does */
export async function receiveUnderFaults(
  world: AppWorld,
  kinds: readonly FaultKind[],
  moments: readonly number[],
): Promise<Received[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-receiving-'));
  const name = `faults-${String(Date.now())}`;
  const { baseUrl } = world.homeserver;
  const other = await world.homeserver.registerUser(`${name}-kim`);
  const partner = await Device.signIn({ baseUrl, user: other.userId, password: other.password });
  try {
    await partner.crossSign(other.password);
    const reception = await Reception.begin(world, await buildApp(projectDir), scratch, {
      partner,
      user: await world.homeserver.registerUser(`${name}-ada`),
    });
    const rows: Received[] = [];
    for (const kind of kinds) rows.push(await reception.row(kind, moments));
    await reception.end();
    return rows;
  } finally {
    partner.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface People {
  readonly partner: Device;
  readonly user: { readonly userId: string; readonly name: string; readonly password: string };
}

/** The fault is counted a moment before the process has ended. */
async function untilGone(app: AppProcess): Promise<void> {
  try {
    await app.until('the app ends', () => false);
  } catch (error) {
    if (!app.isGone) throw error;
  }
}

class Reception {
  readonly #control: FaultControl;
  readonly #profileDir: string;
  readonly #ears: PartnerEars;
  readonly #said: string[] = [];
  #app: AppProcess | null = null;
  #view = new TimelineView();
  #storeKey: Buffer | null = null;

  private constructor(
    readonly world: AppWorld,
    readonly built: BuiltApp,
    readonly scratch: string,
    readonly partner: Device,
    readonly roomId: string,
  ) {
    const disk = join(scratch, 'disk');
    mkdirSync(disk);
    this.#profileDir = join(disk, 'profile');
    this.#control = FaultControl.create(join(scratch, 'control'), disk);
    this.#ears = new PartnerEars(partner, roomId);
  }

  static async begin(
    world: AppWorld,
    built: BuiltApp,
    scratch: string,
    { partner, user }: People,
  ): Promise<Reception> {
    const { baseUrl } = world.homeserver;
    const account = await ConsoleLogin.open(baseUrl, user);
    const roomId = await account.createEncryptedRoom([partner.userId]);
    await partner.join(roomId);
    const reception = new Reception(world, built, scratch, partner, roomId);
    const app = reception.#start();
    await app.until('the app starts', () => app.state.phase === 'signed_out');
    await app.call('signIn.password', { baseUrl, user: user.userId, password: user.password });
    await app.until('online', () => app.connection.state === 'online');
    if (app.state.phase !== 'signed_in') throw new Error('Signed in, but not so');
    await partner.knowsDeviceOf(user.userId, app.state.account.deviceId);
    await app.close();
    reception.#app = null;
    return reception;
  }

  /** One message for each moment, until one comes in untouched. */
  async row(kind: FaultKind, moments: readonly number[]): Promise<Received> {
    const findings: Finding[] = [];
    let messages = 0;
    let injected = 0;
    for (const nth of moments) {
      const app = await this.#online();
      const body = `${kind}, ${String(nth)}`;
      this.#said.push(body);
      this.#control.arm(faultKinds[kind], nth, messages);
      const view = this.#view;
      await this.partner.client.getCrypto()?.forceDiscardSession(this.roomId);
      await this.partner.say(this.roomId, body);
      messages += 1;
      await this.#untilFelt(app, view, body);
      if (faultKinds[kind].ends && this.#control.hits > 0) await untilGone(app);
      const { hits } = this.#control;
      this.#control.disarm();
      injected += hits;
      await this.#mustArrive(body, findings);
      if (hits === 0) break;
    }
    findings.push(...(await this.#look()));
    return { kind, messages, injected, findings };
  }

  async end(): Promise<void> {
    await this.#app?.close();
    this.#ears.close();
    this.#control.close();
  }

  /** Until the fault was felt, or the message is there. The page can't tell: it is looked at. */
  async #untilFelt(app: AppProcess, view: TimelineView, body: string): Promise<void> {
    const looking = setInterval(() => app.poke(), 50);
    try {
      await app.until(
        'the fault is felt',
        () => this.#control.hits > 0 || view.saying(body).length > 0,
      );
    } catch (error) {
      if (!app.isGone) {
        const { state, connection } = app;
        const told = `${state.phase}, ${connection.state}, ${String(this.#control.seen)} operations`;
        throw new Error(`“${body}” did not come, nor did its fault: ${told}`, { cause: error });
      }
    } finally {
      clearInterval(looking);
    }
  }

  /** Once the disk is well, by itself or after a start of the app that ended. */
  async #mustArrive(body: string, findings: Finding[]): Promise<void> {
    try {
      const app = await this.#online();
      await app.until('the message is readable', () => this.#view.saying(body).length > 0);
      const times = this.#view.saying(body).length;
      if (times > 1) findings.push({ kind: 'message doubled', detail: `“${body}” ${times} times` });
    } catch (error) {
      const items = JSON.stringify(this.#view.items.slice(-2).map(({ content }) => content));
      findings.push({ kind: 'message lost', detail: `“${body}”: ${String(error)} ${items}` });
      await this.#app?.kill();
      this.#app = null;
    }
  }

  /** Kills the app and looks at its disk: every message so far must open with the keys there. */
  async #look(): Promise<Finding[]> {
    await this.#online();
    await this.#app?.kill();
    this.#app = null;
    const copy = join(this.scratch, `copy-${String(this.#said.length)}`);
    await copyProfile(this.#profileDir, copy);
    const events = [...this.#ears.events.keys()]
      .map((id) => this.#ears.raw(id))
      .filter((event) => event !== null);
    if (this.#storeKey === null) throw new Error('The app gave no store key');
    const { damage, unreadable } = await inspectProfile(copy, this.#storeKey, events);
    rmSync(copy, { recursive: true, force: true });
    return [
      ...damage.map((detail): Finding => ({ kind: 'damaged', detail })),
      ...unreadable.map(({ event_id: id }): Finding => ({ kind: 'key lost', detail: `of ${id}` })),
    ];
  }

  #start(): AppProcess {
    const { env } = this.world;
    const app = AppProcess.start(
      {
        built: this.built,
        node: process.execPath,
        env: { ...env, LD_PRELOAD: buildShim(), HOLDFAST_FAULT_CONTROL: this.#control.path },
      },
      this.#profileDir,
    );
    this.#app = app;
    return app;
  }

  async #online(): Promise<AppProcess> {
    if (this.#app !== null && !this.#app.isGone) return this.#app;
    const app = this.#start();
    const view = new TimelineView();
    this.#view = view;
    await onlineAsBefore(app);
    this.#storeKey = app.storeKey;
    app.watch('timeline', { roomId: this.roomId }, (message) => view.take(message));
    return app;
  }
}
