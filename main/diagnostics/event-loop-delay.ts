import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLoopDelay } from '../../preload/model/app';

/** Records for how long the main thread could not answer, since the start or the last reset. */
export class EventLoopDelayRecord {
  readonly #histogram = monitorEventLoopDelay({ resolution: 5 });

  constructor() {
    this.#histogram.enable();
  }

  read(): EventLoopDelay {
    return {
      p99Ms: this.#histogram.percentile(99) / 1e6,
      maxMs: this.#histogram.max / 1e6,
    };
  }
}
