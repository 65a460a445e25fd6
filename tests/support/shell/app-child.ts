/**
 * The process of the built app in a Chromium window, as a test starts it: the same modules, with
 * dialogs the test answers and a port on which the test reaches the window.
 *
 * Arguments: the built entry, the debugging port, then the app's own.
 */
import { pathToFileURL } from 'node:url';
import type { startOnChromium } from '../../../main/chromium';
import { answeredDialogs } from './answered-dialogs';

const [entry = '', port = ''] = process.argv.splice(2, 2);
const app = (await import(pathToFileURL(entry).href)) as {
  startOnChromium: typeof startOnChromium;
};
process.once('disconnect', () => process.exit(0));
await app.startOnChromium({
  fileDialogs: answeredDialogs,
  browserSwitches: [`--remote-debugging-port=${port}`],
});
