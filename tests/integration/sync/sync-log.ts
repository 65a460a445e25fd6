/** Records an engine's sync requests, and holds or fails what a test wants held or failed. */
import type { Intercept } from '../../support/engine/test-fetch';

export interface LoggedSync {
  readonly since: string | null;
  /** Of the answer; null while there is none. */
  nextBatch: string | null;
  toDevice: number;
}

export class SyncLog {
  readonly syncs: LoggedSync[] = [];
  /** Transaction ids of messages sent, one entry for each request. */
  readonly sent: string[] = [];
  /** What becomes of a message's request. */
  sending: (onward: () => Promise<Response>) => Promise<Response> = (onward) => onward();

  readonly intercept: Intercept = async ({ url, method }, onward) => {
    if (url.pathname.endsWith('/sync')) return this.#sync(url, onward);
    const transaction = /\/rooms\/[^/]+\/send\/[^/]+\/([^/]+)$/.exec(url.pathname)?.[1];
    if (method !== 'PUT' || transaction === undefined) return onward();
    this.sent.push(transaction);
    return this.sending(onward);
  };

  /** The tokens of answers that brought to-device messages. */
  get tokensWithKeys(): readonly string[] {
    return this.syncs.flatMap(({ nextBatch, toDevice }) =>
      nextBatch !== null && toDevice > 0 ? [nextBatch] : [],
    );
  }

  async #sync(url: URL, onward: () => Promise<Response>): Promise<Response> {
    const sync: LoggedSync = { since: url.searchParams.get('since'), nextBatch: null, toDevice: 0 };
    this.syncs.push(sync);
    const response = await onward();
    const body = (await response.clone().json()) as {
      next_batch?: string;
      to_device?: { events: unknown[] };
    };
    sync.nextBatch = body.next_batch ?? null;
    sync.toDevice = body.to_device?.events.length ?? 0;
    return response;
  }
}
