/** Finds the web addresses in a text, so that they can be followed. The text stays text. */

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

const candidate = /https:\/\/[^\s<>"'`]+/giu;

export function partsOf(body: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of body.matchAll(candidate)) {
    const text = withoutTrail(match[0]);
    if (!URL.canParse(text)) continue;
    if (match.index > end) parts.push({ kind: 'text', text: body.slice(end, match.index) });
    parts.push({ kind: 'link', text, url: text });
    end = match.index + text.length;
  }
  if (end < body.length) parts.push({ kind: 'text', text: body.slice(end) });
  return parts;
}

/** Punctuation that ends the sentence around an address does not belong to it. */
function withoutTrail(address: string): string {
  let text = address;
  for (;;) {
    const last = text.at(-1) ?? '';
    const unopened =
      (last === ')' && count(text, ')') > count(text, '(')) ||
      (last === ']' && count(text, ']') > count(text, '['));
    if (!unopened && !'.,;:!?…'.includes(last)) return text;
    text = text.slice(0, -1);
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

const jumbo = new RegExp('^(?:\\p{RGI_Emoji}\\s*){1,3}$', 'v');

/** True for a message of up to three pictographs and nothing else: it is shown larger. */
export function isJumbo(body: string): boolean {
  return jumbo.test(body.trim());
}
