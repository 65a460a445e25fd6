/**
 * The page of a portal, on a network that wants a login first, comes in the homeserver's place, often
 * as a success: what was written would count as written. No answer of the client-server API is a page.
 * @see https://spec.matrix.org/latest/client-server-api/#api-standards
 */
export function withoutPortalPages(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok || !isPage(response) || !isApi(input)) return response;
    await response.body?.cancel();
    // As fetch itself fails where nothing answers.
    throw new TypeError('A page came in place of the homeserver’s answer');
  };
}

function isPage({ headers }: Response): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? '');
}

/** Media are what people have uploaded, pages too. */
function isApi(input: string | URL | Request): boolean {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  return pathname.includes('/_matrix/client/') && !pathname.includes('/media/');
}
