import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../main/egress/body-of';
import { createEgress, requireSafeUrl, type EgressRequest } from '../../../main/egress/egress';
import { serve, serveSelfSigned } from './local-server';

const egress = createEgress(globalThis.fetch);
const never = new AbortController().signal;

function get(url: string, change: Partial<EgressRequest> = {}): EgressRequest {
  return { url, method: 'GET', headers: [], body: null, timeoutMs: 10_000, ...change };
}

describe('what the egress lets out', () => {
  it.each([
    ['http://example.org/', 'server_insecure'],
    ['http://localhost.example.org/', 'server_insecure'],
    ['http://127.0.0.1.example.org/', 'server_insecure'],
    ['http://10.0.0.1/', 'server_insecure'],
    ['http://0.0.0.0/', 'server_insecure'],
    ['http://[::ffff:10.0.0.1]/', 'server_insecure'],
    ['ftp://localhost/', 'server_insecure'],
    ['file:///etc/passwd', 'server_insecure'],
    ['javascript:alert(1)', 'server_insecure'],
    ['not a url', 'server_name_invalid'],
  ])('refuses %s', (url, code) => {
    expect(() => requireSafeUrl(url)).toThrow(expect.objectContaining({ code }));
  });

  it.each(['https://example.org/', 'http://localhost:8008/', 'http://127.0.0.1/', 'http://[::1]/'])(
    'accepts %s',
    (url) => {
      expect(requireSafeUrl(url).href).toBe(url);
    },
  );

  it('sends nothing to a plain http address', async () => {
    let asked = 0;
    const counting = createEgress((...args) => {
      asked++;
      return fetch(...args);
    });
    await expect(counting(get('http://example.org/'), never)).rejects.toMatchObject({
      code: 'server_insecure',
    });
    expect(asked).toBe(0);
  });

  it('follows no redirect to a plain http address', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(302, { location: 'http://example.org/' }).end();
    });
    await expect(egress(get(server.origin), never)).rejects.toMatchObject({
      code: 'server_insecure',
    });
  });
});

describe('a redirect', () => {
  const credentials: EgressRequest['headers'] = [
    ['Authorization', 'Bearer token'],
    ['Cookie', 'a=b'],
    ['Accept', 'application/json'],
  ];

  it('to another origin loses Authorization and cookies', async () => {
    let seen: IncomingMessage['headers'] = {};
    await using target = await serve((request, response) => {
      seen = request.headers;
      response.end('there');
    });
    await using source = await serve((_request, response) => {
      response.writeHead(307, { location: `${target.origin}/there` }).end();
    });
    const response = await egress(get(source.origin, { headers: credentials }), never);

    expect(response.url).toBe(`${target.origin}/there`);
    expect(seen).toMatchObject({ accept: 'application/json' });
    expect(seen).not.toHaveProperty('authorization');
    expect(seen).not.toHaveProperty('cookie');
  });

  it('to another origin never takes a body along', async () => {
    let asked = 0;
    await using target = await serve((_request, response) => {
      asked++;
      response.end();
    });
    await using source = await serve((_request, response) => {
      response.writeHead(307, { location: `${target.origin}/login` }).end();
    });
    const body = new TextEncoder().encode('{"password":"secret"}');
    await expect(egress(get(source.origin, { method: 'POST', body }), never)).rejects.toMatchObject(
      { code: 'server_error' },
    );
    expect(asked).toBe(0);
  });

  it('from https never leads to plain http, not even on this computer', async () => {
    const redirecting = createEgress(() =>
      Promise.resolve(
        new Response(null, { status: 302, headers: { location: 'http://localhost/' } }),
      ),
    );
    await expect(redirecting(get('https://example.org/'), never)).rejects.toMatchObject({
      code: 'server_insecure',
    });
  });

  it('within an origin keeps them', async () => {
    let seen: IncomingMessage['headers'] = {};
    await using server = await serve((request, response) => {
      if (request.url === '/') response.writeHead(308, { location: '/there' }).end();
      else {
        seen = request.headers;
        response.end();
      }
    });
    await egress(get(server.origin, { headers: credentials }), never);
    expect(seen.authorization).toBe('Bearer token');
  });

  it('does not give them back on the way home', async () => {
    let seen: IncomingMessage['headers'] = {};
    await using home = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: `${abroad()}/` }).end();
      else {
        seen = request.headers;
        response.end();
      }
    });
    await using other = await serve((_request, response) => {
      response.writeHead(302, { location: `${home.origin}/again` }).end();
    });
    const abroad = (): string => other.origin;
    await egress(get(home.origin, { headers: credentials }), never);
    expect(seen).not.toHaveProperty('authorization');
  });

  it('that asks for another page turns a POST into a GET without its body', async () => {
    const methods: (string | undefined)[] = [];
    await using server = await serve((request, response) => {
      methods.push(request.method, request.headers['content-type']);
      if (request.url === '/') response.writeHead(303, { location: '/done' }).end();
      else response.end();
    });
    const body = new TextEncoder().encode('{}');
    const headers: EgressRequest['headers'] = [['Content-Type', 'application/json']];
    await egress(get(server.origin, { method: 'POST', body, headers }), never);
    expect(methods).toEqual(['POST', 'application/json', 'GET', undefined]);
  });

  it('without end ends', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(302, { location: '/' }).end();
    });
    await expect(egress(get(server.origin), never)).rejects.toMatchObject({
      code: 'server_not_matrix',
    });
  });
});

