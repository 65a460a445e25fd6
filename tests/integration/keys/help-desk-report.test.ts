import { EventType } from 'matrix-js-sdk';
import { expect, it } from 'vitest';
import { cryptoOf, olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { readRecoveryKey } from '../../../preload/rules/recovery-key';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse, until } from './conversation';
import { useDevices } from './devices';
import { goodPhrase, setUpByPhrase } from './setup-by';

const devices = useDevices();

const app = {
  version: '9.8.7',
  shell: 'Electron 1, Node 2',
  system: 'linux 6 x64',
  locales: ['de', 'de-DE'],
  failures: [{ at: Date.UTC(2026, 10, 24, 1, 2, 3), call: 'restore.begin', code: 'key_wrong' }],
} as const;

const reportOf = (engine: TestEngine): Promise<string> =>
  engine.engine.session.keys.helpDeskReport(app);

it('the help desk’s report says what it needs, and nothing that is not its business', async () => {
  const laptop = await devices.signIn();
  const client = clientOf(laptop);
  const sent = await converse(laptop, 1, 2);
  const { roomId, text } = sent[0]!;
  const stranger = await (await sharedHomeserver()).registerUser(uniqueName('bertha'));
  await client.setRoomName(roomId, 'Kartoffelkeller');
  await client.sendStateEvent(roomId, EventType.RoomTopic, { topic: 'Topinambur' });
  await client.invite(roomId, stranger.userId);
  await client.setDisplayName('Ada Canaria');
  await client.setDeviceDetails(client.getDeviceId()!, { display_name: 'Adas Rechenwerk' });
  await until(client, () => client.getRoom(roomId)?.getMember(stranger.userId) != null);
  const recoveryKey = await setUpByPhrase(laptop);
  await laptop.keys.waitFor(({ state }) => state === 'ready');
  await laptop.call('snapshots.make', {});

  const report = await reportOf(laptop);
  const { userId, deviceId } = laptop.account!;
  const keyId = laptop.keys.value.findings!.storage!.keyId;
  for (const said of [
    'Holdfast: 9.8.7',
    'Shell: Electron 1, Node 2',
    'matrix-js-sdk: 43.',
    'Cryptography: Rust SDK',
    `User: ${userId}`,
    `This device: ${deviceId}`,
    'Matrix versions: ',
    'State: ready',
    '- storage: complete',
    'Keys here: 2',
    'Keys waiting: 0',
    'Backup: version 1, m.megolm_backup.v1.curve25519-aes-sha2',
    `Secret storage: key id ${keyId}`,
    '2026-11-24 01:02:03 UTC: key_wrong (restore.begin)',
  ]) {
    expect(report).toContain(said);
  }
  expect(report).toMatch(/^Made \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC$/m);

  const backupKey = await cryptoOf(client).getSessionBackupPrivateKey();
  const identity = await olmMachineOf(client).exportCrossSigningKeys();
  const reading = readRecoveryKey(recoveryKey);
  if (reading.kind !== 'key') throw new Error('Not a recovery key');
  const base64 = (bytes: Uint8Array): string =>
    Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  for (const [what, canary] of Object.entries({
    token: client.getAccessToken()!,
    recoveryKey,
    squeezed: recoveryKey.replaceAll(' ', ''),
    group: recoveryKey.split(' ')[5]!,
    bytes: base64(reading.bytes),
    phrase: goodPhrase,
    password: devices.user.password,
    backupKey: base64(backupKey!),
    master: identity!.masterKey!,
    selfSigning: identity!.self_signing_key!,
    userSigning: identity!.userSigningKey!,
    roomName: 'Kartoffelkeller',
    topic: 'Topinambur',
    roomId,
    message: text,
    eventId: sent[0]!.eventId,
    stranger: stranger.userId,
    displayName: 'Ada Canaria',
    deviceName: 'Adas Rechenwerk',
    profile: laptop.profile.dir,
  })) {
    expect(report.includes(canary), what).toBe(false);
  }
});

it('without a connection it tells what was known last, and when', async () => {
  const laptop = await devices.signIn();
  await setUpByPhrase(laptop);
  await laptop.keys.waitFor(({ state }) => state === 'ready');
  const restarted = await devices.restart(laptop, () => {
    throw new TypeError('fetch failed');
  });
  await restarted.call('repair.tryAgain', {});
  expect(restarted.keys.value).toMatchObject({
    state: 'unknown',
    repair: 'try_again',
    problem: 'offline',
    findings: { backup: { version: '1', keys: 0 }, identity: 'verified' },
  });
  const report = await reportOf(restarted);
  expect(report).toContain('State: unknown');
  expect(report).toContain('Not known because: offline');
  expect(report).toMatch(/^Asked: \d{4}-/m);
});
