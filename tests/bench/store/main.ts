/**
 * The store's bench. Every run is a fresh process or browser; the environments take turns within a
 * round, so that what else the computer does falls on all of them.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeyBackup } from '../../support/backup/make-key-backup';
import { makeMegolmSessions } from '../../support/backup/megolm-sessions';
import { removeProfiles } from '../../support/engine/start-engine';
import { startHomeserver } from '../../support/homeserver/homeserver';
import { openChromiumBench } from './chromium';
import { figuresOf } from './figures';
import { logIn } from './log-in';
import { readOptions } from './options';
import { Recorder } from './recorder';
import { runTask } from './run-task';
import { tableOf } from './table';
import type { StoredProfile } from './tasks';

const options = readOptions(process.argv.slice(2));
const scratch = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
const recorder = new Recorder((line) => void process.stderr.write(`${line}\n`));

process.on('exit', () => {
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

let folders = 0;
const freshFolder = async (): Promise<string> => {
  const folder = join(scratch, `run-${(folders += 1)}`);
  await mkdir(folder, { recursive: true });
  return folder;
};
const freshProfile = async (): Promise<StoredProfile> => ({
  dir: await freshFolder(),
  storeKey: randomBytes(32).toString('base64'),
});

try {
  await using stack = new AsyncDisposableStack();
  const wants = (part: (typeof options.only)[number]): boolean => options.only.includes(part);

  const keysFile = join(scratch, 'keys.json');
  if (wants('import')) {
    const rooms = Array.from({ length: options.rooms }, (_, index) => `!room-${index}:localhost`);
    // One batch more: the first only warms up.
    const sessions = makeMegolmSessions(options.keys + options.batch, rooms);
    await writeFile(keysFile, JSON.stringify(sessions));
  }
  const browser = stack.use(await openChromiumBench(keysFile));
  const restore = wants('restore') ? await prepareRestore(stack) : null;
  const profiles = wants('open') ? await prepareProfiles() : null;

  for (let round = 1; round <= options.rounds; round += 1) {
    recorder.round(round, options.rounds);
    if (wants('import')) await importRound();
    if (restore !== null) await restoreRound(restore);
    if (wants('records')) await recordsRound();
    if (profiles !== null) await openRound(profiles);
  }

  async function importRound(): Promise<void> {
    for (const store of ['ours', 'memory', 'fake'] as const) {
      const profile = await freshProfile();
      const { batch: batchSize } = options;
      const run = await runTask({ measure: 'import', store, profile, keysFile, batchSize });
      recorder.import(store, run);
    }
    const run = await browser.run(await freshFolder(), (page) =>
      page.call('import', '/keys.json', options.batch),
    );
    recorder.import('chromium', run);
  }

  async function restoreRound({ homeserver, account, backup }: Restore): Promise<void> {
    const { baseUrl } = homeserver;
    const product = await runTask({
      measure: 'product-restore',
      profile: await freshProfile(),
      baseUrl,
      user: account.userId,
      password: account.password,
      recoveryKey: backup.recoveryKey,
      keys: backup.keys,
    });
    recorder.productRestore(product);
    for (const store of ['memory', 'fake'] as const) {
      const login = await logIn(baseUrl, account);
      recorder.restore(store, await runTask({ measure: 'restore', store, login, backup }));
    }
    const login = await logIn(baseUrl, account);
    const run = await browser.run(await freshFolder(), (page) =>
      page.call('restore', login, backup),
    );
    recorder.restore('chromium', run);
  }

  async function recordsRound(): Promise<void> {
    const { keys: count } = options;
    for (const store of ['ours', 'fake'] as const) {
      const profile = await freshProfile();
      recorder.records(store, await runTask({ measure: 'records', store, profile, count }));
    }
    const run = await browser.run(await freshFolder(), (page) => page.call('records', count));
    recorder.records('chromium', run);
  }

  async function openRound({ empty, full }: Profiles): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      recorder.open('empty', await runTask({ measure: 'open', profile: empty }));
      recorder.open('full', await runTask({ measure: 'open', profile: full }));
    }
  }
} finally {
  await removeProfiles();
}

const figures = figuresOf(recorder.runs);
const json = JSON.stringify({ ...figures, options, runs: recorder.runs });
process.stdout.write(
  `${tableOf(figures, recorder.runs.load, options)}${options.json ? `${json}\n` : ''}`,
  () => {
    // The SDK's timers must not keep a process that has nothing left to do.
    process.exit(0);
  },
);

type Restore = Awaited<ReturnType<typeof prepareRestore>>;
type Profiles = Awaited<ReturnType<typeof prepareProfiles>>;

async function prepareRestore(stack: AsyncDisposableStack) {
  recorder.say(`Filling a backup with ${options.keys} keys`);
  const homeserver = await startHomeserver();
  stack.defer(() => homeserver.stop());
  const account = await homeserver.registerUser(`bench-${randomBytes(5).toString('hex')}`);
  const { keys, rooms } = options;
  const backup = await makeKeyBackup({ homeserver, account, keys, rooms, joined: rooms });
  return { homeserver, account, backup };
}

async function prepareProfiles() {
  recorder.say(`Filling a store with ${options.stored} sessions`);
  const [empty, full] = [await freshProfile(), await freshProfile()];
  await runTask({ measure: 'fill', profile: empty, sessions: 0 });
  await runTask({ measure: 'fill', profile: full, sessions: options.stored });
  return { empty, full };
}
