/**
 * `npm run demo`: the app with a homeserver of its own, encrypted rooms with history, and partners
 * who answer. Begins anew each time; `-- --keep` opens what the last demo left, without partners.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chooseShell, startApp } from './lib/app.mjs';
import { ensureBuild } from './lib/build.mjs';
import { hasDisplay, startDisplay } from './lib/display.mjs';
import { withEnding } from './lib/ending.mjs';
import { startHomeserver } from './lib/homeserver.mjs';
import { hasSecretService, startKeyring } from './lib/keyring.mjs';
import { main } from './lib/main.mjs';
import { startPartner } from './lib/partner.mjs';
import { cache } from './lib/paths.mjs';
import { box, say, step } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';

const WINDOW_LIMIT_MS = 60_000;

/** @typedef {import('./lib/homeserver.mjs').Homeserver} Homeserver */
/** @typedef {import('./lib/homeserver.mjs').RegisteredUser} RegisteredUser */

await main(async () => {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean', default: false },
      data: { type: 'string', default: join(cache, 'demo') },
    },
  });
  const data = values.data;
  await setUp('demo');
  await ensureBuild();
  if (!values.keep) await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });

  return withEnding(async (onEnd) => {
    const { env, display } = await prepareDesktop(data, onEnd);
    const { homeserver, accounts } = await prepareHomeserver(data, onEnd);
    const shell = chooseShell();
    if (shell.because !== undefined) say(`${shell.because}: opening the app in Chromium.`);

    const log = openSync(join(data, 'app.log'), 'a');
    const app = startApp(shell, { profile: join(data, 'profile'), env, output: log });
    closeSync(log);
    onEnd(app.stop);

    say();
    box([
      'Sign in to the demo with',
      '',
      `  Server    ${homeserver.baseUrl}`,
      `  User      ${accounts.you.name}`,
      `  Password  ${accounts.you.password}`,
      '',
      'Kim is there too, and answers what you write.',
      'Ctrl+C ends everything.',
    ]);
    if (display !== undefined) await photograph(display, app, join(data, 'screenshots'));

    const code = await app.exited;
    say(code === 0 ? 'The app was closed.' : `The app ended; what it said is in ${data}/app.log`);
    return code;
  });
});

/**
 * @param {string} data
 * @param {(stop: () => Promise<void>) => void} onEnd
 */
async function prepareDesktop(data, onEnd) {
  /** @type {Record<string, string>} */
  const env = {};
  if (process.platform === 'linux' && !(await hasSecretService())) {
    const keyring = await startKeyring({ dataDir: join(data, 'keyring') });
    onEnd(() => keyring.stop());
    Object.assign(env, keyring.variables);
  }
  if (hasDisplay()) return { env, display: undefined };
  const display = await startDisplay();
  onEnd(display.stop);
  env['DISPLAY'] = display.name;
  return { env, display };
}

/**
 * @param {string} data
 * @param {(stop: () => Promise<void>) => void} onEnd
 */
function prepareHomeserver(data, onEnd) {
  return step('A homeserver, with people and conversations', async (note) => {
    note('starting Synapse');
    const homeserver = await startHomeserver({ dataDir: join(data, 'homeserver') });
    onEnd(() => homeserver.stop());
    const file = join(data, 'accounts.json');
    const kept = existsSync(file);
    const accounts = kept ? await readAccounts(file) : await openAccounts(file, homeserver);
    if (!kept) {
      note('writing history');
      const [lead, colleague] = accounts.partners;
      const partner = await startPartner({
        baseUrl: homeserver.baseUrl,
        user: asPerson(accounts.you, 'Robin'),
        partners: [asPerson(lead, 'Kim'), asPerson(colleague, 'Sascha')],
        minutes: 60,
        thinkMs: 1200,
      });
      onEnd(partner.stop);
    }
    return { homeserver, accounts };
  });
}

/**
 * @typedef {object} Accounts
 * @property {RegisteredUser} you
 * @property {[RegisteredUser, RegisteredUser]} partners
 */

/**
 * @param {string} file
 * @returns {Promise<Accounts>}
 */
async function readAccounts(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}

/**
 * @param {string} file
 * @param {Homeserver} homeserver
 * @returns {Promise<Accounts>}
 */
async function openAccounts(file, homeserver) {
  /** @type {Accounts} */
  const accounts = {
    you: await homeserver.registerUser('robin', `demo-${randomBytes(4).toString('hex')}`),
    partners: [await homeserver.registerUser('kim'), await homeserver.registerUser('sascha')],
  };
  await writeFile(file, JSON.stringify(accounts), { mode: 0o600 });
  return accounts;
}

/**
 * @param {RegisteredUser} account
 * @param {string} displayName
 */
function asPerson({ name, password }, displayName) {
  return { user: name, password, displayName };
}

/**
 * @param {import('./lib/display.mjs').Display} display
 * @param {import('./lib/leash.mjs').Leashed} app
 * @param {string} folder
 */
async function photograph(display, app, folder) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'window.png');
  const shown = relative(process.cwd(), file);
  say(`There is no screen here: the window is on the virtual display ${display.name}.`);
  const end = Date.now() + WINDOW_LIMIT_MS;
  while (!(await display.showsWindow())) {
    if (!app.running() || Date.now() > end) {
      say('No window came up.');
      return;
    }
    await delay(100);
  }
  // What is painted first may still be moving into its place.
  await delay(1500);
  await display.screenshot(file);
  say(`A picture of it: ${shown}`);
}
