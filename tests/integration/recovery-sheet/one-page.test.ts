/** The recovery sheet stays one sheet of paper, whatever the organisation says of its help desk. */
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecoverySheet } from '../../../main/engine/protocol';
import { helpDesks } from '../../../main/policy/help-desks';
import { recoverySheetHtml } from '../../../main/recovery-sheet/sheet-html';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';

const sheet: RecoverySheet = {
  account: {
    userId: '@mira-katharina.petersen-lindenberg:uni-kueste.example' as UserId,
    deviceId: 'HFDEVICEONE' as DeviceId,
    serverName: 'uni-kueste.example',
    displayName: 'Mira Petersen',
  },
  homeserver: 'https://matrix.uni-kueste.example',
  madeAt: Date.UTC(2026, 10, 24),
  keyId: 'abcdefghijklmnopqrstuvwxyz123456',
  recoveryKey: encodeRecoveryKey(new Uint8Array(32).fill(7)),
};

/** The longest that policy lets through. */
const words = 'IT-Servicedesk der Universität, Bibliotheksgebäude am Westring, Raum 0.112, ';
const { de: longest } = helpDesks.parse({
  de: {
    text: words.repeat(4).slice(0, 160),
    link: `https://it.uni-kueste.example/${'hilfe-'.repeat(15)}`,
    phone: '+49 431 880-1234 / 1235 / 1236 / 1237',
  },
});

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}, 60_000);
afterAll(() => browser.close());

it.each([
  ['en', 'A4'],
  ['en', 'Letter'],
  ['de', 'A4'],
  ['de', 'Letter'],
] as const)('in %s on %s', async (language, format) => {
  const page = await browser.newPage();
  await page.setContent(recoverySheetHtml(sheet, language, longest));
  const pdf = await page.pdf({ format, printBackground: true, preferCSSPageSize: true });
  await page.close();
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)).toHaveLength(1);
});
