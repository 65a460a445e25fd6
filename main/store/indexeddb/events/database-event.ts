/** Where an event is on its way along its path; written by the dispatch alone. */
export interface DispatchState {
  target: EventTarget | null;
  currentTarget: EventTarget | null;
  eventPhase: number;
  path: readonly EventTarget[];
  isTrusted: boolean;
  stopped: boolean;
  stoppedImmediately: boolean;
}

function initialState(): DispatchState {
  return {
    target: null,
    currentTarget: null,
    eventPhase: 0,
    path: [],
    isTrusted: false,
    stopped: false,
    stoppedImmediately: false,
  };
}

let ownState: (event: Event) => DispatchState | null;

/**
 * An event that travels along a path; Node's own events know only a single target. Script sees an
 * `Event`. It is trusted when this module fires it, which is what the attribute is for.
 */
export class DatabaseEvent extends Event {
  readonly #state = initialState();

  static {
    ownState = (event) => (#state in event ? event.#state : null);
    // Accessors given to the prototype: the DOM's types declare these as plain properties.
    Object.defineProperties(
      this.prototype,
      pathAttributes((event) => (event as DatabaseEvent).#state),
    );
    Object.defineProperties(this.prototype, {
      constructor: { value: Event },
      isTrusted: {
        get(this: DatabaseEvent) {
          return this.#state.isTrusted;
        },
        configurable: true,
      },
    });
  }
}

function pathAttributes(stateOf: (event: unknown) => DispatchState): PropertyDescriptorMap {
  const configurable = true;
  function target(this: unknown): EventTarget | null {
    return stateOf(this).target;
  }
  return {
    target: { get: target, configurable },
    srcElement: { get: target, configurable },
    currentTarget: {
      get(this: unknown) {
        return stateOf(this).currentTarget;
      },
      configurable,
    },
    eventPhase: {
      get(this: unknown) {
        return stateOf(this).eventPhase;
      },
      configurable,
    },
    cancelBubble: {
      get(this: unknown) {
        return stateOf(this).stopped;
      },
      set(this: unknown, stop: boolean) {
        if (stop) stateOf(this).stopped = true;
      },
      configurable,
    },
    composedPath: {
      value(this: unknown): EventTarget[] {
        const state = stateOf(this);
        return state.currentTarget ? [...state.path] : [];
      },
      configurable,
    },
    stopPropagation: {
      value(this: unknown): void {
        stateOf(this).stopped = true;
      },
      configurable,
    },
    stopImmediatePropagation: {
      value(this: unknown): void {
        const state = stateOf(this);
        state.stopped = true;
        state.stoppedImmediately = true;
      },
      configurable,
    },
  };
}

const foreignStates = new WeakMap<Event, DispatchState>();

/** The dispatch state of any event; one made with `new Event()` gets the attributes of a path. */
export function dispatchStateOf(event: Event): DispatchState {
  const known = ownState(event) ?? foreignStates.get(event);
  if (known) return known;
  const state = initialState();
  foreignStates.set(event, state);
  Object.defineProperties(
    event,
    pathAttributes(() => state),
  );
  return state;
}
