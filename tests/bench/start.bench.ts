/**
 * How long the app takes to start, against a bare browser window with one line in it, in the same
 * run: to the first paint, and to the room list of a signed-in account. Each start counts with the
 * end of the run before it, as a restart does for a person. Medians, as ratios.
 */
import { chromium, expect } from '@playwright/test';
import { findBrowser } from '../../main/shell/chromium/find-browser';
import { en } from '../../renderer/i18n/en';
import { Person } from '../e2e/story/person';
import { useScene } from '../e2e/story/scene';
import { test } from '../e2e/support/fixture';

const runs = 5;
const scene = useScene();

test('start', async ({ shell }) => {
  const user = await scene.newPerson('speed');
  const partner = await scene.newPartner('partner');
  const person = new Person(shell);
  await person.signIn(scene.signInData(user));
  await person.button(en.keys.setup.skip).click();
  await person.button(en.keys.skip.skip).click();
  await partner.createRoom({ name: 'Stopwatch', invite: [user.userId] });
  const room = () => shell.page.getByRole('button', { name: /Stopwatch/ });
  await expect(room()).toBeVisible();

  const bare: number[] = [];
  const painted: number[] = [];
  const listed: number[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(await bareWindow());
    const started = Date.now();
    await shell.restart();
    painted.push((await firstPaint(shell.page)) - started);
    await expect(room()).toBeVisible();
    listed.push(Date.now() - started);
  }
  const [bareMs, paintedMs, listedMs] = [bare, painted, listed].map(median);
  const figures = {
    bareMs,
    paintedMs,
    listedMs,
    paintedVsBare: ratio(paintedMs, bareMs),
    listedVsBare: ratio(listedMs, bareMs),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
});

/** Milliseconds until a bare window of the same browser shows one line. */
async function bareWindow(): Promise<number> {
  const started = Date.now();
  const context = await chromium.launchPersistentContext('', {
    executablePath: await findBrowser(),
    headless: false,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--app=data:text/html,<p>hello'],
  });
  const [page] = context.pages();
  await page?.getByText('hello').waitFor();
  const took = Date.now() - started;
  await context.close();
  return took;
}

/** When the page was first painted, in milliseconds since 1970. */
function firstPaint(page: Person['page']): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint) resolve(performance.timeOrigin + paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ratio(value = Number.NaN, baseline = Number.NaN): number {
  return Math.round((value / baseline) * 100) / 100;
}
