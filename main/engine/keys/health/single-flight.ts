/**
 * Runs one at a time. A call during a run is answered by one further run, begun after the call, so
 * that nobody gets an answer older than the question; any number of such calls share it.
 */
export function singleFlight(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    next = null;
    running = run().finally(() => (running = null));
    return running;
  };
  return () => {
    // Between two runs nothing runs, but the next one is on its way.
    if (next !== null) return next;
    if (running === null) return start();
    next = running.then(start, start);
    return next;
  };
}
