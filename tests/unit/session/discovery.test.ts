import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createEgress } from '../../../main/egress/egress';
import { discoverHomeserver } from '../../../main/engine/session/discovery';
import { serve, serveSelfSigned } from '../egress/local-server';

/** The app's way out, without the worker's link between. */
const egress = createEgress(globalThis.fetch);
const asked: string[] = [];
const appFetch: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  asked.push(request.url);
  const response = await egress(
    { url: request.url, method: 'GET', headers: [], body: null, timeoutMs: 5_000 },
    request.signal,
  );
  return new Response(response.body, { status: response.status });
};

type Pages = Readonly<Record<string, unknown>>;

const homeserver: Pages = {
  '/_matrix/client/versions': { versions: ['r0.6.1', 'v1.11'] },
  '/_matrix/client/v3/login': {
    flows: [
      { type: 'm.login.password' },
      { type: 'm.login.sso', identity_providers: [{ id: 'u', name: 'University login' }] },
    ],
  },
};

function pages(content: Pages): RequestListener {
  return (request, response) => {
    const page = content[request.url ?? ''];
    if (page === undefined) response.writeHead(404).end('{}');
    else if (typeof page === 'number') response.writeHead(page).end('{}');
    else response.end(typeof page === 'string' ? page : JSON.stringify(page));
  };
}

const delegating = (baseUrl: unknown): Pages => ({
  '/.well-known/matrix/client': { 'm.homeserver': { base_url: baseUrl } },
});

describe('discovering a homeserver', () => {
  it('finds it at the address itself, with the ways to sign in', async () => {
    await using server = await serve(pages(homeserver));
    expect(await discoverHomeserver(appFetch, ` ${server.origin}/ `)).toEqual({
      serverName: new URL(server.origin).host,
      baseUrl: server.origin,
      passwordLogin: true,
      singleSignOn: ['University login'],
    });
  });

  it('finds it by the server part of a user id', async () => {
    await using server = await serve(pages(homeserver));
    const { host } = new URL(server.origin);
    const found = await discoverHomeserver(appFetch, `@ada:${host}`);
    expect(found).toMatchObject({ serverName: host, baseUrl: server.origin });
  });

  it('follows where the domain delegates to', async () => {
    await using server = await serve(pages(homeserver));
    await using domain = await serve(pages(delegating(`${server.origin}/`)));
    const found = await discoverHomeserver(appFetch, domain.origin);
    expect(found).toMatchObject({
      serverName: new URL(domain.origin).host,
      baseUrl: server.origin,
    });
  });

  it('refuses to be delegated to plain http, and sends nothing there', async () => {
    await using domain = await serve(pages(delegating('http://matrix.example.org')));
    asked.length = 0;
    await expect(discoverHomeserver(appFetch, domain.origin)).rejects.toMatchObject({
      code: 'server_insecure',
    });
    expect(asked.filter((url) => url.includes('example.org'))).toEqual([]);
  });

  it.each<[string, Pages, string]>([
    ['a page of a hotel portal', portal(), 'server_not_matrix'],
    ['a web server without Matrix', {}, 'server_not_matrix'],
    [
      'a domain in trouble before it can delegate',
      { ...homeserver, '/.well-known/matrix/client': 503 },
      'server_error',
    ],
    [
      'a domain whose delegation can not be read',
      { ...homeserver, '/.well-known/matrix/client': '<!doctype html>' },
      'server_not_matrix',
    ],
    ['a domain that delegates to nothing', delegating('nowhere'), 'server_not_matrix'],
    [
      'a server of another age',
      { '/_matrix/client/versions': { versions: ['r0.0.1'] } },
      'server_unsupported',
    ],
    ['a server in trouble', { '/_matrix/client/versions': 503 }, 'server_error'],
    [
      'an answer of another shape',
      { '/_matrix/client/versions': { versions: 'all' } },
      'server_not_matrix',
    ],
  ])('says what it met: %s', async (_what, content, code) => {
    await using server = await serve(pages(content));
    await expect(discoverHomeserver(appFetch, server.origin)).rejects.toMatchObject({
      code,
      data: { server: new URL(server.origin).host },
    });
  });

  it('says when the certificate can not be trusted', async () => {
    await using server = await serveSelfSigned(pages(homeserver));
    await expect(discoverHomeserver(appFetch, server.origin)).rejects.toMatchObject({
      code: 'server_certificate',
    });
  });

  it('says when nobody answers', async () => {
    const server = await serve(pages(homeserver));
    await server[Symbol.asyncDispose]();
    await expect(discoverHomeserver(appFetch, server.origin)).rejects.toMatchObject({
      code: 'offline',
    });
  });

  it.each([
    ['', 'server_name_invalid'],
    ['two words', 'server_name_invalid'],
    ['@ada', 'server_name_invalid'],
    ['https://user:secret@example.org', 'server_name_invalid'],
    ['http://example.org', 'server_insecure'],
    ['file:///etc/passwd', 'server_insecure'],
    ['javascript://example.org', 'server_insecure'],
  ])('refuses %j before asking anybody', async (typed, code) => {
    asked.length = 0;
    await expect(discoverHomeserver(appFetch, typed)).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });
});

/** Answers every address with the same page, as networks do before one has agreed to something. */
function portal(): Pages {
  return new Proxy({}, { get: () => '<!doctype html><title>Welcome to our network</title>' });
}
