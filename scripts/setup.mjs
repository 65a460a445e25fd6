/** `npm run setup`: installs everything the project needs, and nothing twice. */
import { main } from './lib/main.mjs';
import { say } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp('test');
  say('Everything is there.');
});
