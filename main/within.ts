/**
 * Waits for work, but no longer than that.
 *
 * @param ms milliseconds
 * @returns true where it was done in time; else it goes on
 */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: limit, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, ms, false);
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
}
