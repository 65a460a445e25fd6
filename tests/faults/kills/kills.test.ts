import { expect, it } from 'vitest';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { runKills } from './run';

/** Kept fixed, so that a run of the whole suite plans the same kills each time. */
const seed = 20_260_801;

it('a killed app has lost nothing: neither keys nor messages, and nothing twice', async () => {
  const report = await runKills({
    kills: 20,
    seed,
    root: process.cwd(),
    homeserver: await sharedHomeserver(),
    env: process.env,
  });
  expect(report.findings).toEqual([]);
  expect(report).toMatchObject({
    keysLost: 0,
    messagesLost: 0,
    messagesDoubled: 0,
    integrityFailures: 0,
    failedRestarts: 0,
  });
  for (const { scenario, kills } of report.rows) {
    expect(kills, scenario).toBeGreaterThan(0);
  }
}, 240_000);
