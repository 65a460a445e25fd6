/** Devices and people, and whether they are trusted. */
import type { Page } from '@playwright/test';
import { verificationMoments } from '../../../component/verification/moments';
import type { Moment } from './moment';
import { openRoom } from './room-view';

async function openDevices(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Mira Petersen/u }).click();
  await page.getByRole('menuitem').first().click();
  await page
    .getByRole('heading', { name: /^(Your devices|Ihre Geräte)$/u })
    .scrollIntoViewIfNeeded();
}

async function openDeviceSignOut(page: Page): Promise<void> {
  await openDevices(page);
  await page.getByRole('button', { name: /other devices…|Andere Geräte abmelden/u }).click();
  await page.getByRole('alertdialog').waitFor();
}

async function openPeople(page: Page): Promise<void> {
  await openRoom(page);
  await page.getByRole('button', { name: /People and security|Personen und Sicherheit/u }).click();
  await page.getByRole('dialog').waitFor();
}

async function openInvite(page: Page): Promise<void> {
  await openRoom(page);
  await page.getByRole('button', { name: /^(Invite people|Personen einladen)$/u }).click();
  await page.getByRole('dialog').getByRole('textbox').waitFor();
  await page.getByText(/^(What they will|Was die Eingeladenen)/u).waitFor();
}

export const deviceMoments: readonly Moment[] = [
  ['a person with a new identity', 'identity-changed', openRoom],
  ['devices', 'rooms', openDevices],
  ['devices that can’t be asked for', 'devices-offline', openDevices],
  [
    'renaming a device',
    'rooms',
    async (page) => {
      await openDevices(page);
      await page.getByRole('button', { name: /Rename Mira’s|Mira’s phone umbenennen/u }).click();
      await page.getByRole('textbox').last().waitFor();
    },
  ],
  ['signing other devices out', 'rooms', openDeviceSignOut],
  ['signing out devices that are needed', 'devices-needed', openDeviceSignOut],
  ['a new sign-in', 'new-device', openRoom],
  [
    'a sign-in that was somebody else’s',
    'new-device',
    async (page) => {
      await openRoom(page);
      await page.getByRole('button', { name: /Not me|nicht/u }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  ['inviting people', 'rooms', openInvite],
  ['inviting from a device that is not verified', 'unverified-device', openInvite],
  [
    'people who can’t be invited',
    'rooms',
    async (page) => {
      await openInvite(page);
      await page
        .getByRole('dialog')
        .getByRole('textbox')
        .fill('@aylin:uni-kueste.example, @noor:uni-kueste.example @guest:example.org');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  ],
  ['messages to verified devices alone', 'verified-only', openRoom],
  ['the people in a room', 'verified-only', openPeople],
  ['a room in which everyone is verified', 'all-verified', openPeople],
  ...Object.keys(verificationMoments).map((scene) => [scene, scene] as const),
];
