/** Two people at one computer, in the window: neither ever sees anything of the other. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { en } from '../../../renderer/i18n/en';
import { filesBelow, readIfThere } from '../../support/files-below';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();
const t = en.accounts;

/** All that the window shows, and all that its page holds in memory. */
async function windowHolds(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return parts.join('') + (await page.content());
}

/** How many devices the server knows of the account. */
async function devicesOf({ name, password }: RegisteredUser): Promise<number> {
  const at = (path: string): string => `${scene.homeserver.baseUrl}/_matrix/client/v3/${path}`;
  const login = await fetch(at('login'), {
    method: 'POST',
    body: JSON.stringify({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: name },
      password,
    }),
  });
  const { access_token: token } = (await login.json()) as { readonly access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(at('devices'), { headers });
  const { devices } = (await answer.json()) as { readonly devices: readonly unknown[] };
  await fetch(at('logout'), { method: 'POST', headers });
  // All but the one that asked.
  return devices.length - 1;
}

test('two people take turns at one computer', async ({ shell }) => {
  test.setTimeout(300_000);
  const ada = await scene.newPerson('ada');
  const bob = await scene.newPerson('bob');
  const partner = await scene.newPartner('pauli');
  const secret = 'The cyclotron hums at night';
  const draft = 'Between us: canary draft';
  const person = new Person(shell);
  const signInWithoutBackup = async (user: RegisteredUser): Promise<void> => {
    await person.signIn(scene.signInData(user));
    await person.button(en.keys.setup.skip).click();
    await person.button(en.keys.skip.skip).click();
  };
  const inMenu = async (item: string): Promise<void> => {
    await person.page.getByTitle(en.settings.menu).click();
    await person.page.getByRole('menuitem', { name: item }).click();
  };
  const account = (name: string): ReturnType<Page['getByRole']> =>
    person.page.getByRole('list', { name: t.list }).getByRole('button', { name });

  await test.step('Ada signs in, reads, and begins to write', async () => {
    await signInWithoutBackup(ada);
    const roomId = await partner.createRoom({ name: 'Cyclotron', invite: [ada.userId] });
    await person.page.getByRole('button', { name: /Cyclotron/ }).click();
    await person.button(en.rooms.accept).click();
    await partner.member(roomId, ada.userId);
    await partner.say(roomId, secret);
    await person.openRoom('Cyclotron');
    await expect(person.message(secret)).toBeVisible();
    await person.page.getByRole('textbox', { name: /Message to/ }).fill(draft);
    // What any part of the page might keep, now or later.
    await person.page.evaluate(
      (text) => Object.assign(globalThis, { kept: { text } }),
      'canary kept by the page',
    );
    const held = await windowHolds(person.page);
    for (const canary of [draft, 'canary kept by the page']) expect(held).toContain(canary);
  });

  await test.step('Ada gives her account a name for this computer', async () => {
    await person.openSettings();
    await person.page.getByLabel(t.settings.name, { exact: true }).fill('Ada at the desk');
    await person.button(t.settings.save).click();
    await expect(person.page.getByText(t.settings.saved)).toBeVisible();
    await person.page.keyboard.press('Escape');
  });

  await test.step('Bob adds his account, after the window said what waits', async () => {
    await inMenu(t.add);
    await expect(person.page.getByRole('alertdialog')).toContainText(t.leave.draftLost);
    await person.button(t.leave.go.add).click();
    await expect(person.heading(en.signIn.serverTitle)).toBeVisible();
    await signInWithoutBackup(bob);
    await expect(person.page.getByText(bob.userId)).toBeVisible();
  });

  await test.step('the window holds nothing of Ada’s any more', async () => {
    await expect(person.page.getByText(en.rooms.empty)).toBeVisible();
    const held = await windowHolds(person.page);
    for (const canary of [secret, draft, 'kept by the page', 'Cyclotron', ada.userId, 'pauli']) {
      expect(held.includes(canary), canary).toBe(false);
    }
    expect(held).toContain(bob.userId);
  });

  await test.step('at the next start nobody is in, and the keyboard chooses', async () => {
    await shell.restart();
    await expect(person.heading(t.chooseTitle)).toBeVisible();
    await expect(account(t.numbered(2))).toBeFocused();
    const held = await windowHolds(person.page);
    for (const canary of [secret, ada.userId, bob.userId]) {
      expect(held.includes(canary), canary).toBe(false);
    }
    await person.page.keyboard.press('ArrowUp');
    await expect(account('Ada at the desk')).toBeFocused();
    await person.page.keyboard.press('Enter');
    await person.openRoom('Cyclotron');
    await expect(person.message(secret)).toBeVisible();
    await expect(person.page.getByText(draft)).toBeHidden();
  });

  await test.step('Ada signs out; Bob, signing in on her screen, lands in his own profile', async () => {
    await person.startSignOut();
    await person.button(en.keys.signOut.anyway).click();
    await person.page.getByRole('checkbox', { name: en.keys.signOut.accept }).check();
    await person.button(en.keys.signOut.confirmAction).click();
    await signInWithoutBackup(bob);
    await expect(person.page.getByText(bob.userId)).toBeVisible();
    const held = await windowHolds(person.page);
    for (const canary of [secret, 'Cyclotron', ada.userId]) {
      expect(held.includes(canary), canary).toBe(false);
    }
    // Bob's session went on: the login too many was ended.
    await expect.poll(() => devicesOf(bob)).toBe(1);
  });

  await test.step('no file of the computer names anybody', async () => {
    for await (const path of filesBelow(shell.profileDir)) {
      const content = await readIfThere(path);
      for (const canary of [ada.userId, bob.userId, secret, draft]) {
        expect(content.includes(canary), `${path}: ${canary}`).toBe(false);
      }
    }
  });

  await test.step('Bob removes his account, having typed its address; nothing is deleted', async () => {
    await person.openSettings();
    await person.button(t.settings.remove).click();
    const dialog = person.page.getByRole('alertdialog', { name: t.remove.title });
    const accept = dialog.getByRole('checkbox');
    await dialog.getByLabel(t.remove.typed, { exact: true }).fill('bob');
    if (await accept.isVisible()) await accept.check();
    await person.button(t.remove.confirm).click();
    await expect(dialog.getByText(t.remove.mismatch)).toBeVisible();
    await dialog.getByLabel(t.remove.typed, { exact: true }).fill(bob.userId);
    await person.button(t.remove.confirm).click();
    await expect(person.heading(t.chooseTitle)).toBeVisible();
    await expect(account('Ada at the desk')).toBeVisible();
    await expect(account(t.numbered(2))).toBeHidden();
    const [profile = ''] = await readdir(join(shell.profileDir, 'profiles'));
    const aside = (await readdir(join(shell.profileDir, 'profiles', profile))).find((name) =>
      name.startsWith('kept-'),
    );
    expect(await readdir(join(shell.profileDir, 'profiles', profile, aside ?? 'none'))).toContain(
      'crypto.db',
    );
    expect(await devicesOf(bob)).toBe(0);
  });
});

