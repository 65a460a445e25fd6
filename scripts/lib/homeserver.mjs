/**
 * A real Synapse on a free loopback port, for the tests and for the demo. Fast to start and open:
 * it is reachable from this machine only, federates with nobody and is thrown away afterwards.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, openSync, closeSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnLeashed } from './leash.mjs';
import { freePort } from './loopback.mjs';
import { synapsePython } from './paths.mjs';
import { makeScratchFolder, removeScratchFolder } from './scratch.mjs';

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
 * @typedef {object} Identity what must stay the same when a kept data folder is started again
 * @property {number} port
 * @property {string} serverName
 * @property {string} registrationSecret
 * @property {string} signingKey
 */

/**
 * @param {string} dataDir
 * @param {HomeserverOptions} options
 * @returns {Promise<Identity>}
 */
async function readIdentity(dataDir, options) {
  const file = join(dataDir, 'identity.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8'));
  const port = options.port ?? (await freePort());
  const seed = randomBytes(32).toString('base64').replace(/=+$/, '');
  const identity = {
    port,
    serverName: options.serverName ?? `localhost:${port}`,
    registrationSecret: secret(),
    signingKey: `ed25519 a_${randomBytes(2).toString('hex')} ${seed}\n`,
  };
  await writeFile(file, JSON.stringify(identity), { mode: 0o600 });
  await writeFile(join(dataDir, 'signing.key'), identity.signingKey, { mode: 0o600 });
  return identity;
}

/**
 * Synapse reads YAML, and JSON is YAML.
 *
 * @param {string} dataDir
 * @param {Identity} identity
 * @param {HomeserverOptions} options
 * @returns {Promise<string>} the path of the configuration
 */
async function writeConfig(dataDir, identity, options) {
  const logConfig = join(dataDir, 'log.json');
  await writeFile(
    logConfig,
    JSON.stringify({
      version: 1,
      disable_existing_loggers: false,
      formatters: {
        plain: { format: '%(asctime)s %(levelname)s %(name)s %(request)s %(message)s' },
      },
      filters: { context: { '()': 'synapse.logging.context.LoggingContextFilter', request: '' } },
      handlers: {
        stream: { class: 'logging.StreamHandler', formatter: 'plain', filters: ['context'] },
      },
      root: { level: options.logLevel ?? 'WARNING', handlers: ['stream'] },
    }),
  );
  const config = {
    server_name: identity.serverName,
    pid_file: join(dataDir, 'homeserver.pid'),
    signing_key_path: join(dataDir, 'signing.key'),
    media_store_path: join(dataDir, 'media'),
    log_config: logConfig,
    report_stats: false,
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    federation_domain_whitelist: [],
    registration_shared_secret: identity.registrationSecret,
    enable_registration: true,
    enable_registration_without_verification: true,
    bcrypt_rounds: 4,
    user_directory: { enabled: true, search_all_users: true },
    database: { name: 'sqlite3', args: { database: join(dataDir, 'homeserver.db') } },
    listeners: [
      {
        port: identity.port,
        type: 'http',
        bind_addresses: ['127.0.0.1'],
        tls: false,
        x_forwarded: false,
        resources: [{ names: ['client'], compress: false }],
      },
    ],
    // Synapse answers /.well-known/matrix/client exactly when it knows its public address.
    ...(options.wellKnown === false
      ? { serve_server_wellknown: false }
      : { public_baseurl: `http://localhost:${identity.port}/` }),
    ...(options.rateLimits === true ? {} : withoutRateLimits()),
    ...options.config,
  };
  const file = join(dataDir, 'homeserver.json');
  await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return file;
}

function withoutRateLimits() {
  const open = { per_second: 100_000, burst_count: 100_000 };
  return {
    rc_message: open,
    rc_registration: open,
    rc_registration_token_validity: open,
    rc_login: { address: open, account: open, failed_attempts: open },
    rc_admin_redaction: open,
    rc_joins: { local: open, remote: open },
    rc_joins_per_room: open,
    rc_3pid_validation: open,
    rc_invites: { per_room: open, per_user: open, per_issuer: open },
    rc_key_requests: open,
    rc_media_create: open,
    rc_room_creation: open,
    rc_reports: open,
    rc_presence: { per_user: open },
    rc_delayed_event_mgmt: open,
    rc_user_directory: open,
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
