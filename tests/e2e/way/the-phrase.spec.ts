/** Setting up with a security phrase, and restoring with it and with what people make of a key. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { en } from '../../../renderer/i18n/en';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();
/** Sentences of these errors use no words of their own. */
const words = { duration: String, number: String };
const phrase = 'Nebelkrähe tanzt über grüne Kreide';

test('with a security phrase, and with a key as people paste it', async ({ shell, openShell }) => {
  test.setTimeout(300_000);
  const user = await scene.newPerson('emmy');
  const partner = await scene.newPartner('hermann');
  const emmy = new Person(shell);
  const { page } = shell;
  await emmy.signIn(scene.signInData(user));

  const recoveryKey = await test.step('choose a phrase that is good enough', async () => {
    await emmy.choose(en.keys.setup.phrase);
    await emmy.button(en.common.continue).click();
    const entry = page.getByLabel(en.keys.phrase.entry, { exact: true });
    const repeated = page.getByLabel(en.keys.phrase.repeated, { exact: true });

    await entry.fill('password1');
    await repeated.fill('password1');
    await emmy.button(en.common.continue).click();
    await expect(page.getByText(en.keys.phrase.tooWeak)).toBeVisible();

    await entry.fill(phrase);
    await repeated.fill(`${phrase}!`);
    await emmy.button(en.common.continue).click();
    await expect(page.getByText(en.errors.phrase_mismatch({}, words))).toBeVisible();

    await repeated.fill(phrase);
    await emmy.button(en.common.continue).click();
    return emmy.shownKey();
  });

  await test.step('prove it by the phrase', async () => {
    await emmy.toProof();
    await emmy.choose(en.keys.prove.byPhrase);
    const field = page.getByLabel(en.keys.prove.phrase, { exact: true });
    await field.fill('something else entirely');
    await emmy.button(en.keys.prove.check).click();
    await expect(page.getByText(en.keys.prove.phraseDiffers)).toBeVisible();
    await field.fill(phrase);
    await emmy.button(en.keys.prove.check).click();
    await emmy.finishSetup();
  });

  await test.step('receive something worth restoring', async () => {
    const roomId = await partner.createRoom({ name: 'Algebra', invite: [user.userId] });
    await page.getByRole('button', { name: /Algebra/ }).click();
    await emmy.button(en.rooms.accept).click();
    await partner.member(roomId, user.userId);
    await partner.say(roomId, 'Every ring deserves a name.');
    await emmy.openRoom('Algebra');
    await expect(emmy.message('Every ring deserves a name.')).toBeVisible();
    await emmy.keysAreSafe();
  });

  const reads = async (person: Person): Promise<void> => {
    await person.finishRestore();
    await person.openRoom('Algebra');
    await expect(person.message('Every ring deserves a name.')).toBeVisible();
  };

  await test.step('wrong ones each get their own answer; the phrase opens', async () => {
    const second = new Person(await openShell());
    await second.signIn(scene.signInData(user));
    const typo = recoveryKey.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    const wrong: readonly (readonly [string, string | RegExp])[] = [
      [user.password, en.errors.phrase_wrong({}, words)],
      [typo, /typing mistake/],
      [recoveryKey.slice(0, -5), en.errors.key_incomplete({}, words)],
      [encodeRecoveryKey(randomBytes(32)), en.errors.key_wrong({}, words)],
    ];
    for (const [secret, answer] of wrong) {
      await second.unlockWith(secret);
      await expect(second.page.getByText(answer).first()).toBeVisible();
    }
    await second.unlockWith(phrase);
    await reads(second);
  });

  await test.step('a key with what editors and mail programs do to it opens', async () => {
    const third = new Person(await openShell());
    await third.signIn(scene.signInData(user));
    const groups = recoveryKey.split(' ');
    await third.unlockWith(
      `\uFEFF${groups.slice(0, 4).join('\u00A0')}\n\t${groups.slice(4, 8).join('–')}\r\n\u200B${groups.slice(8).join('  ')} `,
    );
    await reads(third);
  });

  await test.step('so does a file some editor has rewritten', async () => {
    const fourth = new Person(await openShell());
    const file = join(scene.folder, 'rewritten.txt');
    await writeFile(
      file,
      `\uFEFFMy key:\r\n\r\n${recoveryKey.replaceAll(' ', '\u00A0')}\r\n`,
      'utf16le',
    );
    await fourth.signIn(scene.signInData(user));
    await expect(fourth.heading(en.keys.restore.title)).toBeVisible();
    await fourth.shell.dialogs.answerOpen(file);
    await fourth.button(en.keys.restore.choose).click();
    await reads(fourth);
  });
});
