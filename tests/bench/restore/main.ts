/**
 * The restore's bench: how soon the messages on screen are readable, how long all keys take, what it
 * costs in memory and on the main thread; against the same SDK's own restore in Chromium. Every run
 * is a fresh process or browser.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { leanNodeArgs, leanNodeEnv } from '../../../scripts/lib/lean-node.mjs';
import { makeKeyBackup, type KeyBackup } from '../../support/backup/make-key-backup';
import { removeProfiles, startEngine } from '../../support/engine/start-engine';
import { startHomeserver, type RegisteredUser } from '../../support/homeserver/homeserver';
import { createEncryptedRoom, send } from '../../integration/keys/conversation';
import { openChromiumBench } from '../store/chromium';
import { median } from '../store/figures';
import { logIn } from '../store/log-in';
import type { Rate } from '../store/workload';
import type { RestoreMeasured, RestoreTask } from './task';

/** As many as a large window shows, each under a key of its own: the worst case. */
const messagesOnScreen = 20;
const childLimitMs = 900_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    keys: { type: 'string', default: '20000' },
    rooms: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    'without-chromium': { type: 'boolean', default: false },
  },
});
const options = {
  rounds: Number(values.rounds),
  keys: Number(values.keys),
  rooms: Number(values.rooms),
  withChromium: !values['without-chromium'],
};
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const scratch = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
const ours: RestoreMeasured[] = [];
const chromium: Rate[] = [];
try {
  await using stack = new AsyncDisposableStack();
  const homeserver = await startHomeserver();
  stack.defer(() => homeserver.stop());
  const account = await homeserver.registerUser(`bench-${randomBytes(5).toString('hex')}`);
  say(`Filling a backup with ${options.keys} keys`);
  const { keys, rooms } = options;
  const backup = await makeKeyBackup({ homeserver, account, keys, rooms, joined: rooms });
  const roomId = await converse(homeserver, account, backup);
  const inBackup = keys + messagesOnScreen;

  const keysFile = join(scratch, 'keys.json');
  await writeFile(keysFile, '[]');
  await using browser = await openChromiumBench(keysFile);
  for (let round = 1; round <= options.rounds; round += 1) {
    const dir = join(scratch, `profile-${round}`);
    await mkdir(dir);
    const run = await restoreInChild({
      profile: { dir, storeKey: randomBytes(32).toString('base64') },
      baseUrl: homeserver.baseUrl,
      user: account.userId,
      password: account.password,
      recoveryKey: backup.recoveryKey,
      keys: inBackup,
      roomId,
      messages: messagesOnScreen,
    });
    ours.push(run);
    say(`Round ${round}: ours      ${JSON.stringify(run)}`);
    if (!options.withChromium) continue;
    const login = await logIn(homeserver.baseUrl, account);
    const theirs = await browser.run(join(scratch, `browser-${round}`), (page) =>
      page.call('restore', login, { ...backup, keys: inBackup }),
    );
    chromium.push(theirs);
    say(`Round ${round}: chromium  ${theirs.perSecond.toFixed(0)} keys/s`);
  }
} finally {
  await removeProfiles();
  await rm(scratch, { recursive: true, force: true });
}

const of = (figure: (run: RestoreMeasured) => number): number | null => median(ours.map(figure));
const rate = of((run) => run.perSecond);
const theirRate = median(chromium.map(({ perSecond }) => perSecond));
const figures = {
  restoreVsChromium: rate === null || theirRate === null ? null : rounded(rate / theirRate),
  firstScreenMs: rounded(of((run) => run.firstScreenMs)),
  peakRssMB: rounded(of((run) => run.peakRssMB)),
  mainLoopDelayMaxMs: rounded(of((run) => run.loopDelayMaxMs)),
  mainLoopDelayP99Ms: rounded(of((run) => run.loopDelayP99Ms)),
  keys: options.keys,
  keysPerSecond: rounded(rate),
  chromiumKeysPerSecond: rounded(theirRate),
  rounds: options.rounds,
  runs: { ours, chromium },
};
const { runs, ...summary } = figures;
const table = Object.entries(summary).map(([name, value]) => `${name.padEnd(24)}${value ?? '-'}`);
const json = values.json ? `${JSON.stringify({ ...summary, runs })}\n` : '';
process.stdout.write(`${table.join('\n')}\n${json}`, () => {
  // The SDK's timers must not keep a process that has nothing left to do.
  process.exit(0);
});

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(2));
}

/** A device that has the backup fills a screen with messages and backs their keys up. */
async function converse(
  homeserver: { readonly baseUrl: string },
  user: RegisteredUser,
  backup: KeyBackup,
): Promise<string> {
  await using engine = await startEngine({ signIn: { homeserver, user } });
  await engine.call('restore.begin', { secret: backup.recoveryKey });
  // It has the backup's key now, which is all that is needed here.
  await engine.call('restore.pause', {});
  const { client } = engine.engine.session;
  const roomId = await createEncryptedRoom(client);
  for (let message = 0; message < messagesOnScreen; message += 1) {
    await client.getCrypto()?.forceDiscardSession(roomId);
    await send(client, roomId, `message ${message}`);
  }
  const wanted = backup.keys + messagesOnScreen;
  await engine.call('signOut.risk', {});
  await engine.keys.waitFor(({ backedUpKeys }) => backedUpKeys === wanted);
  return roomId;
}

async function restoreInChild(task: RestoreTask): Promise<RestoreMeasured> {
  const child = fileURLToPath(new URL('./child.js', import.meta.url));
  const args = [...leanNodeArgs, child, JSON.stringify(task)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    timeout: childLimitMs,
    // As the app is started.
    env: { ...leanNodeEnv, ...process.env },
  });
  return JSON.parse(stdout) as RestoreMeasured;
}
