/** Kills the app at random moments of what people do with it, and counts what it cost: nothing. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Device } from '../../support/partner/device';
import { asError } from './app-process';
import { buildApp } from './build-app';
import { talkUnderKills } from './conversation';
import { setUpUnderKills } from './first-setup';
import { keepAccount, restoreUnderKills } from './restore';
import type { World } from './subject';
import { watchSharedKeys } from './shared-keys';
import { scenarios, Tally, type Finding, type Scenario } from './tally';

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** All of them by default. */
  readonly scenario?: Scenario | undefined;
  /** The project's folder. */
  readonly root: string;
  readonly homeserver: { readonly baseUrl: string; registerUser: World['registerUser'] };
  /** Where the keychain is found. */
  readonly env: NodeJS.ProcessEnv;
  readonly progress?: ((tally: Tally) => void) | undefined;
}

export interface KillReport {
  readonly kills: number;
  readonly seed: number;
  readonly seconds: number;
  readonly keysLost: number;
  readonly messagesLost: number;
  readonly messagesDoubled: number;
  readonly integrityFailures: number;
  readonly failedRestarts: number;
  /** Messages of the partner that were left out: it had sent their key to nobody. */
  readonly unshared: number;
  readonly findings: readonly Finding[];
  readonly rows: readonly KillRow[];
}

export interface KillRow {
  readonly scenario: Scenario;
  readonly kills: number;
  /** Keys found on disk or in the backup, over all looks. */
  readonly keysChecked: number;
  /** Messages opened with these, or counted on the server. */
  readonly messagesChecked: number;
  readonly findings: number;
  /** Milliseconds. */
  readonly perKillMs: number;
}

/** Shares of the kills. */
const shares: Readonly<Record<Scenario, number>> = {
  'sign-in': 0.15,
  setup: 0.2,
  restore: 0.25,
  send: 0.2,
  receive: 0.2,
};
/** A small backup for a short run; in a long one a restore takes about a second. */
const keysFor = (kills: number): number => (kills >= 100 ? 3_000 : 800);

export async function runKills(options: KillOptions): Promise<KillReport> {
  const { seed, root, homeserver } = options;
  const started = Date.now();
  const tally = new Tally();
  watchSharedKeys();
  const quota = quotas(options.kills, options.scenario);
  const scratch = await mkdtemp(join(tmpdir(), 'holdfast-kills-'));
  const kept = join(root, '.cache', 'faults', 'kept');
  await mkdir(kept, { recursive: true });
  const world: World = {
    baseUrl: homeserver.baseUrl,
    registerUser: (name) => homeserver.registerUser(`${name}-${String(started)}`),
    parts: {
      built: await buildApp(root),
      env: options.env,
      node: process.execPath,
    },
    tally,
    seed,
    scratch,
    kept,
    progress: () => options.progress?.(tally),
    left: (scenario) => quota[scenario] - tally.kills(scenario),
  };
  try {
    await Promise.all([
      talkUnderKills(world).catch(noted(tally, 'receive')),
      accountsUnderKills(world, options).catch(noted(tally, 'setup')),
    ]);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
  return report(tally, seed, Date.now() - started);
}

/** What ends a lane is a finding as well: its kills don't happen. */
function noted(tally: Tally, scenario: Scenario): (error: unknown) => void {
  return (error) => {
    const detail = `The lane ended: ${asError(error).stack ?? ''}`;
    tally.findings.push({
      loss: 'restart',
      scenario,
      step: tally.kills(scenario),
      detail,
      kept: null,
    });
  };
}

/** New accounts and new devices of an old one, in turn. */
async function accountsUnderKills(world: World, { kills }: KillOptions): Promise<void> {
  const { left } = world;
  const kept = left('restore') > 0 ? await keepAccount(world, keysFor(kills)) : null;
  const { userId, password } = await world.registerUser(`lea-${String(world.seed)}`);
  const partner = await Device.signIn({ baseUrl: world.baseUrl, user: userId, password });
  try {
    await partner.crossSign(password);
    while (left('sign-in') + left('setup') + left('restore') > 0) {
      if (left('setup') > 0 || left('restore') <= 0) await setUpUnderKills(world, partner);
      if (kept !== null && left('restore') > 0) await restoreUnderKills(world, kept);
    }
  } finally {
    partner.stop();
  }
}

function quotas(kills: number, only?: Scenario): Record<Scenario, number> {
  const quota = { 'sign-in': 0, setup: 0, restore: 0, send: 0, receive: 0 };
  if (only !== undefined) return { ...quota, [only]: kills };
  let given = 0;
  for (const scenario of scenarios) {
    quota[scenario] = Math.floor(kills * shares[scenario]);
    given += quota[scenario];
  }
  quota.restore += kills - given;
  return quota;
}

function report(tally: Tally, seed: number, ms: number): KillReport {
  return {
    kills: tally.allKills,
    seed,
    seconds: Math.round(ms / 1000),
    keysLost: tally.count('key lost'),
    messagesLost: tally.count('message lost'),
    messagesDoubled: tally.count('message doubled'),
    integrityFailures: tally.count('integrity'),
    failedRestarts: tally.count('restart'),
    unshared: tally.unshared,
    findings: tally.findings,
    rows: scenarios.map((scenario) => {
      const kills = tally.kills(scenario);
      const { keys, messages } = tally.checks(scenario);
      return {
        scenario,
        kills,
        keysChecked: keys,
        messagesChecked: messages,
        findings: tally.findings.filter((finding) => finding.scenario === scenario).length,
        perKillMs: kills === 0 ? 0 : Math.round(tally.ms(scenario) / kills),
      };
    }),
  };
}