describe('what goes wrong on the network', () => {
  it('is told apart: a certificate nobody trusts', async () => {
    let asked = 0;
    await using server = await serveSelfSigned((_request, response) => {
      asked++;
      response.end();
    });
    await expect(egress(get(server.origin), never)).rejects.toMatchObject({
      code: 'server_certificate',
    });
    expect(asked).toBe(0);
  });

  it('is told apart: a name that does not exist', async () => {
    await expect(
      egress(get('https://holdfast.invalid/', { timeoutMs: 40_000 }), never),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(server_not_found|offline)$/) as string,
    });
  });

  it('is told apart: nobody listens', async () => {
    const server = await serve(() => undefined);
    await server[Symbol.asyncDispose]();
    await expect(egress(get(server.origin), never)).rejects.toMatchObject({ code: 'offline' });
  });

  it('is told apart: no answer in time, even after the headers came', async () => {
    await using silent = await serve(() => undefined);
    await using stalling = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('begin');
    });
    for (const { origin } of [silent, stalling]) {
      await expect(egress(get(origin, { timeoutMs: 200 }), never)).rejects.toMatchObject({
        code: 'timeout',
      });
    }
  });

  it('is told apart: an answer that is cut off', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('begin', () => response.destroy());
    });
    await expect(egress(get(server.origin), never)).rejects.toMatchObject({ code: 'offline' });
  });

  it('closes the connection when the caller aborts', { timeout: 10_000 }, async () => {
    const closed = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    await using server = await serve((request) => {
      request.socket.on('close', () => {
        closed.resolve();
      });
      arrived.resolve();
    });
    const caller = new AbortController();
    const asked = egress(get(server.origin, { timeoutMs: 600_000 }), caller.signal);
    await arrived.promise;
    caller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await closed.promise;
  });
});

describe('what is carried', () => {
  it('arrives whole in both directions, 10 MB of it', async () => {
    await using server = await serve((request, response) => {
      request.pipe(response);
    });
    const body = new Uint8Array(randomBytes(10 * 1024 * 1024));
    const response = await egress(get(server.origin, { method: 'PUT', body }), never);
    const arrived = await new Response(bodyOf(response, never)).arrayBuffer();
    expect(digest(new Uint8Array(arrived))).toBe(digest(body));
  });

  it('keeps status, headers and a body of errors', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(429, { 'Retry-After': '7' }).end('{"errcode":"M_LIMIT_EXCEEDED"}');
    });
    const response = await egress(get(server.origin), never);
    expect(response.status).toBe(429);
    expect(response.headers).toContainEqual(['retry-after', '7']);
    expect(new TextDecoder().decode(response.body)).toContain('M_LIMIT_EXCEEDED');
  });
});

describe('the parts of a body that is handed over whole', () => {
  const shared = new Uint8Array(16).fill(3);
  const parts = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2), shared.subarray(0, 8)];

  it('give their memory back at once, and only their own', async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    const answering = createEgress(async () => Promise.resolve(new Response(body)));
    const response = await answering(get('https://example.org/'), never);
    expect(Buffer.from(response.body).toString('hex')).toBe(
      ['01', '02', '03'].map((byte) => byte.repeat(8)).join(''),
    );
    expect(parts.map(({ byteLength }) => byteLength)).toEqual([0, 0, 8]);
    expect(shared.byteLength).toBe(16);
  });
});

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a large body', () => {
  const part = new Uint8Array(64 * 1024).fill(1);
  const parts = 400;

  it('is fetched only as fast as it is taken', async () => {
    let sent = 0;
    await using server = await serve((_request, response) => {
      const send = (): void => {
        while (sent < parts) {
          sent += 1;
          if (!response.write(part)) return void response.once('drain', send);
        }
        response.end();
      };
      send();
    });
    const { body, rest } = await egress(get(server.origin), never);
    expect(body.byteLength).toBeLessThan(1024 * 1024);
    expect(sent).toBeLessThan(parts);
    let size = body.byteLength;
    for await (const chunk of rest!) size += chunk.length;
    expect(size).toBe(parts * part.length);
  });

  it('that breaks off, or stays away for longer than the limit, fails as every answer does', async () => {
    const left: (() => void)[] = [];
    await using server = await serve((_request, response) => {
      for (let at = 0; at < 10; at += 1) response.write(part);
      left.push(() => response.destroy());
    });
    const cut = await egress(get(server.origin), never);
    left[0]!();
    await expect(new Response(bodyOf(cut, never)).arrayBuffer()).rejects.toMatchObject({
      code: 'offline',
    });
    const slow = await egress(get(server.origin, { timeoutMs: 2_000 }), never);
    await expect(new Response(bodyOf(slow, never)).arrayBuffer()).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it('ends at the server when its reader aborts', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await serve((_request, response) => {
      for (let at = 0; at < 10; at += 1) response.write(part);
      response.once('close', () => closed.resolve());
    });
    const abort = new AbortController();
    const response = await egress(get(server.origin), never);
    const read = new Response(bodyOf(response, abort.signal)).arrayBuffer();
    abort.abort();
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
    await closed.promise;
  });
});
