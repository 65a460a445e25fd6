/** What every chapter of the later story starts from. */
import { expect, type Locator } from '@playwright/test';
import type { Messages } from '../../../../renderer/i18n/en';
import type { RegisteredUser } from '../../../support/homeserver/homeserver';
import type { Partner } from '../../../support/partner/partner';
import type { Story } from '../../../support/partner/story';
import type { Cast } from '../cast';
import type { Person } from '../person';
import type { Stage } from '../screens';

export interface Telling {
  readonly stage: Stage;
  readonly words: Messages;
  readonly cast: Cast;
  readonly story: Story;
  readonly user: RegisteredUser;
  readonly partner: Partner;
  readonly first: Person;
  readonly show: (screen: string, person?: Person) => Promise<void>;
}

/** The part of the settings below this title, opened and scrolled to the window's top. */
export async function toSettings(person: Person, title: string): Promise<Locator> {
  const { page } = person;
  if (!(await person.heading(person.words.settings.title).isVisible())) await person.openSettings();
  const part = page.getByRole('heading', { name: title, exact: true });
  await toTop(part);
  return part;
}

/** Opens one of the folded parts of the key health page. */
export async function unfold(person: Person, title: string): Promise<Locator> {
  if (!(await person.heading(person.words.settings.title).isVisible())) await person.openSettings();
  const part = person.page.locator('details', {
    has: person.page.locator('summary').getByText(title, { exact: true }),
  });
  await part.locator('summary').click();
  await toTop(part);
  return part;
}

export async function toTop(part: Locator): Promise<void> {
  await expect(part).toBeVisible();
  await part.evaluate((element) => {
    const whole = element.matches('details') ? element : element.closest('section');
    (whole ?? element).scrollIntoView({ block: 'start', behavior: 'instant' });
  });
}

/** Leaves the dialog that is open. */
export async function close(person: Person): Promise<void> {
  await person.page.keyboard.press('Escape');
  await expect(person.page.getByRole('dialog')).toBeHidden();
}
