/** Regions where paper is US Letter (CLDR's paper-size data); everywhere else it is A4. */
const letterRegions: ReadonlySet<string> = new Set(
  'BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '),
);

/** The paper people of a locale have in their printers. */
export function paperFormat(locale: string): 'A4' | 'Letter' {
  const region = new Intl.Locale(locale).region;
  return region !== undefined && letterRegions.has(region) ? 'Letter' : 'A4';
}
