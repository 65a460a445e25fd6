/**
 * SQLite's own method: a scenario runs on a disk whose n-th operation fails, for each n, until it
 * passes untouched. After each run the disk is well again, and what is left is looked at.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildShim } from '../support/build-shim';
import { bundleChild } from '../support/bundle-child';
import { FaultControl } from '../support/fault-control';
import { faultKindNames, faultKinds, type FaultKind } from '../support/fault-kinds';
import { profileIntegrity } from '../support/profile';
import { picks } from './picks';
import { receiveUnderFaults, type AppWorld, type Received } from './receiving';
import type { Finding, Place, Scenario } from './scenario';
import { ScenarioProcess, type Outcome } from './scenario-process';
import { scenarios } from './scenarios';

export interface InjectedRow {
  readonly scenario: string;
  readonly kind: FaultKind;
  /** Operations of this kind in a run that nothing disturbs; 0 where they can't be counted. */
  readonly operations: number;
  readonly runs: number;
  readonly injected: number;
  readonly findings: readonly string[];
}

export interface InjectedFaults {
  /** Operations made to fail, by kind of fault. */
  readonly faultsInjected: Record<string, number>;
  readonly keysLost: number;
  readonly messagesLost: number;
  readonly messagesDoubled: number;
  readonly integrityFailures: number;
  /** Left half-done, or not working again once the disk was well. */
  readonly otherFailures: number;
  readonly rows: readonly InjectedRow[];
}

export interface InjectedOptions {
  /** How many of a scenario's operations fail, at most, by each kind of fault; evenly spread. */
  readonly moments: number;
  /** Told of each finished row. */
  readonly onRow?: (row: InjectedRow) => void;
  readonly only?: (scenario: string, kind: FaultKind) => boolean;
  /** What the whole app needs; without it, it is left out. */
  readonly app?: AppWorld;
}

/** Generations of one run: attempts in the process, then one after it. */
const STEP = 10;

/** In the app there is no end to operations: those after the key has come are the interesting ones. */
const APP_MOMENTS = [1, 5, 2, 10, 3, 20, 4, 6, 8, 13, 16, 25, 32];

/** Injects faults into every scenario. */
export async function runInjectedFaults(options: InjectedOptions): Promise<InjectedFaults> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-faults-'));
  const bench = new Bench(folder);
  const rows: InjectedRow[] = [];
  const findings: Finding[] = [];
  try {
    for (const scenario of scenarios) {
      for (const kind of faultKindNames) {
        if (options.only?.(scenario.name, kind) === false) continue;
        const result = await bench.row(scenario, kind, options.moments);
        rows.push(result.row);
        findings.push(...result.findings);
        options.onRow?.(result.row);
      }
    }
    if (options.app !== undefined) {
      const moments = APP_MOMENTS.slice(0, Math.max(2, options.moments / 10));
      for (const received of await receiveUnderFaults(options.app, faultKindNames, moments)) {
        const row = receivedRow(received);
        rows.push(row);
        findings.push(...received.findings);
        options.onRow?.(row);
      }
    }
  } finally {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const countOf = (...kinds: Finding['kind'][]): number =>
    findings.filter(({ kind }) => kinds.includes(kind)).length;
  const faultsInjected: Record<string, number> = {};
  for (const { kind, injected } of rows) {
    faultsInjected[kind] = (faultsInjected[kind] ?? 0) + injected;
  }
  return {
    faultsInjected,
    keysLost: countOf('key lost'),
    messagesLost: countOf('message lost'),
    messagesDoubled: countOf('message doubled'),
    integrityFailures: countOf('damaged'),
    otherFailures: countOf('half done', 'stuck'),
    rows,
  };
}

function receivedRow({ kind, messages, injected, findings }: Received): InjectedRow {
  return {
    scenario: 'receiving in the whole app',
    kind,
    operations: 0,
    runs: messages,
    injected,
    findings: findings.map(({ kind: what, detail }) => `${what}: ${detail}`),
  };
}

class Bench {
  readonly #disk: string;
  readonly #control: FaultControl;
  readonly #process: ScenarioProcess;
  #runs = 0;

