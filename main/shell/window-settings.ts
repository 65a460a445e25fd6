/**
 * Settings of every window, as data: what a page may do is decided here and pinned by a test, not
 * at the place where a window is made.
 */

/** For the web contents of every window, the app's own and those that only print. */
export const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  plugins: false,
  experimentalFeatures: false,
  allowRunningInsecureContent: false,
  enableDeprecatedPaste: false,
  enableWebSQL: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  // Electron would fetch its dictionaries from a server of its own.
  spellcheck: false,
} as const;

/** Pages lent for printing are plain documents. */
export const printWebPreferences = { ...webPreferences, javascript: false } as const;

export const mainWindow = {
  title: 'Holdfast',
  width: 1180,
  height: 800,
  minWidth: 380,
  minHeight: 480,
  // Shown once there is something to see.
  show: false,
  autoHideMenuBar: true,
} as const;
