/**
 * The two points of the event loop that the specification refers to, in terms of Node's.
 */

// Taken once: a test that replaces the timers must not stop the store.
const { setImmediate: immediate } = globalThis;
const nextTick = process.nextTick.bind(process);
const settled = Promise.resolve();

/** Tasks run one after the other for as long, then the event loop's other work has its turn. */
const SLICE_MS = 4;

let tasks: (() => void)[] = [];
let position = 0;
/** Whether tasks are being run, or will be. */
let isUnderWay = false;
let begun = 0;
/** Callbacks of {@link afterMicrotasks} that are still to come, and whether tasks wait for them. */
let pauses = 0;
let isWaiting = false;

/**
 * Queues a task. A turn of the event loop runs many of them, each when everything that the one
 * before has caused, promise reactions and ticks, has run: a turn for each would cost more than the
 * task itself, where a caller waits for each answer before it asks again.
 */
export function queueTask(task: () => void): void {
  tasks.push(task);
  if (isUnderWay) return;
  isUnderWay = true;
  immediate(beginTurn);
}

function beginTurn(): void {
  begun = performance.now();
  runNext();
}

function runNext(): void {
  const task = tasks[position++];
  if (position === tasks.length) {
    tasks = [];
    position = 0;
  }
  try {
    task?.();
  } finally {
    afterCheckpoint();
  }
}

/** Goes on when what has been started so far is done, listeners that are yet to be called included. */
function afterCheckpoint(): void {
  if (pauses > 0) isWaiting = true;
  else void settled.then(toTick);
}

function toTick(): void {
  nextTick(goOn);
}

function goOn(): void {
  if (pauses > 0) isWaiting = true;
  else if (tasks.length === 0) isUnderWay = false;
  else if (performance.now() - begun > SLICE_MS) immediate(beginTurn);
  else runNext();
}

/**
 * Calls back at the end of the current microtask checkpoint: after the running script has returned
 * and all promise reactions, with those they cause, have run; before any further task.
 *
 * Node works off the tick queue and the microtask queue in turns, each until it is empty. A tick
 * that is scheduled by a microtask therefore runs when no microtask is left.
 */
export function afterMicrotasks(callback: () => void): void {
  pauses += 1;
  void settled.then(() => {
    nextTick(resume, callback);
  });
}

function resume(callback: () => void): void {
  pauses -= 1;
  try {
    callback();
  } finally {
    if (isWaiting && pauses === 0) {
      isWaiting = false;
      afterCheckpoint();
    }
  }
}

/** Resolves in a task of its own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    queueTask(resolve);
  });
}
