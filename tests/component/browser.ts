/** What jsdom leaves out because it draws nothing. */
Element.prototype.scrollIntoView = () => undefined;

/** Tells what is in view when the test says so. */
export class FakeIntersectionObserver implements IntersectionObserver {
  static latest: FakeIntersectionObserver | undefined;
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  readonly observed: Element[] = [];
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
    FakeIntersectionObserver.latest = this;
  }

  /** Of the observed elements, this one alone comes into view. */
  look(at: Element): void {
    const entries = this.observed.map((target) => ({ target, isIntersecting: target === at }));
    this.#callback(entries as unknown as IntersectionObserverEntry[], this);
  }

  observe(element: Element): void {
    this.observed.push(element);
  }

  unobserve(): void {
    // Nothing here does.
  }

  disconnect(): void {
    this.observed.splice(0);
  }

  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

globalThis.IntersectionObserver = FakeIntersectionObserver;
