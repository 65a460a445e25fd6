/**
 * The built window in a real Chromium, under the policy it ships with, over scenes instead of an
 * app: nothing the policy forbids is tried, and axe finds nothing on any screen.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Browser, type Page } from '@playwright/test';
import * as esbuild from 'esbuild';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runningChanges } from '../../component/keys-change/moments';
import { accountScenes } from '../../component/profiles/moments';
import { healthScenes } from '../../component/keys/health-moments';
import { carryOverScenes, endedScenes } from '../../component/session/moments';
import { verificationMoments } from '../../component/verification/moments';

const root = path.resolve(import.meta.dirname, '../../..');
const origin = 'https://window.test';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'none'; object-src 'none'; base-uri 'none'; frame-src 'none'; form-action 'none'; require-trusted-types-for 'script'";
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

let built = '';
let scenes = '';
let browser: Browser;

beforeAll(async () => {
  built = await mkdtemp(path.join(tmpdir(), 'holdfast-window-'));
  const bundle = await esbuild.build({
    stdin: {
      contents:
        "import { play } from './tests/component/scenes';\nwindow.holdfast = play(window.sceneChoice);",
      resolveDir: root,
      loader: 'js',
    },
    bundle: true,
    format: 'iife',
    write: false,
  });
  scenes = bundle.outputFiles[0]?.text ?? '';
  await build({
    root: path.join(root, 'renderer'),
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [svelte()],
    build: { outDir: built, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0 },
  });
  browser = await chromium.launch({
    executablePath: process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await rm(built, { recursive: true, force: true });
});

/** As `expect.poll`, patient enough for a busy machine. */
const eventually = <Value>(read: () => Value): ReturnType<typeof expect.poll<Awaited<Value>>> =>
  expect.poll(read, { timeout: 15_000 });

interface View {
  readonly scene: string;
  readonly language: 'en' | 'de';
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

/** Opens the window in a scene; what the console complains of is collected. */
async function open({ width, ...choice }: View): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 760 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = path.join(built, pathname === '/' ? 'index.html' : pathname);
    try {
      await route.fulfill({
        body: await readFile(file),
        headers: {
          'content-type': types[path.extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
        },
      });
    } catch {
      await route.fulfill({ status: 404 });
    }
  });
  await page.addInitScript(`window.sceneChoice = ${JSON.stringify(choice)};`);
  await page.addInitScript(scenes);
  await page.goto(`${origin}/`);
  await page.locator('h1').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return { page, complaints };
}

async function violations(page: Page): Promise<readonly string[]> {
  // The policy keeps axe from opening the blank page it uses otherwise.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** The part of a room that scrolls. */
const timeline = '[role=region][tabindex="0"]';

async function completeKeys(page: Page): Promise<void> {
  await openHealth(page);
  await page.getByRole('button', { name: /^(Enter key|Schlüssel oder)/u }).click();
  await page.locator('[type=password]').waitFor();
}

const openRoom = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /Benthic ecology group/u }).click();

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

const openHealth = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^(Key health|Schlüsselzustand)/u }).click();
  await page.getByRole('dialog').waitFor();
};

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

const moments: readonly (readonly [
  name: string,
  scene: string,
  act?: (page: Page) => Promise<void>,
])[] = [
  ['starting', 'starting'],
  ['a room of messages that can’t be read', 'unreadable', openRoom],
  [
    'why messages can’t be read',
    'unreadable',
    async (page) => {
      await openRoom(page);
      await page.getByRole('button', { name: /Why|Warum/u }).click();
    },
  ],
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
  ['a full disk while working', 'storage-failing', openRoom],
  ['a person with a new identity', 'identity-changed', openRoom],
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
  ['a restore that is required', 'restore-required'],
  ['messages to verified devices alone', 'verified-only', openRoom],
  ['the people in a room', 'verified-only', openPeople],
  ['a room in which everyone is verified', 'all-verified', openPeople],
  ...Object.keys(verificationMoments).map((scene) => [scene, scene] as const),
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

const views = [
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'de', theme: 'dark', width: 380 },
] as const;

describe.each(views)('$language, $theme, $width px', (view) => {
  test.each(moments.map(([name, scene, act]) => ({ name, scene, act })))(
    '$name',
    async ({ scene, act }) => {
      const { page, complaints } = await open({ scene, ...view });
      await act?.(page);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, 'nothing is wider than the window').toBe(0);
      await page.context().close();
    },
  );
});

describe('a long conversation', () => {
  const view = { scene: 'long', language: 'en', theme: 'light', width: 1440 } as const;
  const toEnd = (page: Page): Promise<number> =>
    page
      .locator(timeline)
      .evaluate((it) => Math.round(it.scrollHeight - it.scrollTop - it.clientHeight));

  test('opens at its newest message', async () => {
    const { page } = await open(view);
    await openRoom(page);
    await page.getByText('waterproof paper').waitFor();
    await eventually(() => toEnd(page)).toBe(0);
    await page.context().close();
  });

  test('keeps its place while older messages come in above', async () => {
    const { page } = await open(view);
    await openRoom(page);
    const messages = page.locator(timeline);
    const height = (): Promise<number> => messages.evaluate((it) => it.scrollHeight);
    await eventually(() => toEnd(page)).toBe(0);
    const fetched = await height();
    const watched = page.getByText('Tide tables are at');
    await messages.hover();
    await page.mouse.wheel(0, -100_000);
    await watched.waitFor();
    const before = await watched.boundingBox();
    await eventually(height).toBeGreaterThan(fetched + 1_000);
    await eventually(async () =>
      Math.abs(((await watched.boundingBox())?.y ?? NaN) - (before?.y ?? NaN)),
    ).toBeLessThan(2);
    await page.context().close();
  });

  test('shows what is sent, at the end', async () => {
    const { page } = await open(view);
    await openRoom(page);
    await page.getByRole('textbox', { name: /Message to/u }).fill('On my way');
    await page.keyboard.press('Enter');
    await page.locator('[data-item]').getByText('On my way').waitFor();
    await eventually(() => toEnd(page)).toBe(0);
    await page.context().close();
  });
});

test('everything in the room list is reached by keyboard, however far down', async () => {
  const { page } = await open({ scene: 'rooms', language: 'en', theme: 'light', width: 1440 });
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('ArrowDown');
  await eventually(focused).toContain('Summer school');
  await page.keyboard.press('End');
  await eventually(focused).toContain('Seminar 30');
  await page.keyboard.press('ArrowUp');
  await eventually(focused).toContain('Seminar 29');
  await page.keyboard.press('Home');
  await eventually(focused).toContain('Summer school');
  await page.keyboard.press('ArrowDown');
  await eventually(focused).toContain('Benthic');
  await page.keyboard.press('Enter');
  await eventually(() =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
  ).toBe('Message to Benthic ecology group');
  await page.context().close();
});
