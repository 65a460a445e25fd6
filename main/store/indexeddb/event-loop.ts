/**
 * The two points of the event loop that the specification refers to, in terms of Node's.
 */

// Taken once: a test that replaces the timers must not stop the store.
const { setImmediate: immediate, queueMicrotask: microtask } = globalThis;
const nextTick = process.nextTick.bind(process);

/**
 * Queues a task. Node runs all promise reactions between one immediate and the next, so each is a
 * task of its own, while many of them share one turn of the event loop.
 */
export function queueTask(task: () => void): void {
  immediate(task);
}

/**
 * Calls back at the end of the current microtask checkpoint: after the running script has returned
 * and all promise reactions, with those they cause, have run; before any further task.
 *
 * Node works off the tick queue and the microtask queue in turns, each until it is empty. A tick
 * that is scheduled by a microtask therefore runs when no microtask is left.
 */
export function afterMicrotasks(callback: () => void): void {
  microtask(() => {
    nextTick(callback);
  });
}

/** Resolves in a task of its own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    queueTask(resolve);
  });
}
