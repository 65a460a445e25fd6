/** Synapse's configuration for a server that lives on this machine only, and not for long. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './loopback.mjs';

/** @typedef {import('./homeserver.mjs').HomeserverOptions} HomeserverOptions */

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
export async function readIdentity(dataDir, options) {
  const file = join(dataDir, 'identity.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8'));
  const port = options.port ?? (await freePort());
  const seed = randomBytes(32).toString('base64').replace(/=+$/, '');
  const identity = {
    port,
    serverName: options.serverName ?? `localhost:${port}`,
    registrationSecret: randomBytes(18).toString('base64url'),
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
export async function writeConfig(dataDir, identity, options) {
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