  constructor(readonly folder: string) {
    this.#disk = join(folder, 'disk');
    mkdirSync(this.#disk);
    const page = join(folder, 'control');
    this.#control = FaultControl.create(page, this.#disk);
    this.#process = new ScenarioProcess(bundleChild('injected/child.ts'), buildShim(), page);
  }

  async close(): Promise<void> {
    await this.#process.stop();
    this.#control.close();
  }

  async row(
    scenario: Scenario,
    kind: FaultKind,
    most: number,
  ): Promise<{ row: InjectedRow; findings: Finding[] }> {
    const undisturbed = await this.#run(scenario, kind, null);
    const findings = [...undisturbed.findings];
    const { operations } = undisturbed;
    let runs = 1;
    let injected = 0;
    const told = findings.map(({ kind: what, detail }) => `undisturbed: ${what}: ${detail}`);
    for (const nth of picks(operations, most)) {
      const run = await this.#run(scenario, kind, nth);
      runs += 1;
      injected += run.hits;
      findings.push(...run.findings);
      told.push(...run.findings.map(({ kind: what, detail }) => `n = ${nth}: ${what}: ${detail}`));
    }
    return {
      row: { scenario: scenario.name, kind, operations, runs, injected, findings: told },
      findings,
    };
  }

  async #run(
    scenario: Scenario,
    kind: FaultKind,
    nth: number | null,
  ): Promise<{ operations: number; hits: number; findings: Finding[] }> {
    const fault = faultKinds[kind];
    this.#runs += 1;
    const run = String(this.#runs);
    const place: Place = {
      profileDir: join(this.#disk, run),
      besideDir: join(this.folder, 'beside', run),
    };
    mkdirSync(place.profileDir, { recursive: true });
    mkdirSync(place.besideDir, { recursive: true });
    try {
      await scenario.prepare(place);
      // Seed 0 keeps nothing of what was not synced, the others a part of it.
      this.#control.arm(fault, nth ?? undefined, this.#runs % 3 === 0 ? 0 : this.#runs);
      const order = {
        scenario: scenario.name,
        place,
        generation: 1,
        then: this.#runs % 2 === 0 ? 'go on' : 'close',
      } as const;
      const outcome = await this.#process.carryOut(order);
      const { seen: operations, hits } = this.#control;
      this.#control.disarm();
      const acknowledged = acknowledgedIn(outcome);
      const findings = [
        ...judge(outcome, fault.ends && hits > 0, hits),
        ...(await look(scenario, place, acknowledged)),
        ...(await this.#again(scenario, place, acknowledged)),
      ];
      return { operations, hits, findings };
    } finally {
      this.#control.disarm();
      rmSync(place.profileDir, { recursive: true, force: true });
      rmSync(place.besideDir, { recursive: true, force: true });
    }
  }

  /** On the well disk it must run to its end, on what the fault has left. */
  async #again(scenario: Scenario, place: Place, before: readonly string[]): Promise<Finding[]> {
    const order = { scenario: scenario.name, place, generation: STEP, then: 'close' } as const;
    const outcome = await this.#process.carryOut(order);
    return [
      ...judge(outcome, false, 0),
      ...(await look(scenario, place, [...before, ...acknowledgedIn(outcome)])),
    ];
  }
}

function acknowledgedIn({ told }: Outcome): string[] {
  return told.flatMap((each) => (each.told === 'acknowledged' ? [each.what] : []));
}

function judge({ told, ended, words }: Outcome, mayEnd: boolean, hits: number): Finding[] {
  const findings: Finding[] = [];
  if (ended !== 'done' && !mayEnd) findings.push({ kind: 'stuck', detail: `${ended} ${words}` });
  for (const each of told) {
    if (each.told === 'stuck' || (each.told === 'failed' && hits === 0)) {
      findings.push({ kind: 'stuck', detail: `${each.stage}: ${each.message}` });
    }
  }
  return findings;
}

async function look(
  scenario: Scenario,
  place: Place,
  acknowledged: readonly string[],
): Promise<Finding[]> {
  try {
    const findings = await scenario.check(place, acknowledged);
    const key = await scenario.storeKey?.(place);
    const damage = profileIntegrity(place.profileDir, key);
    return [...findings, ...damage.map((detail): Finding => ({ kind: 'damaged', detail }))];
  } catch (error) {
    return [{ kind: 'damaged', detail: String(error) }];
  }
}
