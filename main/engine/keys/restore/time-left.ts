/** Milliseconds and keys below which a rate says nothing yet. */
const tooEarlyMs = 1_000;
const tooFew = 50;

/**
 * @param doneBefore keys restored before this run: they tell nothing of its speed
 * @param startedAt milliseconds since 1970
 * @returns estimates the milliseconds left; null until enough is known
 */
export function timeLeft(
  doneBefore: number,
  startedAt: number,
): (done: number, total: number, now: number) => number | null {
  return (done, total, now) => {
    const elapsed = now - startedAt;
    const doneNow = done - doneBefore;
    if (elapsed < tooEarlyMs || doneNow < tooFew) return null;
    return Math.round(((total - done) * elapsed) / doneNow);
  };
}
