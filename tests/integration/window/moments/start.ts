/** Before anybody is signed in. */
import type { Moment } from './moment';

export const startMoments: readonly Moment[] = [
  ['starting', 'starting'],
  ['a store that can’t be opened', 'store'],
  ['a store whose key is missing', 'store-key-missing'],
  [
    'opening by the recovery key',
    'store-key-missing',
    (page) => page.getByRole('button', { name: /recovery key|Schlüssel öffnen/u }).click(),
  ],
  ['a damaged store', 'store-damaged'],
  [
    'setting a damaged store aside',
    'store-damaged',
    (page) => page.getByRole('button', { name: /Start anew|Neu anfangen/u }).click(),
  ],
  ['a store of a newer version', 'store-newer'],
  ['a full disk at the start', 'disk-full'],
  ['choosing an app passphrase', 'choose-passphrase'],
  ['entering the app passphrase', 'enter-passphrase'],
  ['signing in after a store was set aside', 'kept-aside'],
  ['signing in', 'sign-in'],
  [
    'a server that is not there',
    'sign-in',
    async (page) => {
      await page.getByRole('textbox').fill('nowhere');
      await page.keyboard.press('Enter');
      await page.locator('[aria-invalid=true]').waitFor();
    },
  ],
  [
    'a wrong password',
    'sign-in',
    async (page) => {
      await page.getByRole('textbox').fill('uni.example');
      await page.keyboard.press('Enter');
      await page.locator('[autocomplete=username]').fill('mira');
      await page.locator('[type=password]').fill('wrong');
      await page.keyboard.press('Enter');
      await page.locator('[aria-invalid=true]').waitFor();
    },
  ],
];
