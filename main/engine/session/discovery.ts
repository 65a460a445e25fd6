/**
 * From what a person types to a homeserver that answers.
 * @see https://spec.matrix.org/latest/client-server-api/#server-discovery
 */
import { z } from 'zod';
import type { Homeserver } from '../../../preload/model/app';
import { isLoopback, requireSafeUrl } from '../../egress/egress';
import { HoldfastError } from '../../holdfast-error';

/** Milliseconds to wait for each answer while somebody watches a spinner. */
const answerWithinMs = 15_000;

const wellKnown = z.object({ 'm.homeserver': z.object({ base_url: z.string() }) });
const versions = z.object({ versions: z.array(z.string()) });
const loginFlows = z.object({
  flows: z.array(
    z.object({
      type: z.string(),
      identity_providers: z.array(z.object({ name: z.string() })).optional(),
    }),
  ),
});

/**
 * @param typed a server name (`example.org`), a user id (`@ada:example.org`) or a URL
 * @throws {HoldfastError} saying which step failed: the name, the network, the certificate, or a
 *   server that isn't a homeserver
 */
export async function discoverHomeserver(
  fetch: typeof globalThis.fetch,
  typed: string,
): Promise<Homeserver> {
  const { serverName, url } = parseServer(typed);
  const baseUrl = (await delegatedUrl(fetch, url)) ?? url;

  const supported = await askJson(fetch, baseUrl, '_matrix/client/versions', versions);
  if (!supported.versions.some((version) => /^v1\.\d+$/.test(version))) {
    throw new HoldfastError('server_unsupported', 'No supported version', { server: serverName });
  }
  const { flows } = await askJson(fetch, baseUrl, '_matrix/client/v3/login', loginFlows);
  return {
    serverName,
    baseUrl: baseUrl.href.replace(/\/$/, ''),
    passwordLogin: flows.some(({ type }) => type === 'm.login.password'),
    singleSignOn: flows
      .filter(({ type }) => type === 'm.login.sso')
      .flatMap((flow) => flow.identity_providers?.map(({ name }) => name) ?? ['']),
  };
}

function parseServer(typed: string): { serverName: string; url: URL } {
  const text = typed.trim();
  const named = /^@[^:]+:(.+)$/.exec(text)?.[1] ?? text;
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(named)
    ? requireSafeUrl(named)
    : requireSafeUrl(`${assumedScheme(named)}://${named}`);
  const valid = /^(\[[\da-f:]+\]|[\p{L}\p{N}.-]+)$/iu.test(url.hostname) && !named.includes('@');
  if (!valid) throw new HoldfastError('server_name_invalid', 'Not a server name');
  return {
    serverName: url.host,
    url: new URL(`${url.origin}${url.pathname.replace(/\/?$/, '/')}`),
  };
}

/** A homeserver on this very computer is one for trying out, and has no certificate. */
function assumedScheme(serverName: string): string {
  const address = `http://${serverName}`;
  return URL.canParse(address) && isLoopback(new URL(address).hostname) ? 'http' : 'https';
}

/** The base URL the domain delegates to; null where it has nothing to say, which only a 404 means. */
async function delegatedUrl(fetch: typeof globalThis.fetch, domain: URL): Promise<URL | null> {
  const address = new URL('/.well-known/matrix/client', domain);
  const response = await ask(fetch, address);
  if (response.status === 404) return null;
  const answer = await answerOf(response, domain, wellKnown);
  const baseUrl = answer['m.homeserver'].base_url;
  if (!URL.canParse(baseUrl)) {
    throw new HoldfastError('server_not_matrix', 'The domain delegates to no URL', {
      server: domain.host,
    });
  }
  return requireSafeUrl(baseUrl.replace(/\/?$/, '/'));
}

async function askJson<Schema extends z.ZodType>(
  fetch: typeof globalThis.fetch,
  baseUrl: URL,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return answerOf(await ask(fetch, new URL(path, baseUrl)), baseUrl, schema);
}

async function answerOf<Schema extends z.ZodType>(
  response: Response,
  { host: server }: URL,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (response.ok && parsed.success) return parsed.data;
  if (response.status === 429 || response.status >= 500) {
    throw new HoldfastError('server_error', `Status ${String(response.status)}`, { server });
  }
  throw new HoldfastError('server_not_matrix', 'Not a Matrix homeserver', { server });
}

async function ask(fetch: typeof globalThis.fetch, url: URL): Promise<Response> {
  const limit = AbortSignal.timeout(answerWithinMs);
  try {
    return await fetch(url, { signal: limit, headers: { accept: 'application/json' } });
  } catch (error) {
    if (limit.aborted) throw new HoldfastError('timeout', 'No answer', { server: url.host });
    if (error instanceof HoldfastError) throw error;
    throw new HoldfastError('offline', 'No connection', { server: url.host }, { cause: error });
  }
}
