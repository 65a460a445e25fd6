/**
 * The two network sessions: the pages' one reaches nothing but the app scheme, the egress's one
 * reaches the network but shows no page. Both live in memory only.
 */
import { session, type Session } from 'electron';
import type { ShellHost } from '../shell';
import { appOrigin, appScheme } from './app-origin';
import { sessionFetch } from './session-fetch';

const inMemory = { cache: false };

/** Where pages live. Serves the app scheme and refuses everything else, permissions included. */
export function openPageSession(serve: ShellHost['serve']): Session {
  const pages = session.fromPartition('holdfast-pages', inMemory);
  pages.protocol.handle(appScheme, async (request) => {
    if (!request.url.startsWith(`${appOrigin}/`)) return new Response(null, { status: 404 });
    const { status, headers, body } = await serve({ method: request.method, url: request.url });
    return new Response(new Uint8Array(body), { status, headers });
  });
  pages.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !(url.startsWith(`${appOrigin}/`) || url.startsWith(`blob:${appOrigin}/`)) });
  });
  pages.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  pages.setPermissionCheckHandler(() => false);
  pages.setDevicePermissionHandler(() => false);
  pages.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  pages.on('will-download', (event) => event.preventDefault());
  return pages;
}

/** The way out: the desktop's proxy, certificate authorities and client certificates. */
export function openEgress(): typeof globalThis.fetch {
  return sessionFetch(session.fromPartition('holdfast-egress', inMemory));
}
