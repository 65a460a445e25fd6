/** The key of this computer's store: lost from the keychain, or without any keychain to lie in. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import keytar from 'keytar';
import { en } from '../../../renderer/i18n/en';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();
const words = en.store;

test('the recovery key opens what the keychain has lost, for good', async ({ shell }) => {
  test.setTimeout(180_000);
  const user = await scene.newPerson('hedy');
  const partner = await scene.newPartner('george');
  const hedy = new Person(shell);
  await hedy.signIn(scene.signInData(user));
  const recoveryKey = await hedy.chooseKey();
  await hedy.toProof();
  await hedy.proveByGroups(recoveryKey);
  await hedy.finishSetup();
  const roomId = await partner.createRoom({ name: 'Frequencies', invite: [user.userId] });
  await hedy.page.getByRole('button', { name: /Frequencies/ }).click();
  await hedy.button(en.rooms.accept).click();
  await partner.member(roomId, user.userId);
  await partner.say(roomId, 'Hop every second.');
  await hedy.openRoom('Frequencies');
  await expect(hedy.message('Hop every second.')).toBeVisible();

  const vault = await readFile(join(shell.profileDir, 'vault.json'), 'utf8');
  const { profileId } = JSON.parse(vault) as { readonly profileId: string };
  expect(await keytar.deletePassword('Holdfast', `store-key ${profileId}`)).toBe(true);
  await shell.restart();
  await expect(hedy.heading(words.problems.store_key_missing.title)).toBeVisible();
  await hedy.button(words.byKey.open).click();
  await hedy.page.getByLabel(en.keys.restore.entryKeyOnly, { exact: true }).fill(recoveryKey);
  await hedy.button(words.byKey.submit).click();
  await hedy.openRoom('Frequencies');
  await expect(hedy.message('Hop every second.')).toBeVisible();

  await shell.restart();
  await hedy.openRoom('Frequencies');
  await expect(hedy.message('Hop every second.')).toBeVisible();
});

test.describe('without a keychain', () => {
  const bus = 'DBUS_SESSION_BUS_ADDRESS';
  const address = process.env[bus];
  test.beforeEach(() => {
    process.env[bus] = 'unix:path=/nowhere';
  });
  test.afterEach(() => {
    if (address === undefined) Reflect.deleteProperty(process.env, bus);
    else process.env[bus] = address;
  });

  test('an app passphrase keeps the key, and is asked for at every start', async ({
    openShell,
  }) => {
    const passphrase = 'violet harbour, seven quiet anvils';
    const shell = await openShell();
    const person = new Person(shell);
    const entry = (): ReturnType<typeof person.page.getByLabel> =>
      person.page.getByLabel(words.passphrase.entry, { exact: true });
    await expect(person.heading(words.passphrase.chooseTitle)).toBeVisible();
    await entry().fill(passphrase);
    await person.page.getByLabel(words.passphrase.repeated, { exact: true }).fill(passphrase);
    await person.button(words.passphrase.choose).click();
    await expect(person.page.getByLabel(en.signIn.server, { exact: true })).toBeVisible();

    await shell.restart();
    await expect(person.heading(words.passphrase.enterTitle)).toBeVisible();
    await entry().fill('something else');
    await person.button(words.passphrase.open).click();
    const sentence = en.errors.passphrase_wrong({}, { duration: String });
    await expect(person.page.getByText(sentence)).toBeVisible();
    await entry().fill(passphrase);
    await person.button(words.passphrase.open).click();
    await expect(person.page.getByLabel(en.signIn.server, { exact: true })).toBeVisible();
  });
});
