import { dispatchStateOf } from './database-event';
import { isObject } from '../web-idl';
import { PATH_PARENT, dispatchNow, type Listener, type PathTarget } from './dispatch';

/** The type of an `on...` attribute; like every method's, its parameter is bivariant. */
export type EventHandler<E extends Event = Event> = { handle(event: E): unknown }['handle'] | null;

type Callback = EventListenerOrEventListenerObject;

const NONE: readonly Listener[] = [];

/**
 * An event target whose events travel along a path (request, transaction, connection), which Node's
 * `EventTarget` cannot do. It is one by `instanceof` all the same, for callers that check.
 */
export class DatabaseEventTarget implements PathTarget {
  #listeners: readonly Listener[] = [];

  /** @internal The next target on the path of an event fired here. */
  get [PATH_PARENT](): PathTarget | null {
    return null;
  }

  addEventListener(
    type: string,
    callback: Callback | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    const { capture = false, once = false, passive = false, signal } = flatten(options);
    if (!isCallback(callback)) return;
    if (signal?.aborted || this.#find(type, callback, capture)) return;
    const listener = { type, callback, capture, once, passive, isHandler: false, removed: false };
    this.#listeners = [...this.#listeners, listener];
    signal?.addEventListener('abort', () => this.forget(listener), { once: true });
  }

  removeEventListener(
    type: string,
    callback: Callback | null,
    options?: boolean | EventListenerOptions,
  ): void {
    if (!isCallback(callback)) return;
    const listener = this.#find(type, callback, flatten(options).capture ?? false);
    if (listener) this.forget(listener);
  }

  dispatchEvent(event: Event): boolean {
    if (!(event instanceof Event)) throw new TypeError('The argument is not an Event');
    if (dispatchStateOf(event).eventPhase !== 0) {
      throw new DOMException('The event is already being dispatched', 'InvalidStateError');
    }
    dispatchNow(event, this, reportException);
    return !event.defaultPrevented;
  }

  /** @internal */
  listenersFor(type: string): readonly Listener[] {
    const all = this.#listeners;
    if (all.length === 0) return all;
    let others = 0;
    for (const listener of all) if (listener.type !== type) others += 1;
    if (others === 0) return all;
    return others === all.length ? NONE : all.filter((listener) => listener.type === type);
  }

  /** @internal */
  hasListenersFor(type: string): boolean {
    for (const listener of this.#listeners) if (listener.type === type) return true;
    return false;
  }

  /** @internal */
  forget(listener: Listener): void {
    listener.removed = true;
    this.#listeners = this.#listeners.filter((entry) => entry !== listener);
  }

  /** @internal */
  protected getHandler(type: string): EventHandler<never> {
    return (this.#findHandler(type)?.callback as EventHandler<never> | undefined) ?? null;
  }

  /** @internal */
  protected setHandler(type: string, handler: unknown): void {
    const existing = this.#findHandler(type);
    // An object that cannot be called is kept all the same, and never called.
    if (!isObject(handler)) {
      if (existing) this.forget(existing);
      return;
    }
    const callback = handler as Listener['callback'];
    if (existing) {
      existing.callback = callback;
      return;
    }
    const listener: Listener = {
      type,
      callback,
      capture: false,
      once: false,
      passive: false,
      isHandler: true,
      removed: false,
    };
    this.#listeners = [...this.#listeners, listener];
  }

  #findHandler(type: string): Listener | undefined {
    for (const entry of this.#listeners) if (entry.isHandler && entry.type === type) return entry;
    return undefined;
  }

  #find(type: string, callback: Callback, capture: boolean): Listener | undefined {
    return this.#listeners.find(
      (entry) =>
        !entry.isHandler &&
        entry.type === type &&
        entry.callback === callback &&
        entry.capture === capture,
    );
  }
}

Object.setPrototypeOf(DatabaseEventTarget, EventTarget);
Object.setPrototypeOf(DatabaseEventTarget.prototype, EventTarget.prototype);

/** False for null and undefined, which are no callback. @throws TypeError for what can be none */
function isCallback(callback: unknown): callback is Callback {
  if (callback === null || callback === undefined) return false;
  if (!isObject(callback)) throw new TypeError('The listener is not an object');
  return true;
}

function flatten(options: boolean | AddEventListenerOptions | undefined): AddEventListenerOptions {
  return typeof options === 'boolean' ? { capture: options } : (options ?? {});
}

/** Throws where nobody can catch it, as Node's own event targets do with a listener's exception. */
export function reportException(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
