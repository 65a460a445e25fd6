/**
 * The engine as its worker runs it, but in the test's own thread: same class, same validation of
 * arguments, same egress, a store of its own. Nothing between the test and the homeserver is faked.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calls, type CallArgs, type CallResult, type CallsOf } from '../../../preload/contract';
import type { ErrorCode } from '../../../preload/errors';
import type { Account } from '../../../preload/model/app';
import { Engine } from '../../../main/engine/engine';
import { engineHandlers } from '../../../main/engine/handlers';
import type { ProvenRecoveryKey } from '../../../main/engine/protocol';
import type { ManagedPolicy } from '../../../main/policy/managed-policy';
import { SerialQueue } from '../../../main/serial-queue';
import type { ValueSource } from '../../../main/topics/value-source';
import type { RegisteredUser } from '../homeserver/homeserver';
import { builtDecryptionThread } from './decryption-thread';
import { testFetch, type Intercept } from './test-fetch';
import { TopicProbe } from './topic-probe';

export interface EngineOptions {
  /** Of an engine stopped before: its store is taken up again. */
  readonly profile?: EngineProfile;
  /** Signs in as this account before the engine is handed out. */
  readonly signIn?: {
    readonly homeserver: { readonly baseUrl: string };
    readonly user: RegisteredUser;
  };
  /** What the organisation has set; nothing, where it isn't given. */
  readonly managed?: ValueSource<ManagedPolicy>;
  /** Where a login goes on; here, where it isn't given. */
  readonly placeLogin?: ConstructorParameters<typeof Engine>[0]['placeLogin'];
  /** Sees every request before it leaves; may answer in the server's place or fail. */
  readonly intercept?: Intercept;
}

export interface EngineProfile {
  readonly dir: string;
  readonly storeKey: Uint8Array;
}

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly profile: EngineProfile;
  readonly account: Account | null;
  readonly keys: TopicProbe<typeof Engine.prototype.topics.keys.value>;
  readonly setup: TopicProbe<typeof Engine.prototype.topics.setup.value>;
  readonly restore: TopicProbe<typeof Engine.prototype.topics.restore.value>;
  readonly keyChange: TopicProbe<typeof Engine.prototype.topics.keyChange.value>;
  readonly interactiveAuth: TopicProbe<typeof Engine.prototype.topics.interactiveAuth.value>;
  readonly verification: TopicProbe<typeof Engine.prototype.topics.verification.value>;
  readonly connection: TopicProbe<typeof Engine.prototype.topics.connection.value>;
  readonly storage: TopicProbe<typeof Engine.prototype.topics.storage.value>;
  /** What the engine told of a store that is to be closed. */
  readonly storeFailures: readonly ErrorCode[];
  /** What the engine handed over for the vault. */
  readonly recoveryKeys: readonly ProvenRecoveryKey[];
  call<Name extends CallsOf<'engine'>>(name: Name, args: CallArgs<Name>): Promise<CallResult<Name>>;
  /** Replaces what sees the requests; null lets them all through. */
  intercept(intercept: Intercept | null): void;
  /** Stops the engine; the profile stays and can be opened again. */
  stop(): Promise<void>;
}

/**
 * The crypto library looks for its IndexedDB in the global scope, and every engine of a test shares
 * it: openings and sign-ins take turns, so that each finds its own.
 */
const openings = new SerialQueue();

export function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  return openings.run(() => openEngine(options));
}

async function openEngine(options: EngineOptions): Promise<TestEngine> {
  const profile = options.profile ?? (await freshProfile());
  const network = testFetch(options.intercept ?? null);
  const storeFailures: ErrorCode[] = [];
  const recoveryKeys: ProvenRecoveryKey[] = [];
  const signedIn: { account: Account | null } = { account: null };
  const engine = new Engine({
    fetch: network.fetch,
    ...(options.managed !== undefined && { managed: options.managed }),
    decryptionThread: await builtDecryptionThread(),
    accountChanged: (account) => void (signedIn.account = account),
    recoveryKeyKnown: (proven) => void recoveryKeys.push(proven),
    storeFailed: (code) => void storeFailures.push(code),
    placeLogin: options.placeLogin ?? (() => Promise.resolve('here')),
  });
  const handlers = engineHandlers(engine);
  await engine.open(profile.dir, profile.storeKey);

  const call: TestEngine['call'] = async (name, args) => {
    const valid: unknown = calls[name].args.parse(args);
    const handler = handlers[name] as (args: unknown) => Promise<never>;
    return handler(valid);
  };
  if (options.signIn !== undefined && signedIn.account === null) {
    const { homeserver, user } = options.signIn;
    await call('signIn.password', {
      baseUrl: homeserver.baseUrl,
      user: user.userId,
      password: user.password,
    });
  }
  const probes = {
    keys: new TopicProbe('keys', engine.topics.keys),
    setup: new TopicProbe('setup', engine.topics.setup),
    restore: new TopicProbe('restore', engine.topics.restore),
    keyChange: new TopicProbe('keyChange', engine.topics.keyChange),
    interactiveAuth: new TopicProbe('interactiveAuth', engine.topics.interactiveAuth),
    verification: new TopicProbe('verification', engine.topics.verification),
    connection: new TopicProbe('connection', engine.topics.connection),
    storage: new TopicProbe('storage', engine.topics.storage),
  };
  const stop = async (): Promise<void> => {
    for (const probe of Object.values(probes)) probe.stop();
    await engine.close();
  };
  return {
    engine,
    profile,
    ...probes,
    recoveryKeys,
    storeFailures,
    call,
    stop,
    get account() {
      return signedIn.account;
    },
    intercept: (intercept) => network.intercept(intercept),
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

const profileDirs = new Set<string>();

async function freshProfile(): Promise<EngineProfile> {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
  profileDirs.add(dir);
  return { dir, storeKey: randomBytes(32) };
}

/** Removes what the engines of this test file left on disk. Call once all are stopped. */
export async function removeProfiles(): Promise<void> {
  await Promise.all([...profileDirs].map((dir) => rm(dir, { recursive: true, force: true })));
  profileDirs.clear();
}
