/**
 * The browser's switches, as data: a window of its own, nothing fetched, nothing kept, no contact
 * with anyone. Playwright's own defaults are made for tests and not used.
 */
const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--no-pings',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--hide-crash-restore-bubble',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
];

/**
 * Requests are answered by interception before they leave. Whatever slipped past it would go to a
 * proxy that is not there (port 9, discard): no name is looked up, nothing is reached.
 */
const offline = ['--proxy-server=http://127.0.0.1:9', '--proxy-bypass-list=<-loopback>'];

const forgetful = ['--disk-cache-size=1', '--media-cache-size=1'];

/** Messages go on being drawn in a window that lies behind others. */
const awake = ['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'];

const disabledFeatures = [
  // With it, a window closed from outside may skip the page's beforeunload.
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  // With it, the browser can go down while its last page is being closed over the pipe.
  'DestroyProfileOnBrowserClose',
  'MediaRouter',
  'OptimizationHints',
  'Translate',
];

export interface SwitchOptions {
  readonly userDataDir: string;
  readonly sandbox: boolean;
  /** BCP 47 tag for the browser's own texts, such as its print dialog. */
  readonly locale: string;
}

function common({ userDataDir, sandbox, locale }: SwitchOptions): string[] {
  return [
    `--user-data-dir=${userDataDir}`,
    '--remote-debugging-pipe',
    `--lang=${locale}`,
    ...quiet,
    ...offline,
    ...forgetful,
    `--disable-features=${disabledFeatures.join(',')}`,
    ...(sandbox ? [] : ['--no-sandbox']),
  ];
}

/** Switches of the app's window. It opens empty: the app's page comes once requests are served. */
export function windowSwitches(options: SwitchOptions): string[] {
  return [
    ...common(options),
    ...awake,
    '--class=Holdfast',
    '--window-size=1180,800',
    '--app=data:text/html,<title>Holdfast</title>',
  ];
}

/** Switches of the windowless browser that renders PDF. */
export function headlessSwitches(options: SwitchOptions): string[] {
  return [...common(options), '--headless', '--hide-scrollbars', '--mute-audio', 'about:blank'];
}
