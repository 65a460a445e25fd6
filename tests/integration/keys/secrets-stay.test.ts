import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { engineTopicSources } from '../../../main/engine/topic-sources';
import type { RoomId } from '../../../preload/model/ids';
import { startEngine, type TestEngine } from '../../support/engine/start-engine';
import { Transcript } from '../../support/engine/transcript';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { compare, step } from '../verification/parties';
import { clientOf, converse } from './conversation';
import { useDevices } from './devices';
import { secretsOf } from './secrets-of';
import { askedGroups, goodPhrase } from './setup-by';

const devices = useDevices();
const passphrase = 'four camels on a roof';
const notThePassword = 'Wüstenschiff 2026!';

const app = {
  version: '9.8.7',
  shell: 'Electron 1, Node 2',
  system: 'linux 6 x64',
  locales: ['de', 'de-DE'],
  failures: [],
} as const;

interface Recorded {
  readonly engine: TestEngine;
  readonly transcript: Transcript;
}

/** All secrets there ever were, by name. */
class Secrets {
  readonly found = new Map<string, string>();

  constructor() {
    this.found.set('phrase', goodPhrase);
    this.found.set('password', devices.user.password);
    this.found.set('a password that was tried', notThePassword);
    this.found.set('passphrase of the key file', passphrase);
  }

  /** Those that the device holds by now, the keys of its rooms included. */
  async collect(when: string, engine: TestEngine, recoveryKey: string): Promise<void> {
    for (const [name, secret] of await secretsOf(engine, recoveryKey)) {
      this.found.set(`${name}, ${when}`, secret);
    }
    const exported = await olmMachineOf(clientOf(engine)).exportRoomKeys(() => true);
    const keys = JSON.parse(exported) as { session_id: string; session_key: string }[];
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) this.found.set(`room key ${key.session_id}`, key.session_key);
  }

  requireAbsentFrom(text: string): void {
    for (const [name, secret] of this.found) expect(text.includes(secret), name).toBe(false);
  }
}

const recorded = new Set<Recorded>();

afterEach(async () => {
  for (const { engine, transcript } of recorded) {
    transcript.stop();
    await engine.stop();
  }
  recorded.clear();
});

function record(engine: TestEngine): Recorded {
  const recording = { engine, transcript: new Transcript(engine) };
  recorded.add(recording);
  return recording;
}

/** Recorded from before the person signs in, over a wrong password. */
async function signInRecorded(): Promise<Recorded> {
  const { engine, transcript } = record(await startEngine());
  const { baseUrl } = await sharedHomeserver();
  const { userId: user, password } = devices.user;
  await transcript.call('signIn.password', { baseUrl, user, password: notThePassword });
  await transcript.call('signIn.password', { baseUrl, user, password });
  await engine.connection.waitFor(({ state }) => state === 'online');
  return { engine, transcript };
}

/** Over a wrong proof, and over securing before there was any. */
async function setUp({ engine, transcript: { call } }: Recorded): Promise<string> {
  const choice = { method: 'phrase', phrase: goodPhrase, repeated: goodPhrase } as const;
  await call('setup.begin', { ...choice, repeated: `${goodPhrase}!` });
  const { recoveryKey } = await engine.call('setup.begin', choice);
  await call('setup.prove', { by: 'groups', groups: ['AAAA', 'BBBB', 'CCCC'] });
  await call('setup.secure', {});
  await call('setup.prove', { by: 'groups', groups: askedGroups(engine, recoveryKey) });
  await call('setup.secure', { accountPassword: devices.user.password });
  await engine.keys.waitFor(({ state }) => state === 'ready');
  return recoveryKey;
}

/** A change that shows a new recovery key, once. */
async function changeTo(
  recording: Recorded,
  operation: 'new_key' | 'reset_everything',
): Promise<string> {
  const { engine, transcript } = recording;
  const { call } = transcript;
  const choice = { method: 'key' } as const;
  const change =
    operation === 'new_key' ? { operation, choice, removeOld: false } : { operation, choice };
  const { recoveryKey } = (await engine.call('keyChange.begin', change))!;
  await call('setup.prove', { by: 'text', text: recoveryKey });
  await call('setup.secure', {});
  if (operation === 'reset_everything') {
    await engine.interactiveAuth.waitFor((auth) => auth.step === 'asking' && !auth.checking);
    await call('interactiveAuth.enterPassword', { password: notThePassword });
    await engine.interactiveAuth.waitFor((auth) => auth.step === 'asking' && !auth.checking);
    await call('interactiveAuth.enterPassword', { password: devices.user.password });
  }
  await changed(recording);
  return recoveryKey;
}

async function changed({ engine, transcript: { call } }: Recorded): Promise<void> {
  await engine.keyChange.waitFor((change) => change.step === 'done');
  await call('keyChange.dismiss', {});
  await engine.keys.waitFor(({ state }) => state === 'ready');
}

/** Files of the profile that are no database: those are encrypted as a whole, as other tests show. */
async function otherFiles(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.db|\.lock/.test(entry.name));
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

