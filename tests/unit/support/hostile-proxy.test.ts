import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHostileProxy, type HostileProxy } from '../../support/network/hostile-proxy';

const BODY = JSON.stringify({ text: 'x'.repeat(5000) });

let upstream: Server;
let reached: string[];
let proxy: HostileProxy;

beforeEach(async () => {
  reached = [];
  upstream = createServer((request, response) => {
    reached.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-marked': 'yes' });
      response.end(request.method === 'PUT' ? Buffer.concat(chunks) : BODY);
    });
  });
  await new Promise<void>((resolve) => {
    upstream.listen(0, '127.0.0.1', resolve);
  });
  const { port } = upstream.address() as AddressInfo;
  proxy = await startHostileProxy(`http://localhost:${port}`);
});

afterEach(async () => {
  await proxy.stop();
  upstream.closeAllConnections();
  upstream.close();
});

describe('the hostile proxy', () => {
  it('passes requests, bodies, headers and answers when nothing disturbs', async () => {
    const response = await fetch(`${proxy.url}/a?b=c`);
    expect(response.headers.get('x-marked')).toBe('yes');
    expect(await response.text()).toBe(BODY);
    const put = await fetch(`${proxy.url}/put`, { method: 'PUT', body: 'sent' });
    expect(await put.text()).toBe('sent');
    expect(reached).toEqual(['GET /a?b=c', 'PUT /put']);
  });

  it('strikes only the route and method of its rule, as often as it says', async () => {
    proxy.disturb({
      route: /^\/send$/,
      method: 'PUT',
      times: 1,
      trouble: { kind: 'error', status: 502 },
    });
    const status = async (path: string, method: string): Promise<number> =>
      (await fetch(`${proxy.url}${path}`, { method })).status;
    expect(await status('/other', 'PUT')).toBe(200);
    expect(await status('/send', 'GET')).toBe(200);
    expect(await status('/send?x=1', 'PUT')).toBe(502);
    expect(await status('/send', 'PUT')).toBe(200);
  });

  it('answers 429 with the time to wait, without asking the homeserver', async () => {
    proxy.disturb({
      route: /login/,
      trouble: { kind: 'error', status: 429, retryAfterMs: 1500 },
    });
    const response = await fetch(`${proxy.url}/login`);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({
      errcode: 'M_LIMIT_EXCEEDED',
      retry_after_ms: 1500,
    });
    expect(reached).toEqual([]);
  });

  it('leaves a time below one second to the body: the header knows whole seconds alone', async () => {
    const trouble = { kind: 'error', status: 429, retryAfterMs: 300 } as const;
    proxy.disturb({ route: /login/, trouble });
    const response = await fetch(`${proxy.url}/login`);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await response.json()).toMatchObject({ retry_after_ms: 300 });
  });

  it('cuts the connection before the homeserver hears of it', async () => {
    proxy.disturb({ route: /./, trouble: { kind: 'cut' } });
    await expect(fetch(`${proxy.url}/cut`)).rejects.toThrow();
    expect(reached).toEqual([]);
  });

  it('loses an answer to a request that was carried out', async () => {
    proxy.disturb({ route: /./, trouble: { kind: 'lose-answer' } });
    await expect(fetch(`${proxy.url}/done`, { method: 'PUT', body: '{}' })).rejects.toThrow();
    expect(reached).toEqual(['PUT /done']);
  });

  it('truncates an answer so that its reader notices', async () => {
    proxy.disturb({ route: /./, trouble: { kind: 'truncate', bytes: 100 } });
    const response = await fetch(`${proxy.url}/half`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('sends a portal page', async () => {
    proxy.disturb({ route: /./, trouble: { kind: 'html' } });
    const response = await fetch(`${proxy.url}/any`);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it('delays, and passes what is asked for meanwhile', async () => {
    proxy.disturb({ route: /slow/, trouble: { kind: 'delay', ms: 2_000 } });
    const order: string[] = [];
    const ask = async (path: string): Promise<void> => {
      await (await fetch(proxy.url + path)).text();
      order.push(path);
    };
    await Promise.all([ask('/slow'), ask('/fast')]);
    expect(order).toEqual(['/fast', '/slow']);
  });

  it('hangs until the client gives up', async () => {
    proxy.disturb({ route: /./, trouble: { kind: 'hang' } });
    const patience = AbortSignal.timeout(100);
    await expect(fetch(`${proxy.url}/never`, { signal: patience })).rejects.toThrow(/timeout/i);
  });

  it('goes offline and comes back', async () => {
    proxy.goOffline();
    await expect(fetch(`${proxy.url}/a`)).rejects.toThrow();
    proxy.goOnline();
    expect((await fetch(`${proxy.url}/a`)).status).toBe(200);
  });

  it('tells what it has seen, and calms down', async () => {
    proxy.disturb({ route: /./, trouble: { kind: 'error', status: 500 } });
    await fetch(`${proxy.url}/a`, { headers: { authorization: 'Bearer secret' } });
    proxy.calm();
    await fetch(`${proxy.url}/b`);
    expect(proxy.seen).toEqual([
      { method: 'GET', path: '/a', authorized: true, fate: 'error' },
      { method: 'GET', path: '/b', authorized: false, fate: 'pass' },
    ]);
  });
});
