/**
 * The whole way on real windows: signing in, setting up key backup, keeping the recovery key,
 * talking encrypted, signing in on a second device and reading everything there.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { en } from '../../../renderer/i18n/en';
import { Device } from '../../support/partner/device';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { Person } from '../story/person';
import { expect, test } from '../support/fixture';

let homeserver: Homeserver;
let folder: string;

test.beforeAll(async () => {
  homeserver = await startHomeserver();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-way-'));
});
test.afterAll(async () => {
  await homeserver.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Pair {
  readonly user: RegisteredUser;
  readonly partner: Device;
}

async function twoPeople(name: string): Promise<Pair> {
  const user = await homeserver.registerUser(name);
  const other = await homeserver.registerUser(`${name}-partner`);
  const partner = await Device.signIn({
    baseUrl: homeserver.baseUrl,
    user: other.name,
    password: other.password,
  });
  return { user, partner };
}

const signInData = ({ name, password }: RegisteredUser) => ({
  server: homeserver.baseUrl,
  user: name,
  password,
});

test('with a recovery key, from the first sign-in to the second device', async ({
  shell,
  openShell,
}) => {
  test.setTimeout(240_000);
  const { user, partner } = await twoPeople('ada');
  const ada = new Person(shell);

  await test.step('sign in', async () => {
    await ada.signIn(signInData(user));
    await expect(ada.heading(en.keys.setup.title)).toBeVisible();
  });

  const { recoveryKey, file } = await test.step('keep the recovery key', async () => {
    const key = await ada.chooseKey();
    expect(key.split(' ')).toHaveLength(12);
    const path = await ada.saveKey(folder);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain(key);

    const pdf = await ada.savePdf(folder);
    const { stdout: text } = await promisify(execFile)('pdftotext', ['-layout', pdf, '-']);
    for (const group of key.split(' ')) expect(text).toContain(group);
    expect(text).toContain(user.userId);
    const { stdout: info } = await promisify(execFile)('pdfinfo', [pdf]);
    expect(info).toMatch(/^Pages:\s+1$/m);
    return { recoveryKey: key, file: path };
  });

  await test.step('prove it and secure the keys', async () => {
    await ada.toProof();
    await expect(ada.page.getByText(recoveryKey.slice(0, 4), { exact: true })).toBeHidden();
    await ada.proveByGroups(recoveryKey);
    await ada.finishSetup();
  });

  const roomId = await test.step('talk encrypted', async () => {
    const id = await partner.createRoom({ name: 'Seminar', invite: [user.userId] });
    await ada.page.getByRole('button', { name: /Seminar/ }).click();
    await ada.button(en.rooms.accept).click();
    await partner.member(id, user.userId);
    await ada.openRoom('Seminar');
    await partner.say(id, 'Good morning. The sheets are online.');
    await expect(ada.message('Good morning. The sheets are online.')).toBeVisible();
    await ada.say('Thank you! I am on it.');
    const heard = await partner.hears(id, 'Thank you! I am on it.');
    expect(heard.isEncrypted()).toBe(true);
    await expect(ada.message('Thank you! I am on it.')).toBeVisible();
    return id;
  });

  await test.step('come back after a restart, without being asked anything', async () => {
    await shell.restart();
    await ada.openRoom('Seminar');
    await expect(ada.message('Good morning. The sheets are online.')).toBeVisible();
    await expect(ada.message('Thank you! I am on it.')).toBeVisible();
  });

  await test.step('read everything on a second device, with the saved file', async () => {
    const second = new Person(await openShell());
    await second.signIn(signInData(user));
    await expect(second.heading(en.keys.restore.title)).toBeVisible({ timeout: 30_000 });
    await second.shell.dialogs.answerOpen(file);
    await second.button(en.keys.restore.choose).click();
    await second.finishRestore();
    await second.openRoom('Seminar');
    await expect(second.message('Good morning. The sheets are online.')).toBeVisible();
    await expect(second.message('Thank you! I am on it.')).toBeVisible();
    await partner.say(roomId, 'And both devices hear this.');
    await expect(second.message('And both devices hear this.')).toBeVisible();
    await expect(ada.message('And both devices hear this.')).toBeVisible();
  });
  partner.stop();
});
