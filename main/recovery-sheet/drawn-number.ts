/**
 * A group's number as a drawing. As text it would stand between the groups when the key is copied
 * out of the PDF, and spoil it.
 */
import { markup, type Markup } from './markup';

/** One stroke for each digit, on a field 4 wide and 7 high. */
const strokes: Readonly<Record<string, string>> = {
  '0': 'M2 .5C.9.5.5 1.6.5 3.5S.9 6.5 2 6.5 3.5 5.4 3.5 3.5 3.1.5 2 .5Z',
  '1': 'M.9 1.6 2.3.5V6.5',
  '2': 'M.6 1.9C.7 1 1.3.5 2 .5 2.9.5 3.5 1.1 3.5 2 3.5 3.3 1.6 4.4.5 6.5H3.6',
  '3': 'M.6.5H3.4L1.7 2.9C2.9 2.8 3.5 3.6 3.5 4.6 3.5 5.8 2.8 6.5 1.9 6.5 1.2 6.5.7 6.1.4 5.5',
  '4': 'M2.8 6.5V.5L.4 4.8H3.7',
  '5': 'M3.3.5H.9L.7 3.2C1.1 2.8 1.5 2.6 2 2.6 2.9 2.6 3.5 3.4 3.5 4.5S2.9 6.5 1.9 6.5C1.2 6.5.7 6.1.4 5.6',
  '6': 'M3 .7C1.4 1 .5 2.6.5 4.5.5 5.8 1.1 6.5 2 6.5S3.5 5.7 3.5 4.6 2.9 2.8 2 2.8.6 3.5.5 4.4',
  '7': 'M.5.5H3.5C2.6 2.2 1.8 4 1.5 6.5',
  '8': 'M2 3.3C1.2 3.3.7 2.7.7 1.9S1.2.5 2 .5 3.3 1.1 3.3 1.9 2.8 3.3 2 3.3ZM2 3.3C1.1 3.3.5 4 .5 4.9S1.1 6.5 2 6.5 3.5 5.8 3.5 4.9 2.9 3.3 2 3.3Z',
  '9': 'M1 6.3C2.6 6 3.5 4.4 3.5 2.5 3.5 1.2 2.9.5 2 .5S.5 1.3.5 2.4 1.1 4.2 2 4.2 3.4 3.5 3.5 2.6',
};

const advance = 5;

export function drawnNumber(value: number): Markup {
  const digits = [...String(value)].map(
    (digit, index) =>
      markup`<path transform="translate(${String(index * advance + 0.5)} .5)" d="${strokes[digit] ?? ''}"/>`,
  );
  const width = String(digits.length * advance);
  return markup`<svg class="number" viewBox="0 0 ${width} 8" aria-hidden="true">${digits}</svg>`;
}
