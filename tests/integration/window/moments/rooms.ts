/** Rooms, and what is said in them. */
import type { Moment } from './moment';
import { openRoom, timeline } from './room-view';

export const roomMoments: readonly Moment[] = [
  ['a room of messages that can’t be read', 'unreadable', openRoom],
  [
    'why messages can’t be read',
    'unreadable',
    async (page) => {
      await openRoom(page);
      await page.getByRole('button', { name: /Why|Warum/u }).click();
    },
  ],
  ['a full disk while working', 'storage-failing', openRoom],
  ['rooms loading', 'loading'],
  ['no rooms', 'no-rooms'],
  ['rooms', 'rooms'],
  ['a conversation', 'rooms', openRoom],
  [
    'the beginning of a conversation',
    'rooms',
    async (page) => {
      await openRoom(page);
      const messages = page.locator(timeline);
      await messages.locator('[data-item]').last().waitFor();
      await messages.evaluate((scroller) => scroller.scrollTo(0, 0));
      await page.getByRole('link').waitFor();
    },
  ],
  ['a lost connection', 'offline', openRoom],
  [
    'an invitation',
    'rooms',
    (page) => page.getByRole('button', { name: /Summer school/u }).click(),
  ],
  [
    'the user menu',
    'rooms',
    async (page) => {
      await page.getByRole('button', { name: /Mira Petersen/u }).click();
      await page.getByRole('menu').waitFor();
    },
  ],
  [
    'the settings',
    'rooms',
    async (page) => {
      await page.getByRole('button', { name: /Mira Petersen/u }).click();
      await page.getByRole('menuitem').first().click();
      await page.getByRole('dialog').waitFor();
    },
  ],
];
