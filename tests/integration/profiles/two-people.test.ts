/** Two people at one computer, with a real server: neither ever meets anything of the other. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Homeserver, RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device, type Credentials } from '../../support/partner/device';
import { KeychainInMemory } from '../../unit/vault/keychain-in-memory';
import { Desk, type CutOff } from './desk';

let homeserver: Homeserver;
let ada: RegisteredUser;
let bob: RegisteredUser;
let home: string;
let keychain: KeychainInMemory;

beforeAll(async () => {
  homeserver = await sharedHomeserver();
});
beforeEach(async () => {
  ada = await homeserver.registerUser(uniqueName('ada'));
  bob = await homeserver.registerUser(uniqueName('bob'));
  home = await mkdtemp(join(tmpdir(), 'holdfast-desk-'));
  keychain = new KeychainInMemory();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const eventually = <Value>(read: () => Value): ReturnType<typeof expect.poll<Awaited<Value>>> =>
  expect.poll(read, { timeout: 20_000 });

const credentialsOf = ({ name, password }: RegisteredUser): Credentials => ({
  baseUrl: homeserver.baseUrl,
  user: name,
  password,
});

const signIn = (desk: Desk, user: RegisteredUser): Promise<void> =>
  desk.call('signIn.password', credentialsOf(user));

/** The accounts' devices as the server knows them; the one that asks is left out and goes again. */
async function devicesOf(user: RegisteredUser): Promise<readonly string[]> {
  await using asking = await Device.signIn(credentialsOf(user));
  const { devices } = await asking.client.getDevices();
  const own = asking.client.getDeviceId();
  await asking.signOut();
  return devices.map(({ device_id: id }) => id).filter((id) => id !== own);
}

const secret = 'canary: the sluice opens at four';

/** Ada has read her secret; the window watches its room. */
async function adaReads(desk: Desk): Promise<{ readonly canaries: readonly string[] }> {
  await signIn(desk, ada);
  await eventually(() => desk.userId).toBe(ada.userId);
  const pauli = await homeserver.registerUser(uniqueName('pauli'));
  await using partner = await Device.signIn(credentialsOf(pauli));
  const roomId = await partner.createRoom({ name: 'Canary sluice', invite: [ada.userId] });
  await eventually(() => desk.heard).toContain(roomId);
  await desk.call('rooms.accept', { roomId: roomId });
  await partner.member(roomId, ada.userId);
  await eventually(() => desk.heard).toContain('"membership":"join"');
  desk.keepWatching(roomId);
  await partner.say(roomId, secret);
  await eventually(() => desk.heard).toContain(secret);
  return { canaries: [secret, 'Canary sluice', roomId, ada.userId, ada.name] };
}

