/** One’s account beside others, and what looks after it. */
import type { Page } from '@playwright/test';
import { accountScenes } from '../../../component/profiles/moments';
import { carryOverScenes, endedScenes } from '../../../component/session/moments';
import type { Moment } from './moment';

const inUserMenu = async (page: Page, item: RegExp): Promise<void> => {
  await page.getByTitle(/Account and settings|Konto und Einstellungen/u).click();
  await page.getByRole('menuitem', { name: item }).click();
};

const openOrganisation = async (page: Page): Promise<void> => {
  await inUserMenu(page, /^(Settings|Einstellungen)$/u);
  await page.getByText(/20-lab/u).scrollIntoViewIfNeeded();
};

const openAccountSettings = async (page: Page): Promise<void> => {
  await inUserMenu(page, /^(Settings|Einstellungen)$/u);
  await page.getByRole('button', { name: /passphrase|Kennwort/u }).scrollIntoViewIfNeeded();
};

export const accountMoments: readonly Moment[] = [
  ...Object.keys(accountScenes).map((scene) => [scene, scene] as const),
  ...Object.keys({ ...endedScenes, ...carryOverScenes }).map((scene) => [scene, scene] as const),
  [
    'the user menu beside other accounts',
    'several-accounts',
    async (page) => {
      await page.getByTitle(/Account and settings|Konto und Einstellungen/u).click();
      await page.getByRole('menu').waitFor();
    },
  ],
  [
    'leaving an account whose keys wait',
    'several-accounts',
    (page) => inUserMenu(page, /Switch account|Konto wechseln/u),
  ],
  ['an account’s settings', 'several-accounts', openAccountSettings],
  ['what the organisation has set', 'organisation', openOrganisation],
  [
    'locking an account',
    'several-accounts',
    async (page) => {
      await openAccountSettings(page);
      await page.getByRole('button', { name: /Lock with|App-Kennwort sperren/u }).click();
      await page.getByRole('dialog', { name: /^(Lock this|Dieses Konto sperren)/u }).waitFor();
    },
  ],
  ...['several-accounts', 'several-accounts-safe'].map(
    (scene) =>
      [
        `removing an account, ${scene}`,
        scene,
        async (page: Page): Promise<void> => {
          await openAccountSettings(page);
          await page.getByRole('button', { name: /^(Remove from|Von diesem Computer)/u }).click();
          await page.getByRole('textbox').waitFor();
        },
      ] as const,
  ),
];
