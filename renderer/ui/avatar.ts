/** What an avatar without a picture shows: initials, and a colour that stays with its id. */

/** Far enough apart to be told from one another, all at home beside the accent. */
const hues = [165, 55, 265, 5, 110, 305, 225, 35];
const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two letters of the name; '#' where the name holds no letter or digit. */
export function initials(name: string): string {
  const words = name.split(/[\s_.\-/]+/u).flatMap((word) => {
    const plain = word.replace(/^[^\p{L}\p{N}]+/u, '');
    return plain === '' ? [] : [plain];
  });
  const first = words[0];
  if (first === undefined) return '#';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => (word === undefined ? '' : firstGrapheme(word)))
    .join('')
    .toLocaleUpperCase();
}

function firstGrapheme(word: string): string {
  const [first] = segments.segment(word);
  return first?.segment ?? '';
}

/** The hue, in degrees, that stays with an id. */
export function avatarHue(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index++) {
    hash = (Math.imul(hash, 31) + id.charCodeAt(index)) >>> 0;
  }
  return hues[hash % hues.length] ?? 0;
}
