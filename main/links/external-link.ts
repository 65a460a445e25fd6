import { HoldfastError } from '../holdfast-error';

const allowed = new Set(['https:', 'mailto:']);

/**
 * The one gate through which links leave the app (S5). Anything that could start a program, reach a
 * network share or come back into the app stays here.
 *
 * @throws {HoldfastError} `not_allowed`
 */
export function requireExternalLink(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe =
    url !== null &&
    allowed.has(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    !/[\0-\x1f\\]/.test(text);
  if (!safe) throw new HoldfastError('not_allowed', 'This kind of link is not opened');
  return url.href;
}
