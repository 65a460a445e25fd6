/** What a person does in the app's window, in the words they see there. */
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { dialogWords } from '../../../main/files/dialog-words';
import { safeFileName } from '../../../main/files/safe-file-name';
import { en, type Messages } from '../../../renderer/i18n/en';
import type { ShellUnderTest } from '../support/fixture';

export interface SignInData {
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

/** Milliseconds; of what is to come by itself, as in the expectations. */
const patienceMs = 45_000;

export class Person {
  /** @param words the words of the language they read */
  constructor(
    readonly shell: ShellUnderTest,
    readonly words: Messages = en,
  ) {}

  get #anyGroup(): RegExp {
    return new RegExp(`^${this.words.keys.prove.group(0).replace('0', '\\d+')}$`);
  }

  get page(): Page {
    const { page } = this.shell;
    page.setDefaultTimeout(patienceMs);
    return page;
  }

  button(name: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A way to keep the key: its button also says whether it was done. */
  copyCard(name: string): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name });
  }

  heading(name: string | RegExp): ReturnType<Page['getByRole']> {
    return this.page.getByRole('heading', { name });
  }

  async findServer(server: string): Promise<void> {
    await this.page.getByLabel(this.words.signIn.server, { exact: true }).fill(server);
    await this.button(this.words.signIn.find).click();
  }

  async enterPassword(user: string, password: string): Promise<void> {
    await this.page.getByLabel(this.words.signIn.user, { exact: true }).fill(user);
    await this.page.getByLabel(this.words.signIn.password, { exact: true }).fill(password);
    await this.button(this.words.signIn.submit).click();
  }

  async signIn({ server, user, password }: SignInData): Promise<void> {
    await this.findServer(server);
    await this.enterPassword(user, password);
  }

  /** Picks one of several ways by its name. */
  async choose(way: string): Promise<void> {
    await this.page.getByText(way).first().click();
  }

  /** Chooses the generated key; the key's text as the window shows it. */
  async chooseKey(): Promise<string> {
    await this.choose(this.words.keys.setup.key);
    await this.button(this.words.common.continue).click();
    return this.shownKey();
  }

  async choosePhrase(phrase: string): Promise<string> {
    await this.choose(this.words.keys.setup.phrase);
    await this.button(this.words.common.continue).click();
    await this.page.getByLabel(this.words.keys.phrase.entry, { exact: true }).fill(phrase);
    await this.page.getByLabel(this.words.keys.phrase.repeated, { exact: true }).fill(phrase);
    await this.button(this.words.common.continue).click();
    return this.shownKey();
  }

  async shownKey(): Promise<string> {
    await expect(this.heading(this.words.keys.present.title)).toBeVisible();
    const list = this.page.getByRole('list', { name: this.words.keys.present.label });
    const groups = await list.locator('.group').allInnerTexts();
    return groups.join(' ');
  }

  /** Saves the key as text under the name that the app proposes; the file's path. */
  async saveKey(folder: string, userId = ''): Promise<string> {
    const { keyFileStem } = dialogWords(this.words === en ? 'en' : 'de');
    const fileName = safeFileName(`${keyFileStem} ${userId}`, 'txt');
    const path = join(folder, fileName);
    await this.shell.dialogs.answerSave(path);
    await this.copyCard(this.words.keys.present.save).click();
    await expect(this.page.getByText(this.words.keys.present.saved(fileName))).toBeVisible();
    return path;
  }

  async savePdf(folder: string): Promise<string> {
    const path = join(folder, 'recovery sheet.pdf');
    await this.shell.dialogs.answerSave(path);
    await this.copyCard(this.words.keys.present.pdf).click();
    await expect(this.page.getByText(this.words.keys.present.pdfSaved)).toBeVisible();
    return path;
  }

  async toProof(): Promise<void> {
    await this.button(this.words.keys.present.next).click();
    await expect(this.heading(this.words.keys.prove.title)).toBeVisible();
  }

  /** Types the groups that are asked for. */
  async proveByGroups(recoveryKey: string): Promise<void> {
    const groups = recoveryKey.split(' ');
    const fields = this.page.getByLabel(this.#anyGroup);
    await expect(fields).toHaveCount(3);
    for (const field of await fields.all()) {
      const label = await field.evaluate((input) =>
        input instanceof HTMLInputElement ? (input.labels?.[0]?.textContent ?? '') : '',
      );
      const group = Number(/\d+/.exec(label)?.[0]);
      await field.fill(groups[group - 1] ?? '');
    }
    await this.button(this.words.keys.prove.check).click();
  }

  async finishSetup(): Promise<void> {
    await expect(this.heading(this.words.keys.done.title)).toBeVisible({ timeout: 60_000 });
    await this.button(this.words.keys.done.finish).click();
  }

  async unlockWith(secret: string): Promise<void> {
    await expect(this.heading(this.words.keys.restore.title)).toBeVisible();
    await this.page.getByLabel(this.words.keys.restore.entry, { exact: true }).fill(secret);
    await this.button(this.words.keys.restore.submit).click();
  }

  async finishRestore(): Promise<void> {
    await expect(this.heading(this.words.keys.restore.doneTitle)).toBeVisible({ timeout: 60_000 });
    await this.button(this.words.keys.restore.finish).click();
  }

  async openRoom(name: string): Promise<void> {
    await this.page
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }

  async say(text: string): Promise<void> {
    await this.draft(text);
    await this.page.keyboard.press('Enter');
  }

  /** Writes to the open room without sending. */
  async draft(text: string): Promise<void> {
    await this.page
      .getByRole('textbox', { name: beginningOf(this.words.rooms.composer.label) })
      .fill(text);
  }

  /** The message in the open room's timeline. */
  message(text: string): ReturnType<Page['getByText']> {
    return this.page
      .getByRole('region', { name: beginningOf(this.words.rooms.timeline.label) })
      .getByText(text, { exact: true });
  }

  /** Waits until every key is in the backup, as the sign-out dialog tells. */
  async keysAreSafe(look: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.startSignOut();
    await expect(this.heading(this.words.keys.signOut.safeTitle)).toBeVisible({ timeout: 60_000 });
    await look();
    await this.button(this.words.common.cancel).click();
  }

  async openSettings(): Promise<void> {
    await this.inMenu(this.words.settings.open);
    await expect(this.heading(this.words.settings.title)).toBeVisible();
  }

  async startSignOut(): Promise<void> {
    await this.inMenu(this.words.settings.signOut);
  }

  async inMenu(item: string): Promise<void> {
    await this.#openMenu();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The user menu is below the rooms, which a narrow window shows only while no room is open. */
  async #openMenu(): Promise<void> {
    const back = this.button(this.words.rooms.backToList);
    if (await back.isVisible()) await back.click();
    await this.page.getByTitle(this.words.settings.menu).click();
  }
}

/** Matches what a sentence with one name in it begins with. */
function beginningOf(sentence: (name: string) => string): RegExp {
  return new RegExp(`^${sentence('\0').split('\0')[0] ?? ''}`);
}
