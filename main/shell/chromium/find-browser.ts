/** Finds the installed Chromium, or one of its relatives. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const fixedPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** No Chromium is installed; the message says how to get one. */
export class BrowserMissingError extends Error {
  override readonly name = 'BrowserMissingError';

  constructor() {
    super(
      'Holdfast needs Electron or an installed Chromium, and found neither. ' +
        'On Debian and Ubuntu: sudo apt-get install chromium',
    );
  }
}

/**
 * @returns the absolute path of the browser's executable
 * @throws {BrowserMissingError}
 */
export async function findBrowser(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(fixedPlaces[process.platform] ?? []),
  ];
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }
  throw new BrowserMissingError();
}

/** Whether a file is there and may be run by this user. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
