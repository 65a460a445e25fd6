/**
 * The content security policy of the app's pages, as data: both shells send exactly this, from
 * the app scheme's responses.
 */

/** Directives in the order they are sent; `'self'` is the app scheme's own origin. */
export const cspDirectives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'", 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'connect-src': ["'none'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-src': ["'none'"],
  'form-action': ["'none'"],
  'require-trusted-types-for': ["'script'"],
} as const;

export const contentSecurityPolicy = policyText(cspDirectives);

/**
 * The policy of a page main writes itself and lends out, such as the recovery sheet: no script,
 * nothing loaded, and of styles only those whose hashes are given.
 *
 * @param styleHashes base64 SHA-256 of each inline style sheet's text
 */
export function lentPagePolicy(styleHashes: readonly string[]): string {
  const styles = styleHashes.map((hash) => `'sha256-${hash}'`);
  return policyText({
    'default-src': ["'none'"],
    'style-src': styles.length > 0 ? styles : ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  });
}

function policyText(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