test('a locked account opens with its passphrase only', async ({ shell }) => {
  test.setTimeout(240_000);
  const user = await scene.newPerson('emmy');
  const emmy = new Person(shell);
  const passphrase = 'violet harbour, seven quiet anvils';
  await emmy.signIn(scene.signInData(user));

  await test.step('the recovery key is there for the day it is forgotten', async () => {
    const key = await emmy.chooseKey();
    await emmy.saveKey(scene.folder);
    await emmy.toProof();
    await emmy.proveByGroups(key);
    await emmy.finishSetup();
  });

  await test.step('the account is locked', async () => {
    await emmy.openSettings();
    await emmy.button(t.settings.lock).click();
    await emmy.page.getByLabel(en.store.passphrase.entry, { exact: true }).fill(passphrase);
    await emmy.page.getByLabel(en.store.passphrase.repeated, { exact: true }).fill(passphrase);
    await emmy.button(t.lock.confirm).click();
    await expect(emmy.page.getByText(t.settings.locked)).toBeVisible();
  });

  await test.step('the next start asks for it', async () => {
    await shell.restart();
    await expect(emmy.heading(en.store.passphrase.enterTitle)).toBeVisible();
    const entry = emmy.page.getByLabel(en.store.passphrase.entry, { exact: true });
    await entry.fill('something else');
    await emmy.button(en.store.passphrase.open).click();
    await expect(entry).toHaveAttribute('aria-invalid', 'true');
    await entry.fill(passphrase);
    await emmy.button(en.store.passphrase.open).click();
    await expect(emmy.page.getByText(user.userId)).toBeVisible();
  });
});
