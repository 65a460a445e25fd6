import { describe, expect, it } from 'vitest';
import { withoutPortalPages } from '../../../main/engine/session/portal-pages';

const client = 'https://matrix.example.org/_matrix/client/v3';

const answering = (type: string, status = 200): typeof globalThis.fetch =>
  withoutPortalPages(async () =>
    Promise.resolve(new Response('<p>Welcome</p>', { status, headers: { 'content-type': type } })),
  );

describe('a page that comes in place of the homeserver’s answer', () => {
  it.each(['text/html', 'text/html; charset=utf-8', ' TEXT/HTML', 'application/xhtml+xml'])(
    'is as no answer: %s',
    async (type) => {
      const asked = answering(type)(`${client}/account/whoami`, { method: 'PUT' });
      // By this kind the SDK knows that there was no connection.
      await expect(asked).rejects.toBeInstanceOf(TypeError);
    },
  );

  it('stays what it is where it is an error, somebody’s file, or not of this interface', async () => {
    expect((await answering('text/html', 502)(`${client}/sync`)).status).toBe(502);
    const file = 'https://matrix.example.org/_matrix/client/v1/media/download/example.org/abc';
    expect((await answering('text/html')(file)).ok).toBe(true);
    expect((await answering('text/html')('https://example.org/')).ok).toBe(true);
  });

  it('lets every other answer through', async () => {
    expect((await answering('application/json')(new Request(`${client}/sync`))).ok).toBe(true);
  });
});
