import { afterMicrotasks } from '../event-loop';
import { dispatchStateOf, type DispatchState } from './database-event';

type Callback = EventListenerOrEventListenerObject;

export interface Listener {
  readonly type: string;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  /** An `on...` attribute: its return value counts, and it can be replaced in place. */
  readonly isHandler: boolean;
  callback: Callback | ((event: Event) => unknown);
  removed: boolean;
}

/** The key of a target's next one; a symbol, so that script does not come upon it. */
export const PATH_PARENT = Symbol('next target on the path');

/** What the dispatch needs of a target. */
export interface PathTarget extends EventTarget {
  /** The listeners for a type at this moment, as a list that never changes. */
  listenersFor(type: string): readonly Listener[];
  hasListenersFor(type: string): boolean;
  forget(listener: Listener): void;
  /** The next target on the path, or null at its end. */
  readonly [PATH_PARENT]: PathTarget | null;
}

const CAPTURING = 1;
const AT_TARGET = 2;
const BUBBLING = 3;

/** The path of an event fired at `target`, from it to the outermost. */
function pathFrom(target: PathTarget): PathTarget[] {
  const path: PathTarget[] = [];
  for (let at: PathTarget | null = target; at; at = at[PATH_PARENT]) path.push(at);
  return path;
}

/** Whether an event of this type, fired at `target`, would meet any listener on its path. */
export function isListenedTo(target: PathTarget, type: string): boolean {
  for (let at: PathTarget | null = target; at; at = at[PATH_PARENT]) {
    if (at.hasListenersFor(type)) return true;
  }
  return false;
}

/** Calls one listener; true when it threw. */
function call(
  listener: Listener,
  target: PathTarget,
  event: Event,
  report: (error: unknown) => void,
): boolean {
  try {
    const { callback } = listener;
    if (typeof callback === 'function') {
      const answer: unknown = callback.call(target, event);
      if (listener.isHandler && answer === false) event.preventDefault();
    } else if (!listener.isHandler) {
      callback.handleEvent(event);
    }
    return false;
  } catch (error) {
    report(error);
    return true;
  }
}

/**
 * Dispatches an event along its path, pausing after each listener, where the platform performs a
 * microtask checkpoint. Gives whether any listener threw.
 *
 * @see https://dom.spec.whatwg.org/#concept-event-dispatch
 */
export function* dispatchSteps(
  event: Event,
  target: PathTarget,
  report: (error: unknown) => void,
): Generator<void, boolean, void> {
  const state = dispatchStateOf(event);
  const path = pathFrom(target);
  state.target = target;
  state.path = path;
  let threw = false;

  function* visit(current: PathTarget, phase: number, capture: boolean): Generator<void> {
    if (state.stopped) return;
    state.currentTarget = current;
    state.eventPhase = phase;
    for (const listener of current.listenersFor(event.type)) {
      if (listener.removed || listener.capture !== capture) continue;
      if (listener.once) current.forget(listener);
      if (call(listener, current, event, report)) threw = true;
      yield;
      if (state.stoppedImmediately) return;
    }
  }

  for (const current of path.toReversed()) {
    yield* visit(current, current === target ? AT_TARGET : CAPTURING, true);
  }
  for (const current of path) {
    if (current !== target && !event.bubbles) break;
    yield* visit(current, current === target ? AT_TARGET : BUBBLING, false);
  }

  endDispatch(state);
  return threw;
}

function endDispatch(state: DispatchState): void {
  state.currentTarget = null;
  state.eventPhase = 0;
  state.stopped = false;
  state.stoppedImmediately = false;
}

/** Dispatches at once, as script does with `dispatchEvent`. */
export function dispatchNow(
  event: Event,
  target: PathTarget,
  report: (error: unknown) => void,
): boolean {
  dispatchStateOf(event).isTrusted = false;
  const steps = dispatchSteps(event, target, report);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Fires an event from a task: promise reactions run after every listener, before the next one, as
 * they do in a browser. `done` is told, after the last of them, whether any listener threw.
 */
export function fire(
  event: Event,
  target: PathTarget,
  report: (error: unknown) => void,
  done: (threw: boolean) => void,
): void {
  dispatchStateOf(event).isTrusted = true;
  const only = onlyListener(event, target);
  if (only) {
    callOnly(only, event, target, report, done);
    return;
  }
  const steps = dispatchSteps(event, target, report);
  const advance = (): void => {
    const step = steps.next();
    if (step.done) done(step.value);
    else afterMicrotasks(advance);
  };
  advance();
}

/**
 * The one listener that an event can meet, and nearly all meet: on the target itself, for an event
 * that does not bubble, so that no other can come in while it runs.
 */
function onlyListener(event: Event, target: PathTarget): Listener | null {
  if (event.bubbles) return null;
  const { type } = event;
  for (let at = target[PATH_PARENT]; at; at = at[PATH_PARENT]) {
    if (at.hasListenersFor(type)) return null;
  }
  const listeners = target.listenersFor(type);
  const only = listeners[0];
  return only && listeners.length === 1 && !only.capture ? only : null;
}

/** What {@link dispatchSteps} does for a single listener. */
function callOnly(
  listener: Listener,
  event: Event,
  target: PathTarget,
  report: (error: unknown) => void,
  done: (threw: boolean) => void,
): void {
  const state = dispatchStateOf(event);
  state.target = target;
  state.path = pathFrom(target);
  state.currentTarget = target;
  state.eventPhase = AT_TARGET;
  if (listener.once) target.forget(listener);
  const threw = call(listener, target, event, report);
  afterMicrotasks(() => {
    endDispatch(state);
    done(threw);
  });
}

/** {@link fire} as a promise. */
export function fireAndWait(
  event: Event,
  target: PathTarget,
  report: (error: unknown) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    fire(event, target, report, resolve);
  });
}
