import { describe, expect, it } from 'vitest';
import { SyncGate } from '../../../main/engine/sync/sync-gate';

const sync = 'https://example.org/_matrix/client/v3/sync';

describe('the gate of the sync loop', () => {
  it('keeps an answer back until it is opened, and nothing else', async () => {
    const gate = new SyncGate();
    const server = Promise.withResolvers<Response>();
    const fetch = gate.guard(() => server.promise);
    let arrived = false;
    const answer = fetch(sync).then((response) => {
      arrived = true;
      return response.text();
    });
    expect(await gate.shut()).toBe(true);
    server.resolve(new Response('keys'));
    const others = gate.guard(() => Promise.resolve(new Response('other')));
    expect(await (await others('https://example.org/other')).text()).toBe('other');
    expect(arrived).toBe(false);
    gate.open();
    expect(await answer).toBe('keys');
  });

  it('is shut once the loop has processed what came before', async () => {
    const gate = new SyncGate();
    const stop = new AbortController();
    const fetch = gate.guard(() => Promise.resolve(new Response('keys')));
    await fetch(sync);
    let shut = false;
    const shutting = gate.shut().then((settled) => {
      shut = true;
      return settled;
    });
    await Promise.resolve();
    expect(shut).toBe(false);
    const next = fetch(sync, { signal: stop.signal });
    expect(await shutting).toBe(true);
    stop.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  });
});
