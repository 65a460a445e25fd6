/**
 * What is asked of key backup: by the organisation on this computer, and by the homeserver in its
 * .well-known file.
 * @see https://github.com/element-hq/element-web/blob/develop/docs/e2ee.md
 */
import { isDeepStrictEqual } from 'node:util';
import type { MatrixClient } from 'matrix-js-sdk';
import { z } from 'zod';
import type { Account } from '../../../../preload/model/app';
import type { KeyPolicy, SetupMethod } from '../../../../preload/model/keys';
import type { ManagedPolicy } from '../../../policy/managed-policy';
import type { KeyValueTable } from '../../../store/profile-store';
import type { AccountContext } from '../../account-context';

const openPolicy: KeyPolicy = { setupRequired: false, methods: ['key', 'phrase'] };

const recordKey = 'keys.policy';
const answerWithinMs = 15_000;
/** The server may change its mind. */
const askAgainAfterMs = 3_600_000;

/**
 * Milliseconds that the document has to be missing before what it asked for is dropped: while a server
 * is maintained, whatever stands in its place finds nothing either.
 */
const missingForMs = 24 * 3_600_000;

const wellKnown = z.object({
  'm.homeserver': z.object({ base_url: z.string() }).optional().catch(undefined),
  'io.element.e2ee': z
    .object({
      secure_backup_required: z.unknown(),
      secure_backup_setup_methods: z.array(z.string()).optional().catch(undefined),
    })
    .nullable()
    .optional()
    // There, but not understood.
    .catch(null),
});
const stored = z.object({
  serverName: z.string(),
  policy: z.object({
    setupRequired: z.boolean(),
    methods: z.array(z.enum(['key', 'phrase'])),
  }),
  missingSince: z.number().nullable().default(null),
});

/** What the server asks for, as far as it said so. */
interface Heard {
  readonly policy: KeyPolicy;
  /**
   * When the server first said that it has no such document any more, in milliseconds since 1970 by
   * its own clock: nobody in front of this computer sets that.
   */
  readonly missingSince: number | null;
}

/** What holds for an account's keys; both who may ask for something are heard, again and again. */
export class AccountPolicy {
  readonly #context: AccountContext;
  #heard: Heard;
  #answeredAt = -Infinity;

  constructor(context: AccountContext) {
    this.#context = context;
    this.#heard = readHeard(context.store.crypto.records, context.account);
  }

  get keys(): KeyPolicy {
    return together(this.#context.managed.value, this.#heard.policy);
  }

  get managed(): ManagedPolicy {
    return this.#context.managed.value;
  }

  /** Asks the server where it did not answer lately; true where what it asks for is another now. */
  async ask(): Promise<boolean> {
    if (performance.now() - this.#answeredAt < askAgainAfterMs) return false;
    const { client, account, store, stopped } = this.#context;
    const before = this.#heard;
    const heard = await askServer(client, account, before, stopped);
    if (heard === null || stopped.aborted) return false;
    this.#answeredAt = performance.now();
    this.#heard = heard;
    const { serverName } = account;
    if (!isDeepStrictEqual(heard, before))
      store.crypto.records.set(recordKey, { serverName, ...heard });
    return !isDeepStrictEqual(heard.policy, before.policy);
  }
}

/** Either can require setup; the organisation's word on the ways goes before the server's. */
function together(
  { keyBackupRequired, setupMethods }: ManagedPolicy,
  server: KeyPolicy,
): KeyPolicy {
  return {
    setupRequired: keyBackupRequired.value || server.setupRequired,
    methods: setupMethods.level === 'default' ? server.methods : setupMethods.value,
  };
}

/** What was last heard of; a server out of reach does not lift it. */
function readHeard(records: KeyValueTable, { serverName }: Account): Heard {
  const record = stored.safeParse(records.get(recordKey)).data;
  return record?.serverName === serverName
    ? { policy: record.policy, missingSince: record.missingSince }
    : { policy: openPolicy, missingSince: null };
}

/** Null where no answer came that says anything; then what was heard before holds on. */
async function askServer(
  client: MatrixClient,
  { serverName }: Account,
  before: Heard,
  stopped: AbortSignal,
): Promise<Heard | null> {
  const url = wellKnownUrl(new URL(client.getHomeserverUrl()), serverName);
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(answerWithinMs)]);
  const response = await client.http.fetch(url, { signal }).catch(() => null);
  if (response?.status === 404) return withoutDocument(before, timeOf(response));
  if (response?.ok !== true) return null;
  const answer: unknown = await response.json().catch(() => null);
  const document = wellKnown.safeParse(answer).data;
  const element = document?.['io.element.e2ee'];
  // Not what other JSON leaves out lifts anything, only what a document of this kind does.
  const isDocument = element !== undefined || document?.['m.homeserver'] !== undefined;
  if (!isDocument || element === null) return before;
  return { policy: policyOf(element ?? {}), missingSince: null };
}

/** @param at by the server's clock; null where it tells none: then nothing is dropped */
function withoutDocument(before: Heard, at: number | null): Heard {
  const { policy, missingSince } = before;
  if (at === null || isDeepStrictEqual(policy, openPolicy)) return before;
  if (missingSince === null || missingSince > at) return { policy, missingSince: at };
  return at - missingSince < missingForMs ? before : { policy: openPolicy, missingSince: null };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 */
function timeOf({ headers }: Response): number | null {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : at;
}

function policyOf(element: {
  secure_backup_required?: unknown;
  secure_backup_setup_methods?: string[] | undefined;
}): KeyPolicy {
  const named = element.secure_backup_setup_methods ?? [];
  const methods: SetupMethod[] = [];
  if (named.includes('key')) methods.push('key');
  if (named.includes('passphrase')) methods.push('phrase');
  return {
    // What is not understood lifts nothing.
    setupRequired: (element.secure_backup_required ?? false) !== false,
    methods: methods.length > 0 ? methods : openPolicy.methods,
  };
}

/** A server whose name is its address (as one on this computer) is asked where it really is. */
function wellKnownUrl(baseUrl: URL, serverName: string): URL {
  const origin = baseUrl.host === serverName ? baseUrl.origin : `https://${serverName}`;
  return new URL('/.well-known/matrix/client', origin);
}
