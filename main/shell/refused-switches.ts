/** What an installed app does not start with, because it would open it to others. */

const refused: Readonly<Record<string, string>> = {
  'no-sandbox': sandboxHint(),
  'disable-setuid-sandbox': sandboxHint(),
  'disable-namespace-sandbox': sandboxHint(),
  'disable-seccomp-filter-sandbox': sandboxHint(),
  'disable-gpu-sandbox': sandboxHint(),
  'disable-web-security': 'Start it without this switch.',
  'remote-debugging-port': 'Start it without this switch.',
  'remote-debugging-pipe': 'Start it without this switch.',
  'remote-debugging-address': 'Start it without this switch.',
  'remote-allow-origins': 'Start it without this switch.',
  'load-extension': 'Start it without this switch.',
  'js-flags': 'Start it without this switch.',
};

function sandboxHint(): string {
  return (
    'Holdfast does not run without its sandbox. Start it as an ordinary user; where the system ' +
    'forbids unprivileged user namespaces, install the package for your distribution, which ' +
    'brings what the sandbox needs, instead of a portable one.'
  );
}

/**
 * Why the app must not start, in words for the person; null where it may.
 *
 * @param hasSwitch whether the command line carries a switch, given without its dashes
 */
export function startRefusal(
  hasSwitch: (name: string) => boolean,
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  for (const [name, advice] of Object.entries(refused)) {
    if (hasSwitch(name)) return `--${name} is refused. ${advice}`;
  }
  if ((env['ELECTRON_DISABLE_SANDBOX'] ?? '') !== '') {
    return `ELECTRON_DISABLE_SANDBOX is refused. ${sandboxHint()}`;
  }
  return null;
}
