/** `npm start`: opens the app. Everything behind `--` goes to it: `npm start -- --profile=...`. */
import { chooseShell, startApp } from './lib/app.mjs';
import { ensureBuild } from './lib/build.mjs';
import { hasDisplay } from './lib/display.mjs';
import { withEnding } from './lib/ending.mjs';
import { main } from './lib/main.mjs';
import { say } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp('app');
  await ensureBuild();
  if (!hasDisplay()) {
    say('There is no display to open a window on. Without one, "npm run demo" shows the app.');
    return 1;
  }
  const shell = chooseShell();
  if (shell.because !== undefined) say(`${shell.because}: opening the app in Chromium.`);
  shell.args.push(...process.argv.slice(2));
  return withEnding(async (onEnd) => {
    const app = startApp(shell, { output: 'inherit' });
    onEnd(app.stop);
    return app.exited;
  });
});