describe('two people at one computer', () => {
  it('neither hears nor opens anything of each other, and one login is enough', async () => {
    await using desk = await Desk.open({ home, keychain });
    const { canaries } = await adaReads(desk);
    const [first] = await desk.openDatabases();
    expect(dirname(first ?? '')).toBe(home);
    await desk.call('signOut.confirm', { acceptLoss: true });
    await eventually(() => desk.app.value.phase).toBe('signed_out');

    desk.listenAnew();
    desk.requests.length = 0;
    await signIn(desk, bob);
    await eventually(() => desk.userId).toBe(bob.userId);
    await eventually(() => desk.heard).toContain('"state":"online"');
    for (const canary of canaries) expect(desk.heard, canary).not.toContain(canary);
    expect(desk.requests.filter((path) => path.endsWith('/login'))).toHaveLength(1);
    expect(desk.requests.filter((path) => path.includes('logout'))).toEqual([]);

    const opened = await desk.openDatabases();
    const profile = join(home, 'profiles', desk.topic.value.open ?? 'none');
    expect(opened.length).toBeGreaterThan(0);
    for (const file of opened) expect(dirname(file)).toBe(profile);
    expect(keychain.entries.size).toBe(2);
    expect(await devicesOf(bob)).toHaveLength(1);

    // And back: Ada's is as she left it, Bob's goes on by itself later.
    desk.listenAnew();
    await desk.accounts.open('first');
    expect(desk.app.value.phase).toBe('signed_out');
    expect(desk.heard).not.toContain(bob.name);
    const bobs = desk.topic.value.accounts.find(({ id }) => id !== 'first');
    await desk.accounts.open(bobs?.id ?? 'none');
    expect(desk.userId).toBe(bob.userId);
    await eventually(() => desk.topic.value.accounts.map(({ lastUsed }) => lastUsed)).toEqual([
      false,
      true,
    ]);
  });

  it('leave no trace of who they are in the files of the computer', async () => {
    await using desk = await Desk.open({ home, keychain });
    const { canaries } = await adaReads(desk);
    await desk.accounts.add();
    await signIn(desk, bob);
    await eventually(() => desk.userId).toBe(bob.userId);
    await eventually(() => desk.topic.value.accounts.length).toBe(2);
    const files = await readdir(home, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile())) {
      const content = await readFile(join(file.parentPath, file.name), 'latin1');
      for (const canary of [...canaries, bob.userId, bob.name]) {
        expect(content.includes(canary), `${file.name}: ${canary}`).toBe(false);
      }
    }
  });

  it('keep a login that can’t go on from staying on the server', async () => {
    await using desk = await Desk.open({ home, keychain });
    await signIn(desk, ada);
    await eventually(() => desk.userId).toBe(ada.userId);
    await desk.call('signOut.confirm', { acceptLoss: true });
    await eventually(() => desk.app.value.phase).toBe('signed_out');
    keychain.failure = 'keychain_locked';
    await signIn(desk, bob);
    await eventually(() => desk.app.value.phase).toBe('store_unavailable');
    await desk.accounts.choose();
    await desk.accounts.close();
    expect(await devicesOf(bob)).toEqual([]);
    expect(desk.topic.value.accounts).toHaveLength(1);
  });

  it('are not in each other’s way where the vault of one is lost', async () => {
    await using desk = await Desk.open({ home, keychain });
    await signIn(desk, ada);
    await eventually(() => desk.topic.value.accounts.length).toBe(1);
    const [entry = ''] = keychain.entries.keys();
    await desk.accounts.add();
    await signIn(desk, bob);
    await eventually(() => desk.topic.value.accounts.length).toBe(2);
    keychain.entries.delete(entry);
    await desk.accounts.open('first');
    expect(desk.app.value).toMatchObject({ problem: { code: 'store_key_missing' } });
    const bobs = desk.topic.value.accounts.find(({ id }) => id !== 'first');
    await desk.accounts.open(bobs?.id ?? 'none');
    expect(desk.userId).toBe(bob.userId);
  });

  const steps: readonly CutOff[] = ['engine closed', 'profile opened', 'login adopted'];
  it.each(steps)('find everything where the way was cut off: %s', async (cutOff) => {
    const before = await Desk.open({ home, keychain, cutOff });
    await signIn(before, ada);
    await eventually(() => before.userId).toBe(ada.userId);
    await before.call('signOut.confirm', { acceptLoss: true });
    await eventually(() => before.app.value.phase).toBe('signed_out');
    await signIn(before, bob);
    await before.cut.promise;
    await before.kill();

    await using desk = await Desk.open({ home, keychain });
    if (desk.app.value.phase === 'choose_account') await desk.accounts.open('first');
    expect(desk.app.value.phase).toBe('signed_out');
    await signIn(desk, bob);
    await eventually(() => desk.userId).toBe(bob.userId);
    await eventually(() => desk.topic.value.accounts.length).toBe(2);
    expect(await readdir(join(home, 'profiles'))).toHaveLength(1);
    await desk.accounts.open('first');
    await signIn(desk, ada);
    await eventually(() => desk.userId).toBe(ada.userId);
    expect(desk.topic.value.open).toBe('first');
  });
});
