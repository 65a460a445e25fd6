/** A profile on disk that is started and killed again and again, and what must be found on it. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RawEvent } from './app-messages';
import { AppProcess, type AppParts } from './app-process';
import { copyProfile, inspectProfile, type Inspection } from './inspect-profile';
import type { Loss, Scenario, Tally } from './tally';

export interface World {
  readonly baseUrl: string;
  readonly registerUser: (
    name: string,
  ) => Promise<{ readonly userId: string; readonly name: string; readonly password: string }>;
  readonly parts: AppParts;
  readonly tally: Tally;
  readonly seed: number;
  /** For the profiles of this run; removed at its end. */
  readonly scratch: string;
  /** Where profiles of failures are kept. */
  readonly kept: string;
  readonly progress: () => void;
  /** Kills of a scenario that are still to come. */
  readonly left: (scenario: Scenario) => number;
}

let lastSubject = 0;

export class Subject {
  readonly #world: World;
  readonly dir: string;
  #storeKey: Buffer | null = null;
  /** Sessions seen on disk after an earlier kill, by device. */
  readonly #sessions = new Map<string, ReadonlySet<string>>();
  #app: AppProcess | null = null;

  constructor(world: World) {
    this.#world = world;
    lastSubject += 1;
    this.dir = join(world.scratch, `profile-${String(lastSubject)}`);
  }

  start(): AppProcess {
    this.#app = AppProcess.start(this.#world.parts, this.dir);
    return this.#app;
  }

  /**
   * Kills the app and looks at what it left: whole databases, every key that was there before, and
   * the keys of `promised`, which it had shown as readable or confirmed to the server.
   */
  async kill(scenario: Scenario, promised: () => readonly RawEvent[]): Promise<Inspection | null> {
    const app = this.#requireApp();
    await app.kill();
    const step = this.#world.tally.killed(scenario);
    const inspection = await this.#look(scenario, step, promised());
    this.#world.progress();
    return inspection;
  }

  /** Ends the app as quitting does, and looks at the profile as after a kill. */
  async close(scenario: Scenario, promised: readonly RawEvent[]): Promise<Inspection | null> {
    await this.#requireApp().close();
    return this.#look(scenario, this.#world.tally.kills(scenario), promised);
  }

  /** Keeps the profile as it lies there and notes what was found. */
  async found(loss: Loss, scenario: Scenario, detail: string): Promise<void> {
    const { tally, kept, seed } = this.#world;
    const step = tally.kills(scenario);
    const place = join(kept, `seed-${String(seed)}-${scenario}-${String(step)}`);
    if (this.#app !== null && !this.#app.isGone) await this.#app.kill();
    await copyProfile(this.dir, place).catch(() => undefined);
    await mkdir(place, { recursive: true });
    const key = (this.#storeKey ?? this.#app?.storeKey)?.toString('base64') ?? 'not known';
    // A profile of this run's own throw-away accounts: without its key it could not be looked into.
    await writeFile(join(place, 'finding.txt'), `${loss}: ${detail}\nstore key: ${key}\n`, {
      flag: 'a',
    });
    tally.findings.push({ loss, scenario, step, detail, kept: place });
    process.stderr.write(
      `✗ ${loss} at kill ${String(step)} of ${scenario} (seed ${String(seed)}): ${detail}\n  ${place}\n`,
    );
  }

  async remove(): Promise<void> {
    if (this.#app !== null && !this.#app.isGone) await this.#app.kill();
    await rm(this.dir, { recursive: true, force: true });
  }

  async #look(
    scenario: Scenario,
    step: number,
    promised: readonly RawEvent[],
  ): Promise<Inspection | null> {
    this.#storeKey ??= this.#requireApp().storeKey;
    if (this.#storeKey === null) return null;
    const copy = join(this.#world.scratch, `copy-${scenario}-${String(step)}`);
    await rm(copy, { recursive: true, force: true });
    try {
      await copyProfile(this.dir, copy);
      const inspection = await inspectProfile(copy, this.#storeKey, promised);
      await this.#judge(scenario, inspection, promised.length);
      return inspection;
    } catch (error) {
      await this.found('integrity', scenario, `The store does not open: ${String(error)}`);
      return null;
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  }

  async #judge(scenario: Scenario, inspection: Inspection, promised: number): Promise<void> {
    const { damage, deviceId, sessions, unreadable } = inspection;
    if (damage.length > 0) await this.found('integrity', scenario, damage.join('; '));
    if (unreadable.length > 0) {
      const ids = unreadable.map(({ event_id: id }) => id).join(', ');
      await this.found(
        'key lost',
        scenario,
        `${String(unreadable.length)} of ${String(promised)} messages shown or confirmed before the kill have no key on disk: ${ids}`,
      );
    }
    if (deviceId !== null) {
      const missing = [...(this.#sessions.get(deviceId) ?? [])].filter((id) => !sessions.has(id));
      if (missing.length > 0) {
        await this.found(
          'key lost',
          scenario,
          `${String(missing.length)} keys were on disk before`,
        );
      }
      this.#sessions.set(deviceId, sessions);
    }
    this.#world.tally.checked(scenario, { keys: sessions.size, messages: promised });
  }

  #requireApp(): AppProcess {
    if (this.#app === null) throw new Error('The app was never started');
    return this.#app;
  }
}
