/** Bringing back a backup on a new device, killed again and again until all is there. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RestoreState } from '../../../preload/model/keys';
import type { RawEvent } from './app-messages';
import { asError, GoneError, type AppProcess } from './app-process';
import { fillBackup, openBackup } from './backup-on-server';
import { chanceOf, Span, type Chance } from './chance';
import { ConsoleLogin } from './console-login';
import { setUpKeyBackup } from './key-backup';
import { onlineAsBefore } from './online';
import { signInUnderKills } from './sign-in';
import { Subject, type World } from './subject';

const rooms = 10;
const mostKills = 8;
const startSpan = new Span(700);
const span = new Span(1_500);

/** An account with a backup that is worth restoring. */
export interface KeptAccount {
  readonly account: ConsoleLogin;
  readonly recoveryKey: string;
  /** One for each key. */
  readonly events: readonly RawEvent[];
}

/** @param keys how many the backup holds */
export async function keepAccount(world: World, keys: number): Promise<KeptAccount> {
  const user = await world.registerUser(`ida-${String(world.seed)}`);
  const account = await ConsoleLogin.open(world.baseUrl, user);
  const roomIds: string[] = [];
  for (let room = 0; room < rooms; room += 1) roomIds.push(await account.createEncryptedRoom());
  const subject = new Subject(world);
  const app = subject.start();
  await app.until('the app starts', () => app.state.phase === 'signed_out');
  const { baseUrl } = world;
  await app.call('signIn.password', { baseUrl, user: user.userId, password: user.password });
  await app.until('online', () => app.connection.state === 'online');
  const recoveryKey = await setUpKeyBackup(app);
  await app.close();
  await subject.remove();
  const events = await fillBackup(account, await openBackup(account, recoveryKey), roomIds, keys);
  return { account, recoveryKey, events };
}

let lastRound = 0;

/** One new device, until it has every key. */
export async function restoreUnderKills(world: World, kept: KeptAccount): Promise<void> {
  lastRound += 1;
  const chance = chanceOf(world.seed, `restore-${String(lastRound)}`);
  const subject = new Subject(world);
  try {
    const app = await signInUnderKills(world, subject, kept.account.user, chance);
    if (app?.state.phase !== 'signed_in') return;
    const { deviceId } = app.state.account;
    await new RestoreRound(world, subject, kept, chance).run(app);
    await kept.account.removeDevice(deviceId);
  } finally {
    await subject.remove();
  }
}

class RestoreRound {
  readonly #world: World;
  readonly #subject: Subject;
  readonly #kept: KeptAccount;
  readonly #chance: Chance;
  #isBegun = false;
  #isDone = false;
  /** Whether the last kill left every key of the backup on the disk. */
  #isWhole = false;
  /** Keys that the app has shown as restored. */
  #shown = 0;

  constructor(world: World, subject: Subject, kept: KeptAccount, chance: Chance) {
    this.#world = world;
    this.#subject = subject;
    this.#kept = kept;
    this.#chance = chance;
  }

  async run(first: AppProcess): Promise<void> {
    const { events } = this.#kept;
    let app = first;
    for (let kills = 0; ; kills += 1) {
      const isLast = kills >= mostKills || this.#isDone || this.#world.left('restore') <= 0;
      const started = Date.now();
      if (kills > 0) app = this.#subject.start();
      const work = this.#restore(app).then(() => null, asError);
      if (!isLast) {
        await this.#moment(app, kills > 0);
        const inspection = await this.#subject.kill('restore', () => []);
        this.#note(app);
        await this.#compare(inspection?.sessions ?? new Set());
      }
      const problem = await work;
      if (problem !== null && !(problem instanceof GoneError)) {
        await this.#subject.found('restart', 'restore', String(problem));
        return;
      }
      if (isLast) {
        if (kills === 0) span.took(Date.now() - started);
        break;
      }
      this.#world.tally.spent('restore', Date.now() - started);
    }
    this.#note(app);
    const inspection = await this.#subject.close('restore', events);
    await this.#compare(inspection?.sessions ?? new Set());
  }

  /** A moment of the start, any moment of the restore, or just after a number of keys was shown. */
  async #moment(app: AppProcess, isRestart: boolean): Promise<void> {
    const fraction = this.#chance.fraction();
    const kind = this.#chance.fraction();
    const before = isRestart ? startSpan.ms : 0;
    if (kind < 0.1) return pause(fraction * before);
    if (kind < 0.5) return pause(before + fraction * span.ms);
    const total = this.#kept.events.length;
    const goal = this.#shown + Math.ceil(fraction * (total - this.#shown));
    const reached = (): boolean => doneOf(app.restores.at(-1)) >= goal;
    await app.until('keys are restored', reached).catch(() => undefined);
  }

  async #restore(app: AppProcess): Promise<void> {
    await onlineAsBefore(app);
    const last = (): RestoreState['step'] => app.restores.at(-1)?.step ?? 'idle';
    if (!this.#isDone && last() === 'idle') {
      // Killed after its last key and before it could say so, it has nothing to go on with.
      if (this.#isBegun && this.#isWhole) this.#isDone = true;
      else if (this.#isBegun) throw new Error('The restore does not go on by itself');
    }
    if (!this.#isDone && last() === 'idle') {
      await app.call('restore.begin', { secret: this.#kept.recoveryKey });
      this.#isBegun = true;
    }
    if (this.#isDone) return;
    await app.until('every key is restored', () => last() === 'done');
  }

  /** Everything the app has said until it was gone. */
  #note(app: AppProcess): void {
    for (const state of app.restores) {
      this.#shown = Math.max(this.#shown, doneOf(state));
      if (state.step === 'restoring') this.#isBegun = true;
      if (state.step === 'done') this.#isDone = true;
    }
  }

  async #compare(sessions: ReadonlySet<string>): Promise<void> {
    const { events } = this.#kept;
    const here = events.filter(({ content }) => sessions.has(String(content['session_id']))).length;
    this.#isWhole = here === events.length;
    const expected = this.#isDone ? events.length : this.#shown;
    if (here >= expected) return;
    const detail = `${String(expected)} keys were shown as restored, ${String(here)} are on disk`;
    await this.#subject.found('key lost', 'restore', detail);
  }
}

function doneOf(state: RestoreState | undefined): number {
  switch (state?.step) {
    case 'restoring':
    case 'interrupted':
      return state.done;
    case 'done':
      return state.imported;
    default:
      return 0;
  }
}
