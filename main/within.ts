/**
 * Waits for work, but no longer than somebody in front of a dialog does.
 *
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
