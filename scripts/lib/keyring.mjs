/**
 * A private D-Bus session with a real gnome-keyring in it: an operating system's keychain for
 * machines without a desktop, which can be locked and unlocked without a person.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawnLeashed } from './leash.mjs';
import { makeScratchFolder, removeScratchFolder } from './scratch.mjs';

const run = promisify(execFile);
const STARTUP_LIMIT_MS = 15_000;
/** gnome-keyring's control protocol: operation "unlock the login keyring". */
const OPERATION_UNLOCK = 1;
const LOGIN_COLLECTION = '/org/freedesktop/secrets/collection/login';

/** @typedef {import('./keyring.mjs').Keyring} Keyring */
/** @typedef {import('./keyring.mjs').KeyringOptions} KeyringOptions */

/**
 * Starts a D-Bus session and an unlocked keyring in it.
 *
 * @param {KeyringOptions} [options]
 * @returns {Promise<Keyring>}
 */
export async function startKeyring(options = {}) {
  const password = options.password ?? 'keyring password';
  // Unix sockets allow 107 bytes for their path: a run folder inside a deep clone would not fit.
  const runDir = await makeScratchFolder('holdfast-bus');
  const dataDir = options.dataDir ?? join(runDir, 'data');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });

  // No display for the daemons: with one, a locked keyring asks in a window and waits for a person.
  const base = { ...process.env };
  delete base['DISPLAY'];
  delete base['WAYLAND_DISPLAY'];
  const env = { ...base, XDG_RUNTIME_DIR: runDir, XDG_DATA_HOME: dataDir, LC_ALL: 'C' };

  const bus = spawnLeashed(
    'dbus-daemon',
    [
      `--config-file=${await writeBusConfig(runDir)}`,
      '--nofork',
      '--nopidfile',
      '--print-address=1',
    ],
    { env, stdout: 'pipe' },
  );
  const address = await firstLine(bus);
  const variables = { DBUS_SESSION_BUS_ADDRESS: address };
  const sessionEnv = { ...env, ...variables };

  /** @type {import('./leash.mjs').Leashed | undefined} */
  let daemon;
  const control = join(runDir, 'keyring', 'control');

  const startDaemon = async () => {
    // The daemon reads the password from its standard input when it creates the login keyring.
    const command = `printf %s "$KEYRING_PASSWORD" | exec gnome-keyring-daemon --foreground --unlock \
      --components=secrets --control-directory="${join(runDir, 'keyring')}"`;
    daemon = spawnLeashed('/bin/sh', ['-c', command], {
      env: { ...sessionEnv, KEYRING_PASSWORD: password },
    });
    await until('the keyring to come up', async () => {
      if (daemon?.running() === false) throw new Error('gnome-keyring-daemon ended at its start');
      return existsSync(control) && (await defaultCollection(sessionEnv)) !== '/';
    });
  };
  const stopDaemon = async () => {
    await daemon?.stop();
    daemon = undefined;
    await rm(control, { force: true });
  };
  const stop = async () => {
    await stopDaemon();
    await bus.stop();
    await removeScratchFolder(runDir);
  };

  try {
    await startDaemon();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    variables,
    controlSocket: control,
    lock: () => lockKeyring(variables),
    unlock: () => unlockKeyring(control, password),
    stopDaemon,
    startDaemon,
    stop,
  };
}

/**
 * A session bus that starts no services: asked for a keychain, an ordinary one would start a second
 * daemon, locked and outside of everything that ends the first.
 *
 * @param {string} runDir
 */
async function writeBusConfig(runDir) {
  const file = join(runDir, 'bus.conf');
  await writeFile(
    file,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${runDir}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  return file;
}

/**
 * Locks the login keyring of a session.
 *
 * @param {{ DBUS_SESSION_BUS_ADDRESS: string }} variables
 */
export async function lockKeyring(variables) {
  await callSecretService({ ...process.env, ...variables }, [
    'org.freedesktop.Secret.Service.Lock',
    `array:objpath:${LOGIN_COLLECTION}`,
  ]);
}

/**
 * Unlocks the login keyring over the daemon's control socket, as PAM does at login.
 *
 * @param {string} control the socket's path
 * @param {string} password
 */
export async function unlockKeyring(control, password) {
  const text = Buffer.from(password);
  const message = Buffer.alloc(13 + text.length);
  // A zero byte carries the sender's credentials; then length, operation, and the password.
  message.writeUInt32BE(12 + text.length, 1);
  message.writeUInt32BE(OPERATION_UNLOCK, 5);
  message.writeUInt32BE(text.length, 9);
  text.copy(message, 13);

  const socket = connect(control);
  try {
    await once(socket, 'connect');
    socket.write(message);
    const [reply] = await once(socket, 'data');
    const result = reply.readUInt32BE(4);
    if (result !== 0) throw new Error(`the keyring refused to unlock (result ${result})`);
  } finally {
    socket.destroy();
  }
}

/**
 * Whether a secret service answers on the session bus of this process.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function hasSecretService(env = process.env) {
  if (env['DBUS_SESSION_BUS_ADDRESS'] === undefined) return false;
  return (await defaultCollection(env)) !== '/';
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the object path of the default collection, "/" while there is none
 */
async function defaultCollection(env) {
  try {
    const answer = await callSecretService(env, [
      'org.freedesktop.Secret.Service.ReadAlias',
      'string:default',
    ]);
    return /object path "([^"]*)"/.exec(answer)?.[1] ?? '/';
  } catch {
    return '/';
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} call
 */
async function callSecretService(env, call) {
  const target = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets'];
  const options = ['--session', '--print-reply', '--reply-timeout=5000'];
  const { stdout } = await run('dbus-send', [...options, ...target, ...call], { env });
  return stdout;
}

/** @param {import('./leash.mjs').Leashed} leashed */
async function firstLine(leashed) {
  const output = leashed.child.stdout;
  if (output === null) throw new Error('no output to read');
  const line = await Promise.race([
    once(output, 'data').then(([chunk]) => String(chunk).trim()),
    leashed.exited.then(() => {
      throw new Error('dbus-daemon ended at its start');
    }),
  ]);
  return line.split('\n')[0] ?? '';
}

/**
 * @param {string} what
 * @param {() => Promise<boolean>} condition
 */
async function until(what, condition) {
  const end = Date.now() + STARTUP_LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > end)
      throw new Error(`waited ${STARTUP_LIMIT_MS / 1000} s in vain for ${what}`);
    await delay(20);
  }
}
