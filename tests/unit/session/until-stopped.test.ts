import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { untilStopped } from '../../../main/engine/session/until-stopped';

let silent: Server;
let url: string;
beforeEach(async () => {
  silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
});
afterEach(() => {
  silent.closeAllConnections();
  silent.close();
});

describe('a session’s fetch', () => {
  it.each([
    ['with a signal of its own', { signal: new AbortController().signal }],
    ['without one', {}],
  ])('ends with the session, %s', async (_name, init) => {
    const stop = new AbortController();
    const asked = untilStopped(fetch, stop.signal)(url, init);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('still ends when its caller says so', async () => {
    const caller = new AbortController();
    const asked = untilStopped(fetch, new AbortController().signal)(url, { signal: caller.signal });
    caller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
