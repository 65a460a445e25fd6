import { z } from 'zod';
import type { HelpDesk } from '../../preload/model/policy';
import { requireExternalLink } from '../links/external-link';

/** What still leaves the recovery sheet one page, in either language and on either paper. */
const longestText = 160;
const longestLink = 120;

/** What others wrote, as one plain line: nothing of it can break a page or turn its direction. */
function plainLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const isOpened = (link: string): boolean => {
  try {
    requireExternalLink(link);
    return true;
  } catch {
    return false;
  }
};

const helpDesk = z
  .strictObject({
    text: z.string().transform(plainLine).pipe(z.string().min(1).max(longestText)),
    link: z.string().max(longestLink).refine(isOpened).transform(requireExternalLink).optional(),
    phone: z
      .string()
      .transform(plainLine)
      .pipe(
        z
          .string()
          .max(40)
          .regex(/^[+\d(][\d\s()/.–-]+$/u),
      )
      .optional(),
  })
  .transform(({ text, link, phone }): HelpDesk => ({
    text,
    link: link ?? null,
    phone: phone ?? null,
  }));

/** For each language; where one is missing, the other speaks for both. */
export const helpDesks = z
  .strictObject({ en: helpDesk.optional(), de: helpDesk.optional() })
  .transform(({ en, de }): { readonly en: HelpDesk | null; readonly de: HelpDesk | null } => ({
    en: en ?? de ?? null,
    de: de ?? en ?? null,
  }));
