/** The sheet as it leaves the app, on paper and back: printed, scanned, photographed, read. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecoverySheet } from '../../../main/engine/protocol';
import { SheetReader } from '../../../main/recovery-sheet/reading/sheet-reader';
import { recoverySheetHtml } from '../../../main/recovery-sheet/sheet-html';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import type { HelpDesk } from '../../../preload/model/policy';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { builtThread } from '../../support/built-thread';

const run = promisify(execFile);
const recoveryKey = encodeRecoveryKey(new Uint8Array(32).map((_, index) => index * 7 + 3));
const sheet: RecoverySheet = {
  account: {
    userId: '@anna-katharina.vandenberg:matrix.institute-of-biology.example.org' as UserId,
    deviceId: 'ABCDEFGHIJ' as DeviceId,
    serverName: 'example.org',
    displayName: 'Anna',
  },
  homeserver: 'https://matrix.institute-of-biology.example.org',
  madeAt: Date.UTC(2026, 10, 23, 12),
  keyId: 'mEyKeBtw3p7QGqTVKbRuzhgHe93KWs2c',
  recoveryKey,
};
const desk: HelpDesk = {
  text: 'IT service desk of the university, building 4, room 112',
  link: 'mailto:help@example.org',
  phone: '+49 431 123456',
};

let browser: Browser;
let reader: SheetReader;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-sheet-'));
  reader = new SheetReader(await builtThread('main/recovery-sheet/reading/reading-thread.ts'));
  browser = await chromium.launch({
    executablePath: process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await rm(dir, { recursive: true, force: true });
});

/** The sheet as the app's own PDF. */
async function printed(language: 'en' | 'de', format: 'A4' | 'Letter'): Promise<string> {
  const page = await browser.newPage();
  await page.setContent(recoverySheetHtml(sheet, language, desk));
  const pdf = await page.pdf({ format, printBackground: true, preferCSSPageSize: true });
  await page.close();
  const path = join(dir, `${language}-${format}.pdf`);
  await writeFile(path, pdf);
  return path;
}

/** As a scanner of that many dots per inch makes it of the printed page. */
async function scanned(pdf: string, dpi: number, kind: 'png' | 'jpeg'): Promise<string> {
  const stem = pdf.replace(/\.pdf$/, `-${dpi}`);
  await run('pdftoppm', ['-r', String(dpi), `-${kind}`, '-singlefile', pdf, stem]);
  return `${stem}.${kind === 'png' ? 'png' : 'jpg'}`;
}

/** As a phone sees it: from a slant, a little out of focus, on a table. */
async function photographed(scan: string, style: string): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1_500, height: 1_900 } });
  const source = `data:image/png;base64,${(await readFile(scan)).toString('base64')}`;
  await page.setContent(
    `<body style="background:#8a6f52;display:grid;place-items:center;perspective:2400px"><img src="${source}" style="width:1100px;${style}">`,
  );
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  const path = scan.replace(/\.png$/, '-photo.jpg');
  await writeFile(path, await page.screenshot({ type: 'jpeg', quality: 60 }));
  await page.close();
  return path;
}

describe.each(['en', 'de'] as const)('the recovery sheet in %s', (language) => {
  it.each(['A4', 'Letter'] as const)('is one page of %s with a help desk', async (format) => {
    const { stdout } = await run('pdfinfo', [await printed(language, format)]);
    expect(stdout).toMatch(/^Pages:\s+1$/m);
  });

  it('is read back from its PDF', async () => {
    expect(await reader.readFile(await printed(language, 'A4'))).toBe(recoveryKey);
  });

  it('is read back from a scan, as PNG and as JPEG', async () => {
    const pdf = await printed(language, 'A4');
    expect(await reader.readFile(await scanned(pdf, 100, 'png'))).toBe(recoveryKey);
    expect(await reader.readFile(await scanned(pdf, 300, 'jpeg'))).toBe(recoveryKey);
  });
});

describe('a photo of the recovery sheet', () => {
  it.each([
    ['straight', ''],
    ['turned and out of focus', 'transform:rotate(17deg);filter:blur(0.8px)'],
    ['upside down, in poor light', 'transform:rotate(184deg);filter:brightness(0.5) contrast(0.8)'],
    ['from a slant', 'transform:rotateX(22deg) rotateY(-14deg) rotate(4deg)'],
  ])('is read, taken %s', async (_how, style) => {
    const scan = await scanned(await printed('en', 'A4'), 200, 'png');
    expect(await reader.readFile(await photographed(scan, style))).toBe(recoveryKey);
  });

  it('is read out of a PDF that a scanner made', async () => {
    const scan = await scanned(await printed('de', 'Letter'), 150, 'png');
    const page = await browser.newPage();
    const source = `data:image/png;base64,${(await readFile(scan)).toString('base64')}`;
    await page.setContent(`<img src="${source}" style="width:100%">`);
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
    const path = join(dir, 'scan.pdf');
    await writeFile(path, await page.pdf({ format: 'A4' }));
    await page.close();
    expect(await reader.readFile(path)).toBe(recoveryKey);
  });
});
