import { isLoopback } from '../egress/egress';
import { HoldfastError } from '../holdfast-error';

const allowed = new Set(['https:', 'mailto:']);

/**
 * The one gate through which links leave the app (S5). Anything that could start a program, reach a
 * network share or come back into the app stays here.
 *
 * @throws {HoldfastError} `not_allowed`
 */
export function requireExternalLink(text: string): string {
  const url = externalUrl(text);
  if (url === null || !allowed.has(url.protocol)) throw refused();
  return url.href;
}

/**
 * The page on which a person confirms to their homeserver who they are. Only the web, encrypted, but
 * for a homeserver on this computer.
 *
 * @throws {HoldfastError} `not_allowed`
 */
export function requireConfirmationPage(text: string): string {
  const url = externalUrl(text);
  const isHere = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !isHere)) throw refused();
  return url.href;
}

function externalUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe =
    url !== null && url.username === '' && url.password === '' && !/[\0-\x1f\\]/.test(text);
  return safe ? url : null;
}

function refused(): HoldfastError {
  return new HoldfastError('not_allowed', 'This kind of link is not opened');
}
