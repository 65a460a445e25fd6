/** What every e2e run needs: a display where there is none, a keychain, the children built. */
import { startKeyring } from '../../support/keyring/keyring';
import { buildChildren } from '../../support/shell/child-builds';
import { startDisplay } from '../../support/shell/display';

export default async function setup(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  if (process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined) {
    const display = await startDisplay();
    process.env['DISPLAY'] = display.name;
    stops.push(display.stop);
  }
  const keyring = await startKeyring();
  Object.assign(process.env, keyring.variables);
  stops.push(() => keyring.stop());
  await buildChildren();
  return async () => {
    for (const stop of stops.reverse()) await stop();
  };
}
