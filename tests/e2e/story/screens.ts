/**
 * The app's story, screen by screen: for the pictures in the README, and for the checks that every
 * screen has to pass.
 */
import { expect } from '@playwright/test';
import { seedAndAnswer, type Partner } from '../../support/partner/partner';
import { stories } from '../../support/partner/story';
import type { ShellUnderTest } from '../support/fixture';
import { casts } from './cast';
import { Person } from './person';
import type { Scene } from './scene';
import type { Messages } from '../../../renderer/i18n/en';

export interface Looks {
  readonly language: 'en' | 'de';
  readonly words: Messages;
  readonly theme: 'light' | 'dark';
  readonly size: { readonly width: number; readonly height: number };
}

/** Called on each screen, when it has come to rest. */
export type OnScreen = (name: string, person: Person) => Promise<void>;

export interface Stage {
  readonly scene: Scene;
  readonly looks: Looks;
  readonly shell: ShellUnderTest;
  readonly openShell: () => Promise<ShellUnderTest>;
  readonly onScreen: OnScreen;
  /** Called with the recovery sheet's PDF. */
  readonly onSheet?: (pdf: string) => Promise<void>;
}

/** Tells the whole story once, on two devices. */
export async function tellStory({
  scene,
  looks,
  shell,
  openShell,
  onScreen,
  onSheet,
}: Stage): Promise<void> {
  const { words } = looks;
  const { phrase, self, thanks } = casts[looks.language];
  const { seminar } = stories[looks.language].names;
  const user = await scene.newPerson(self.account);
  const partner = await seedPartner(scene, looks.language, user.password);
  const first = await dressed(new Person(shell, words), looks);
  const show = (screen: string, person = first): Promise<void> => onScreen(screen, person);

  await expect(first.heading(words.signIn.serverTitle)).toBeVisible();
  await show('sign-in-server');
  await first.findServer('not a server');
  await show('sign-in-server-error');
  await first.findServer(scene.homeserver.baseUrl);
  await expect(first.heading(words.signIn.passwordTitle)).toBeVisible();
  await show('sign-in-password');
  await first.enterPassword(user.name, user.password);

  await expect(first.heading(words.keys.setup.title)).toBeVisible();
  await show('set-up');
  await first.button(words.keys.setup.skip).click();
  await expect(first.heading(words.keys.skip.title)).toBeVisible();
  await show('confirm-skipping');
  await first.button(words.keys.skip.skip).click();

  await partner.historySent;
  await first.openRoom(seminar);
  await expect(
    first.page.getByRole('region', { name: words.keys.reminder.setUpTitle }),
  ).toBeVisible();
  await show('reminder');
  await first.startSignOut();
  await expect(first.heading(words.keys.signOut.noBackupTitle)).toBeVisible();
  await show('sign-out-warning');
  await first.button(words.keys.signOut.anyway).click();
  await expect(first.heading(words.keys.signOut.confirmTitle)).toBeVisible();
  await show('sign-out-confirm');
  await first.button(words.keys.signOut.back).click();
  await first.button(words.keys.signOut.setUp).click();

  await expect(first.heading(words.keys.setup.title)).toBeVisible();
  await first.choose(words.keys.setup.phrase);
  await first.button(words.common.continue).click();
  const entry = first.page.getByLabel(words.keys.phrase.entry, { exact: true });
  await entry.fill('holdfast2026');
  await expect(
    first.page.getByRole('list', { name: words.keys.phrase.weaknessesLabel }),
  ).toBeVisible();
  await show('security-phrase-weak');
  await entry.fill(phrase);
  await first.page.getByLabel(words.keys.phrase.repeated, { exact: true }).fill(phrase);
  await show('security-phrase');
  await first.button(words.common.continue).click();

  const recoveryKey = await first.shownKey();
  await show('present-key');
  const file = await first.saveKey(scene.folder, user.userId);
  await show('present-key-saved');
  await onSheet?.(await first.savePdf(scene.folder));
  await first.toProof();
  await show('prove');
  await first.proveByGroups(recoveryKey);
  await expect(first.heading(words.keys.done.title)).toBeVisible({ timeout: 60_000 });
  await show('set-up-done');
  await first.button(words.keys.done.finish).click();

  await first.openRoom(seminar);
  await first.say(thanks);
  await expect(first.message(thanks)).toBeVisible();
  await expect(
    first.page.getByRole('img', { name: words.rooms.timeline.sent }).last(),
  ).toBeVisible();
  await show('conversation');
  await first.keysAreSafe(() => show('sign-out-safe'));
  await first.openSettings();
  await show('settings');
  await first.page.keyboard.press('Escape');

  const second = await dressed(new Person(await openShell(), words), looks);
  await second.signIn(scene.signInData(user));
  await expect(second.heading(words.keys.restore.title)).toBeVisible();
  await show('restore', second);
  await second.unlockWith(`${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('a') ? 'b' : 'a'}`);
  await show('restore-mistyped', second);
  await second.button(words.keys.restore.without).click();
  await expect(second.heading(words.keys.without.title)).toBeVisible();
  await show('restore-without-key', second);
  await second.button(words.keys.without.back).click();
  await second.shell.dialogs.answerOpen(file);
  await second.button(words.keys.restore.choose).click();
  await expect(second.heading(words.keys.restore.doneTitle)).toBeVisible({ timeout: 60_000 });
  await show('restore-done', second);
  await second.button(words.keys.restore.finish).click();
  await second.openRoom(seminar);
  await expect(second.message(thanks)).toBeVisible();
  await show('second-device', second);
  await partner.stop();
}

/** The rooms and the people in them, for an account that was just made. */
export async function seedPartner(
  scene: Scene,
  language: Looks['language'],
  password: string,
): Promise<Partner> {
  const cast = casts[language];
  const [lead, colleague] = await Promise.all([
    scene.newPerson(cast.lead.account),
    scene.newPerson(cast.colleague.account),
  ]);
  return seedAndAnswer({
    baseUrl: scene.homeserver.baseUrl,
    language,
    user: { user: cast.self.account, password, displayName: cast.self.name },
    partners: [
      { user: lead.name, password: lead.password, displayName: cast.lead.name },
      { user: colleague.name, password: colleague.password, displayName: cast.colleague.name },
    ],
  });
}

/** The window in the size and looks of this telling. */
export async function dressed(person: Person, { language, theme, size }: Looks): Promise<Person> {
  await person.page.setViewportSize(size);
  await person.page.evaluate(
    (choices) => {
      const { holdfast } = globalThis as unknown as {
        readonly holdfast: { invoke(name: string, args: unknown): Promise<unknown> };
      };
      return holdfast.invoke('preferences.update', choices);
    },
    { language, theme },
  );
  return person;
}
