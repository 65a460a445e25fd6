/** Which of a scenario's operations fail, where trying every one would take too long. */

/** All from 1 to `count`, or `most` of them: the first, the last, and evenly between. */
export function picks(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at + 1);
  const step = (count - 1) / (most - 1);
  return [...new Set(Array.from({ length: most }, (_, at) => 1 + Math.round(at * step)))];
}
