/** `npm run build`: builds the app into out/. */
import { build } from './lib/build.mjs';
import { main } from './lib/main.mjs';
import { step } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp('app');
  await step('Build', () => build());
});
