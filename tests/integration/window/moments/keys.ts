/** The keys: their health, what is done to them, and what reminds of them. */
import type { Page } from '@playwright/test';
import { runningChanges } from '../../../component/keys-change/moments';
import { healthScenes } from '../../../component/keys/health-moments';
import { demandedRepairs } from '../../../component/keys/moments';
import type { Moment } from './moment';
import { openRoom } from './room-view';

const openHealth = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^(Key health|Schlüsselzustand)/u }).click();
  await page.getByRole('dialog').waitFor();
};

async function completeKeys(page: Page): Promise<void> {
  await openHealth(page);
  await page.getByRole('button', { name: /^(Enter key|Schlüssel oder)/u }).click();
  await page.locator('[type=password]').waitFor();
}

const beginChange = async (page: Page, action: RegExp): Promise<void> => {
  await openHealth(page);
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('summary')
    .filter({ hasText: /^(Change key and|Schlüssel und Sicherung)/u })
    .click();
  await dialog.getByRole('button', { name: action }).click();
};

const findOldKey = (page: Page): Promise<void> => beginChange(page, /^(Enter it|Eingeben)$/u);

const agreeToReset = async (page: Page): Promise<void> => {
  await beginChange(page, /^(Set up anew|Neu einrichten)$/u);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: /^(Set up anew|Neu einrichten)$/u }).click();
};

export const keyMoments: readonly Moment[] = [
  ['a recovery key to be checked', 'drill-due', openRoom],
  [
    'checking the recovery key',
    'drill-due',
    async (page) => {
      await openRoom(page);
      await page.getByRole('button', { name: /Check now|Jetzt prüfen/u }).click();
      await page.locator('[type=password]').waitFor();
    },
  ],
  [
    'a recovery key that is lost',
    'drill-due',
    async (page) => {
      await openRoom(page);
      await page.getByRole('button', { name: /Check now|Jetzt prüfen/u }).click();
      await page.getByRole('button', { name: /can’t find it|finde ihn nicht/u }).click();
    },
  ],
  [
    'importing a key file',
    'drill-due',
    async (page) => {
      await page.getByRole('button', { name: /Mira Petersen/u }).click();
      await page.getByRole('menuitem').first().click();
      await page.getByRole('button', { name: /^(Import keys|Schlüssel importieren)$/u }).click();
      await page.getByRole('dialog', { name: /Import message keys|importieren/u }).waitFor();
    },
  ],
  ...Object.keys(runningChanges).map(
    (scene) =>
      [
        scene,
        scene,
        async (page: Page): Promise<void> => {
          await page
            .getByRole('button', { name: /^(Details|Einzelheiten|Have a look|Nachsehen)$/u })
            .click();
          await page.locator('.over h1').waitFor();
        },
      ] as const,
  ),
  [
    'a new recovery key to be made',
    'changes-offered',
    (page) => beginChange(page, /^(Make a new one|Neu erstellen)$/u),
  ],
  [
    'resetting the backup',
    'changes-offered',
    (page) => beginChange(page, /^(Reset|Zurücksetzen)$/u),
  ],
  [
    'switching the backup off',
    'changes-offered',
    (page) => beginChange(page, /^(Switch off|Ausschalten)/u),
  ],
  ['an old recovery key that was found', 'changes-offered', findOldKey],
  [
    'an old recovery key that opens nothing',
    'changes-offered',
    async (page) => {
      await findOldKey(page);
      await page.locator('[type=password]').fill('Ein Kamel tanzt');
      await page.keyboard.press('Enter');
      await page.locator('[aria-invalid=true]').waitFor();
    },
  ],
  [
    'what an old recovery key brought',
    'changes-offered',
    async (page) => {
      await findOldKey(page);
      await page.locator('[type=password]').fill('Ein altes Kamel');
      await page.keyboard.press('Enter');
      await page.getByText(/412/u).waitFor();
    },
  ],
  [
    'before everything is reset',
    'key-lost',
    (page) => beginChange(page, /^(Set up anew|Neu einrichten)$/u),
  ],
  ['the choice of a key before everything is reset', 'key-lost', agreeToReset],
  ['a restore that is required', 'restore-required'],
  ['a restore that switches the backup on', 'restore-switched-off'],
  ...demandedRepairs.map((state) => [`${state}, to be mended first`, `demanded-${state}`] as const),
  [
    'a restore with gaps',
    'restored-with-gaps',
    async (page) => {
      await page.locator('button.line').first().click();
      await page.locator('.over h1').waitFor();
      await page.getByRole('button', { name: /^(Show all|Alle)/u }).click();
    },
  ],
  [
    'an identity that is here alone, before signing out',
    'identity-only-here',
    async (page) => {
      await page.getByRole('button', { name: /Mira Petersen/u }).click();
      await page.getByRole('menuitem', { name: /^(Sign out|Abmelden)/u }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  ...healthScenes.map((scene) => [scene, scene, openHealth] as const),
  [
    'the report for the help desk',
    'keys-backup_changed',
    async (page) => {
      await openHealth(page);
      await page.getByText(/^(Report for your help desk|Bericht für Ihren Helpdesk)$/u).click();
      await page.locator('pre').waitFor();
    },
  ],
  ['completing with the recovery key', 'keys-backup_changed', completeKeys],
  [
    'a recovery key that does not open the backup',
    'keys-backup_changed',
    async (page) => {
      await completeKeys(page);
      await page.locator('[type=password]').fill('Ein Kamel tanzt');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^(Make a new backup|Neue Sicherung)/u }).waitFor();
    },
  ],
];
