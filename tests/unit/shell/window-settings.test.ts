import { expect, test } from 'vitest';
import {
  mainWindow,
  printWebPreferences,
  webPreferences,
} from '../../../main/shell/window-settings';

test('a page is sandboxed, isolated, and has none of what would let it out', () => {
  expect(webPreferences).toEqual({
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
    spellcheck: false,
  });
});

test('a page that is only printed runs no script either', () => {
  expect(printWebPreferences).toEqual({ ...webPreferences, javascript: false });
});

test('the window is usable from 380 pixels', () => {
  expect(mainWindow.minWidth).toBeLessThanOrEqual(380);
});
