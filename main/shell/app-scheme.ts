/**
 * The app scheme: what answers every request of the app's pages. It serves the files of the built
 * renderer and lent content, and refuses everything else before a path is ever formed.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type ContentLender, lentPrefix } from './content-lender';
import { contentSecurityPolicy } from './csp';
import type { AppRequest, AppResponse } from './shell';

export interface AppScheme {
  serve(request: AppRequest): Promise<AppResponse>;
}

export interface AppSchemeOptions {
  /** Absolute path of the built renderer. */
  readonly rendererDir: string;
  readonly lender: ContentLender;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
};

/** Names as a build writes them: no escapes, no hidden files, no dot segments. */
const buildPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;
const lentId = /^[A-Za-z0-9_-]{32}$/;

/**
 * The path of a URL exactly as it was asked for. The URL parser would fold `..` and backslashes
 * into something harmless-looking, which is just what must not happen before the check.
 */
function rawPath(url: string): string | null {
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*([^?#]*)/i.exec(url);
  return match ? (match[1] ?? '') : null;
}

export function createAppScheme({ rendererDir, lender }: AppSchemeOptions): AppScheme {
  return {
    async serve({ method, url }) {
      if (method !== 'GET') return refusal(405, { Allow: 'GET' });
      const asked = rawPath(url);
      if (asked === null) return refusal(400);
      const path = asked === '' || asked === '/' ? '/index.html' : asked;
      if (path.startsWith(lentPrefix)) return serveLent(path.slice(lentPrefix.length));
      if (!buildPath.test(path) || path.includes('..')) return refusal(400);
      return serveFile(path);
    },
  };

  function serveLent(id: string): AppResponse {
    if (!lentId.test(id)) return refusal(400);
    const lent = lender.take(id);
    if (!lent) return refusal(404);
    return {
      status: 200,
      headers: {
        ...headersFor(lent.contentType, lent.policy),
        ...(lent.inline ? {} : { 'Content-Disposition': 'attachment' }),
      },
      body: lent.bytes,
    };
  }

  async function serveFile(path: string): Promise<AppResponse> {
    const contentType = contentTypes[extname(path)];
    if (contentType === undefined) return refusal(404);
    try {
      const [root, file] = await Promise.all([
        realpath(rendererDir),
        realpath(join(rendererDir, path)),
      ]);
      if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return refusal(404);
      return {
        status: 200,
        headers: headersFor(contentType, contentSecurityPolicy),
        body: await readFile(file),
      };
    } catch (error) {
      if (isMissing(error)) return refusal(404);
      throw error;
    }
  }
}

/** Nothing is ever stored by the browser: what it doesn't keep can't be found on disk. */
function headersFor(contentType: string, policy: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

function refusal(status: 400 | 404 | 405, extra: Record<string, string> = {}): AppResponse {
  return {
    status,
    headers: { ...headersFor('text/plain; charset=utf-8', contentSecurityPolicy), ...extra },
    body: new Uint8Array(),
  };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}
