/** One engine's requests: named in their order, struck by a trouble, or never answered again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Intercept, InterceptedRequest } from '../../support/engine/test-fetch';
import type { HostileProxy, Trouble } from '../../support/network/hostile-proxy';

/** How long the network is gone, in milliseconds. */
const offlineMs = 400;

/** What befalls one request. `offline`: it and everything after it, for a while. */
export const faults = {
  'rate limit': { kind: 'error', status: 429, retryAfterMs: 300 },
  'server error': { kind: 'error', status: 500 },
  offline: { kind: 'cut' },
  'lost answer': { kind: 'lose-answer' },
  'broken JSON': { kind: 'truncate', bytes: 1 },
  'portal page': { kind: 'html' },
} as const satisfies Record<string, Trouble>;

export type Fault = keyof typeof faults;
export const faultNames = Object.keys(faults) as readonly Fault[];

export interface Blow {
  readonly fault: Fault;
  /** Looks at the account as it is then. */
  readonly struck: () => Promise<void>;
}

export interface Strike extends Blow {
  /** As {@link Wire.asked} names it. */
  readonly request: string;
}

export class Wire {
  /** Requests since {@link listen}. */
  asked: string[] = [];
  /** Whatever left this device after it signed in. */
  readonly sent: string[] = [];
  /** Looks at every request, after it was named; what it throws is kept in {@link broken}. */
  watch: (request: InterceptedRequest) => Promise<void> = () => Promise.resolve();
  readonly broken: unknown[] = [];
  readonly #proxy: HostileProxy;
  readonly #seen = new Map<string, number>();
  #strike: Strike | null = null;
  /** For every request of a kind that was not struck yet. */
  #blow: Blow | null = null;
  readonly #struckKinds = new Set<string>();
  #deadFrom = Number.POSITIVE_INFINITY;
  #online: Promise<void> = Promise.resolve();
  #died = Promise.withResolvers<void>();
  #buried = Promise.withResolvers<never>();

  constructor(proxy: HostileProxy) {
    this.#proxy = proxy;
    this.#buried.promise.catch(() => undefined);
  }

  /** Names requests anew, beginning with the next one. */
  listen(strike: Strike | null = null): void {
    this.asked = [];
    this.#seen.clear();
    this.#strike = strike;
    this.#blow = null;
    this.#struckKinds.clear();
  }

  /** Names requests anew, and strikes the first one of each kind. */
  strikeEach(blow: Blow): void {
    this.listen();
    this.#blow = blow;
  }

  /** How many kinds of requests were struck. */
  get struckKinds(): number {
    return this.#struckKinds.size;
  }

  /**
   * As if the process ended before the `request`-th request from now on: nothing is sent any more,
   * and nothing answered. Resolves when that is reached.
   */
  dieBefore(request: number): Promise<void> {
    this.listen();
    this.#deadFrom = request;
    this.#died = Promise.withResolvers();
    return this.#died.promise;
  }

  /** Lets what waits for an answer end, so that the engine can be closed. */
  bury(): void {
    this.#buried.reject(new TypeError('fetch failed'));
  }

  /** For the next process. */
  revive(): void {
    this.#deadFrom = Number.POSITIVE_INFINITY;
    this.#buried = Promise.withResolvers();
    this.#buried.promise.catch(() => undefined);
    this.listen();
  }

  /** Resolves as soon as the network that a strike took away is there again. */
  get online(): Promise<void> {
    return this.#online;
  }

  /** Whether the request that was to be struck was made. */
  get wasStruck(): boolean {
    return this.#strike === null;
  }

  readonly intercept: Intercept = async (request, onward) => {
    const { pathname, host } = request.url;
    if (pathname.endsWith('/login')) return withoutWellKnown(await onward());
    if (this.#isDead()) return this.#buried.promise;
    this.sent.push(`${request.method} ${pathname} ${request.body}`);
    if (host !== new URL(this.#proxy.url).host || isSteady.test(pathname)) return onward();
    const kind = kindOf(request);
    const name = this.#name(kind);
    this.asked.push(name);
    if (this.#isDead()) {
      this.#died.resolve();
      return this.#buried.promise;
    }
    await this.watch(request).catch((error: unknown) => void this.broken.push(error));
    const blow = this.#blowFor(kind, name);
    if (blow === null) return onward();
    const { fault, struck } = blow;
    return this.#suffer(request, fault, onward).finally(() =>
      struck().catch((error: unknown) => void this.broken.push(error)),
    );
  };

  #blowFor(kind: string, name: string): Blow | null {
    if (this.#blow !== null && !this.#struckKinds.has(kind)) {
      this.#struckKinds.add(kind);
      return this.#blow;
    }
    const strike = this.#strike;
    if (strike?.request !== name) return null;
    this.#strike = null;
    return strike;
  }

  #isDead(): boolean {
    return this.asked.length > this.#deadFrom;
  }

  async #suffer(
    { method, url }: InterceptedRequest,
    fault: Fault,
    onward: () => Promise<Response>,
  ): Promise<Response> {
    if (fault === 'offline') {
      this.#proxy.goOffline();
      this.#online = pause(offlineMs).then(() => {
        this.#proxy.goOnline();
      });
      return onward();
    }
    const route = new RegExp(`^${url.pathname.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    this.#proxy.disturb({ route, method, trouble: faults[fault], times: 1 });
    return onward();
  }

  #name(kind: string): string {
    const before = this.#seen.get(kind) ?? 0;
    this.#seen.set(kind, before + 1);
    return before === 0 ? kind : `${kind} (${String(before + 1)})`;
  }
}

/** Requests of one kind ask the same of different rooms, versions or storage keys. */
function kindOf({ method, url }: InterceptedRequest): string {
  return `${method} ${routeOf(url.pathname)}`;
}

/** Goes on all the time, or is part of looking at a conversation; no operation rests on it. */
const isSteady = /\/(sync|rooms|profile|capabilities|pushrules|filter|versions|presence)\b/;

function routeOf(pathname: string): string {
  return pathname
    .replace(/^\/_matrix\/client\/[^/]+/, '')
    .replace(/\/user\/[^/]+/, '')
    .replace(/(m\.secret_storage\.key\.).+/, '$1:key')
    .replace(/(\/room_keys\/version\/).+/, '$1:version')
    .replace(/(\/room_keys\/keys\/)[^/]+$/, '$1:room')
    .replace(/(\/room_keys\/keys\/)[^/]+\/[^/]+$/, '$1:room/:session')
    .replace(/(\/sendToDevice\/[^/]+\/).+/, '$1:txn');
}

/** The homeserver would name itself, and be asked directly from then on. */
async function withoutWellKnown(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const answer = (await response.json()) as Record<string, unknown>;
  return Response.json({ ...answer, well_known: undefined });
}
