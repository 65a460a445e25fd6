/**
 * The long form of the fault harness, as `npm run faults` starts it; HOLDFAST_TEST_HOMESERVER names
 * the homeserver, the environment the keychain.
 *
 *   --kills N       how often the app is killed (1000); as much goes into the injected faults
 *   --seed N        plans the same kills as the run that printed it
 *   --scenario S    kills of this scenario only: sign-in, setup, restore, send, receive
 *   --only-kills    no injected faults
 *   --json          ends with one JSON object
 *
 * Exit code 1 where anything was lost.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { connectHomeserver } from '../support/homeserver/homeserver';
import { runInjectedFaults, type InjectedFaults } from './injected/run';
import { runKills, type KillReport } from './kills/run';
import { scenarios, type Tally } from './kills/tally';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    scenario: { type: 'string' },
    'only-kills': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
/** With the usual 1,000 kills every operation of the scenarios fails once. */
const momentsPerKill = 0.4;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);

const kills = Number(values.kills);
const seed = Number(values.seed);
const scenario = scenarios.find((each) => each === values.scenario);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  throw new Error('--kills and --seed take whole numbers');
}
if (values.scenario !== undefined && scenario === undefined) {
  throw new Error(`There is no such scenario; there are: ${scenarios.join(', ')}`);
}

say(`${String(kills)} kills, seed ${String(seed)}`);
const started = Date.now();
let told = Date.now();
const homeserver = await connectHomeserver(process.env['HOLDFAST_TEST_HOMESERVER'] ?? '');
const killReport = await runKills({
  kills,
  seed,
  scenario,
  root: process.cwd(),
  homeserver,
  env: process.env,
  progress: (tally) => {
    if (Date.now() - told < 10_000) return;
    told = Date.now();
    say(progressLine(tally, kills, Date.now() - started));
  },
});
printKills(killReport);

const injectsFaults = !values['only-kills'] && scenario === undefined;
const injected = injectsFaults ? await injectFaults() : null;

const lost = {
  keysLost: killReport.keysLost + (injected?.keysLost ?? 0),
  messagesLost: killReport.messagesLost + (injected?.messagesLost ?? 0),
  messagesDoubled: killReport.messagesDoubled + (injected?.messagesDoubled ?? 0),
  integrityFailures: killReport.integrityFailures + (injected?.integrityFailures ?? 0),
  otherFailures: killReport.failedRestarts + (injected?.otherFailures ?? 0),
};
if (values.json) {
  const { rows, seconds } = killReport;
  const faultsInjected = injected?.faultsInjected ?? {};
  say(
    JSON.stringify({
      kills: killReport.kills,
      faultsInjected,
      ...lost,
      seed,
      killsByScenario: Object.fromEntries(rows.map((row) => [row.scenario, row.kills])),
      keysChecked: rows.reduce((sum, row) => sum + row.keysChecked, 0),
      messagesChecked: rows.reduce((sum, row) => sum + row.messagesChecked, 0),
      unshared: killReport.unshared,
      killSeconds: seconds,
    }),
  );
}
process.exit(Object.values(lost).some((count) => count > 0) ? 1 : 0);

function progressLine(tally: Tally, of: number, ms: number): string {
  const done = tally.allKills;
  const minutes = (((of - done) * ms) / Math.max(1, done) / 60_000).toFixed(0);
  const findings = tally.findings.length;
  const found = findings === 0 ? 'nothing lost' : `${String(findings)} findings`;
  return `  ${String(done)} of ${String(of)} kills, ${found}, ${minutes} min left`;
}

function printKills({ rows, findings, seconds, kills: done }: KillReport): void {
  say();
  say('scenario     kills   ms each   keys looked at   messages opened   findings');
  for (const row of rows) {
    const numbers = [
      [row.kills, 8],
      [row.perKillMs, 10],
      [row.keysChecked, 17],
      [row.messagesChecked, 18],
      [row.findings, 11],
    ] as const;
    const cells = numbers.map(([number, width]) => String(number).padStart(width));
    say(row.scenario.padEnd(10) + cells.join(''));
  }
  const each = done === 0 ? 0 : seconds / done;
  say(`${String(done)} kills in ${String(seconds)} s: ${each.toFixed(1)} s each`);
  for (const { loss, scenario: of, step, detail, kept } of findings) {
    say(`✗ ${loss}, kill ${String(step)} of ${of}: ${detail}\n  ${kept ?? ''}`);
  }
  say();
}

async function injectFaults(): Promise<InjectedFaults> {
  return runInjectedFaults({
    moments: Math.min(400, Math.max(3, Math.round(kills * momentsPerKill))),
    app: { homeserver, env: process.env },
    onRow: ({ scenario: of, kind, injected: count, findings }) => {
      const found = findings.length === 0 ? '' : `  ✗ ${findings.join('; ')}`;
      say(`  ${of}, ${kind}: ${String(count)} injected${found}`);
    },
  });
}
