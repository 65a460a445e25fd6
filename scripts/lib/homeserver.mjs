/**
 * A real Synapse on a free loopback port, for the tests and for the demo. Fast to start and open:
 * it is reachable from this machine only, federates with nobody and is thrown away afterwards.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, openSync, closeSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnLeashed } from './leash.mjs';
import { synapsePython } from './paths.mjs';
import { makeScratchFolder, removeScratchFolder } from './scratch.mjs';
import { readIdentity, writeConfig } from './synapse-config.mjs';

const STARTUP_LIMIT_MS = 60_000;
const REQUEST_LIMIT_MS = 30_000;

/** @typedef {import('./homeserver.mjs').Homeserver} Homeserver */
/** @typedef {import('./homeserver.mjs').HomeserverOptions} HomeserverOptions */

class PortTakenError extends Error {}

/**
 * Starts a homeserver, or hands out the one that `HOLDFAST_TEST_HOMESERVER` names when no option
 * asks for something only an own one can give.
 *
 * @param {HomeserverOptions} [options]
 * @returns {Promise<Homeserver>}
 */
export async function startHomeserver(options = {}) {
  const external = process.env['HOLDFAST_TEST_HOMESERVER'];
  if (external !== undefined && external !== '' && Object.keys(options).length === 0) {
    return connectHomeserver(external);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startSynapse(options);
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === 3) throw error;
    }
  }
}

/**
 * A homeserver somebody else started. It must allow registration without verification.
 *
 * @param {string} url
 * @param {string} [knownServerName]
 * @returns {Promise<Homeserver>}
 */
export async function connectHomeserver(url, knownServerName) {
  const baseUrl = url.replace(/\/+$/, '');
  const serverName = knownServerName ?? (await askServerName(baseUrl));
  return {
    baseUrl,
    serverName,
    dataDir: undefined,
    registerUser: (name, password = secret()) => registerOpenly(baseUrl, name, password),
    deactivateUser: (user) => deactivate(baseUrl, user),
    stop: () => Promise.resolve(),
  };
}

/**
 * No request tells a server's name without an account, so an account asks.
 *
 * @param {string} baseUrl
 */
async function askServerName(baseUrl) {
  const name = `probe-${randomBytes(6).toString('hex')}`;
  const { userId } = await registerOpenly(baseUrl, name, secret());
  return userId.slice(userId.indexOf(':') + 1);
}

/**
 * @param {HomeserverOptions} options
 * @returns {Promise<Homeserver>}
 */
async function startSynapse(options) {
  const python = process.env['HOLDFAST_SYNAPSE_PYTHON'] ?? synapsePython;
  if (!existsSync(python)) {
    throw new Error(`Synapse is not installed (${python} is missing): run "npm run setup" once.`);
  }
  const ownDir = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await makeScratchFolder('holdfast-synapse'));
  await mkdir(dataDir, { recursive: true });
  const identity = await readIdentity(dataDir, options);
  const config = await writeConfig(dataDir, identity, options);
  const logPath = join(dataDir, 'homeserver.log');

  const log = openSync(logPath, 'a');
  const synapse = spawnLeashed(python, ['-m', 'synapse.app.homeserver', '--config-path', config], {
    cwd: dataDir,
    stdout: log,
    stderr: log,
  });
  closeSync(log);

  const baseUrl = `http://localhost:${identity.port}`;
  const stop = async () => {
    await synapse.stop();
    if (ownDir) await removeScratchFolder(dataDir);
  };
  try {
    await waitUntilReady(baseUrl, synapse, logPath);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    baseUrl,
    serverName: identity.serverName,
    dataDir,
    registerUser: (name, password = secret()) =>
      registerWithSecret(baseUrl, identity.registrationSecret, name, password),
    deactivateUser: (user) => deactivate(baseUrl, user),
    stop,
  };
}

/**
 * @param {string} baseUrl
 * @param {import('./leash.mjs').Leashed} synapse
 * @param {string} logPath
 */
async function waitUntilReady(baseUrl, synapse, logPath) {
  const end = Date.now() + STARTUP_LIMIT_MS;
  while (Date.now() < end) {
    if (!synapse.running()) {
      const log = await readFile(logPath, 'utf8');
      if (/Address already in use|CannotListenError/i.test(log)) {
        throw new PortTakenError('the port was taken meanwhile');
      }
      throw new Error(`Synapse ended while starting:\n${log.slice(-2000)}`);
    }
    if (await answers(`${baseUrl}/_matrix/client/versions`)) return;
    await delay(40);
  }
  throw new Error(`Synapse did not answer within ${STARTUP_LIMIT_MS / 1000} s, see ${logPath}`);
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * @param {string} baseUrl
 * @param {string} sharedSecret
 * @param {string} name
 * @param {string} password
 */
async function registerWithSecret(baseUrl, sharedSecret, name, password) {
  const path = '/_synapse/admin/v1/register';
  const { nonce } = await request(baseUrl, 'GET', path);
  const mac = createHmac('sha1', sharedSecret)
    .update([nonce, name, password, 'notadmin'].join('\0'))
    .digest('hex');
  const body = { nonce, username: name, password, admin: false, mac, inhibit_login: true };
  const answer = await request(baseUrl, 'POST', path, body);
  return { userId: String(answer.user_id), name, password };
}

/**
 * @param {string} baseUrl
 * @param {string} name
 * @param {string} password
 */
async function registerOpenly(baseUrl, name, password) {
  const answer = await request(baseUrl, 'POST', '/_matrix/client/v3/register', {
    username: name,
    password,
    inhibit_login: true,
    auth: { type: 'm.login.dummy' },
  });
  return { userId: String(answer.user_id), name, password };
}

/**
 * @param {string} baseUrl
 * @param {import('./homeserver.mjs').RegisteredUser} user
 */
async function deactivate(baseUrl, user) {
  const identifier = { type: 'm.id.user', user: user.userId };
  const credentials = { type: 'm.login.password', identifier, password: user.password };
  const session = await request(baseUrl, 'POST', '/_matrix/client/v3/login', credentials);
  const token = String(session.access_token);
  const path = '/_matrix/client/v3/account/deactivate';
  await request(baseUrl, 'POST', path, { auth: credentials, erase: false }, token);
}

/**
 * @param {string} baseUrl
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {string} [token]
 * @returns {Promise<Record<string, unknown>>}
 */
async function request(baseUrl, method, path, body, token) {
  const response = await fetch(baseUrl + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

function secret() {
  return randomBytes(18).toString('base64url');
}