it('no secret is in any topic, result, error or file, save a recovery key where it is shown (I7)', async () => {
  const secrets = new Secrets();
  const laptop = await signInRecorded();
  const { call } = laptop.transcript;
  const [sent] = await converse(laptop.engine, 1, 2);
  const roomId = sent!.roomId as RoomId;
  laptop.transcript.followRoom(roomId);
  await call('timeline.send', { roomId, body: 'one that the window wrote' });
  const first = await setUp(laptop);
  await secrets.collect('first', laptop.engine, first);
  expect(() => laptop.engine.engine.session.keys.recoverySheet()).toThrow();

  // A second device: by the key, and by verification.
  const desktop = await signInRecorded();
  await desktop.transcript.call('restore.begin', { secret: `${goodPhrase}?` });
  await desktop.transcript.call('restore.begin', { secret: first.slice(0, -2) });
  await desktop.transcript.call('restore.begin', { secret: first });
  await desktop.engine.restore.waitFor((restore) => restore.step === 'done');
  await desktop.engine.keys.waitFor(({ state }) => state === 'ready');
  await desktop.transcript.call('verification.requestOwn', {});
  await step(laptop.engine, 'incoming');
  await call('verification.accept', {});
  await compare(laptop.engine, desktop.engine);
  await secrets.collect('second', desktop.engine, first);

  await call('drill.check', { secret: `${goodPhrase}?` });
  await call('drill.check', { secret: first });
  const second = await changeTo(laptop, 'new_key');
  await call('keyChange.begin', { operation: 'reset_backup', secret: first });
  await call('keyChange.begin', { operation: 'reset_backup', secret: second });
  await changed(laptop);
  await secrets.collect('after a new backup', laptop.engine, second);
  const third = await changeTo(laptop, 'reset_everything');
  await secrets.collect('after everything anew', laptop.engine, third);
  for (const secret of [first, second, third]) {
    await call('oldKey.read', { secret });
    await call('repair.complete', { secret });
  }
  await call('backup.switchOff', {});
  await call('backup.switchOn', {});

  // What leaves the engine for files.
  await call('snapshots.make', {});
  const [snapshot] = (await call('snapshots.list', {}))!;
  await call('snapshots.readBack', { id: snapshot!.id, secret: second });
  await call('snapshots.readBack', { id: snapshot!.id, secret: third });
  const { keys } = laptop.engine.engine.session;
  laptop.transcript.note('key file', await keys.exportKeys(passphrase));
  laptop.transcript.note('report for the help desk', await keys.helpDeskReport(app));
  for (const { engine, transcript } of [laptop, desktop]) {
    await transcript.call('devices.refresh', {});
    await transcript.call('signOut.risk', {});
    transcript.note('files', await otherFiles(engine.profile.dir));
  }

  // Signed out from elsewhere, and signed in again.
  const deviceIds = [laptop.engine.account!.deviceId];
  const signedOut = desktop.transcript.call('devices.signOut', { deviceIds, acceptLoss: true });
  await desktop.engine.interactiveAuth.waitFor((auth) => auth.step === 'asking');
  const { password, userId: user } = devices.user;
  await desktop.transcript.call('interactiveAuth.enterPassword', { password });
  await signedOut;
  await expect.poll(() => laptop.engine.account, { timeout: 30_000 }).toBeNull();
  await laptop.engine.stop();
  const again = record(await startEngine({ profile: laptop.engine.profile }));
  const { baseUrl } = await sharedHomeserver();
  await again.transcript.call('signIn.password', { baseUrl, user, password });
  const { carryOver } = again.engine.engine.topics;
  await expect.poll(() => carryOver.value.step, { timeout: 30_000 }).toBe('done');
  secrets.found.set('access token, again', clientOf(again.engine).getAccessToken()!);

  const all = [laptop, desktop, again];
  const text = all.map(({ transcript }) => transcript.text).join('\n');
  for (const spoken of [
    '"state":"ready"',
    '"step":"presenting"',
    '"step":"emoji"',
    '"operation":"reset_everything"',
    '"code":"key_wrong"',
    '"code":"proof_mismatch"',
    'carryOver: {"step":"done"',
    'one that the window wrote',
    `"deviceId":"${deviceIds[0]!}"`,
    'BEGIN MEGOLM SESSION DATA',
    'for the help desk',
  ]) {
    expect(text).toContain(spoken);
  }
  const topics = Object.keys(engineTopicSources(laptop.engine.engine));
  expect([...laptop.transcript.speakers]).toEqual(expect.arrayContaining(topics));
  secrets.requireAbsentFrom(text);
}, 240_000);

it('no secret leaves for the server but encrypted', async () => {
  const laptop = await devices.signIn();
  const sent: string[] = [];
  laptop.intercept(async ({ method, url, body }, onward) => {
    sent.push(`${method} ${url.href} ${body}`);
    return onward();
  });
  await converse(laptop, 1, 1);
  const { recoveryKey } = await laptop.call('setup.begin', {
    method: 'phrase',
    phrase: goodPhrase,
    repeated: goodPhrase,
  });
  await laptop.call('setup.prove', { by: 'phrase', phrase: goodPhrase });
  await laptop.call('setup.secure', { accountPassword: devices.user.password });

  const everything = sent.join('\n');
  expect(everything).toContain('m.megolm_backup.v1');
  const secrets = new Secrets();
  await secrets.collect('first', laptop, recoveryKey);
  secrets.requireAbsentFrom(everything);
});
