/**
 * The desktop's language as a BCP 47 tag, from the POSIX locale variables in their order of
 * precedence; from the system's own setting where they say nothing.
 */
export function systemLocale(env: NodeJS.ProcessEnv = process.env): string {
  const posix = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return (
    (posix === undefined ? null : fromPosix(posix)) ??
    Intl.DateTimeFormat().resolvedOptions().locale
  );
}

/** `de_AT.UTF-8@euro` is `de-AT`; `C` and `POSIX` are English. */
function fromPosix(posix: string): string | null {
  const name = posix.split(/[.@]/, 1)[0] ?? '';
  if (name === 'C' || name === 'POSIX') return 'en';
  try {
    return Intl.getCanonicalLocales(name.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
