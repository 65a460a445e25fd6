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

const wellKnown = z.object({
  'io.element.e2ee': z
    .object({
      secure_backup_required: z.unknown(),
      secure_backup_setup_methods: z.array(z.string()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const stored = z.object({
  serverName: z.string(),
  policy: z.object({
    setupRequired: z.boolean(),
    methods: z.array(z.enum(['key', 'phrase'])),
  }),
});

/** What holds for an account's keys; both who may ask for something are heard, again and again. */
export class AccountPolicy {
  readonly #context: AccountContext;
  #server: KeyPolicy;
  #answeredAt = -Infinity;

  constructor(context: AccountContext) {
    this.#context = context;
    this.#server = rememberedPolicy(context.store.crypto.records, context.account);
  }

  get keys(): KeyPolicy {
    return together(this.#context.managed.value, this.#server);
  }

  get managed(): ManagedPolicy {
    return this.#context.managed.value;
  }

  /** Asks the server where it did not answer lately; true where what it asks for is another now. */
  async ask(): Promise<boolean> {
    if (performance.now() - this.#answeredAt < askAgainAfterMs) return false;
    const { client, account, store, stopped } = this.#context;
    const heard = await fetchPolicy(client, account, store.crypto.records, stopped);
    if (heard === null || stopped.aborted) return false;
    const isOther = !isDeepStrictEqual(heard, this.#server);
    this.#answeredAt = performance.now();
    this.#server = heard;
    return isOther;
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

/** The policy last heard of; a server out of reach does not lift it. */
function rememberedPolicy(records: KeyValueTable, { serverName }: Account): KeyPolicy {
  const record = stored.safeParse(records.get(recordKey)).data;
  return record?.serverName === serverName ? record.policy : openPolicy;
}

/** Null where no answer came; then what is remembered holds on. */
async function fetchPolicy(
  client: MatrixClient,
  { serverName }: Account,
  records: KeyValueTable,
  stopped: AbortSignal,
): Promise<KeyPolicy | null> {
  const url = wellKnownUrl(new URL(client.getHomeserverUrl()), serverName);
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(answerWithinMs)]);
  const response = await client.http.fetch(url, { signal }).catch(() => null);
  if (response === null || (!response.ok && response.status !== 404)) return null;
  const answer: unknown = response.ok ? await response.json().catch(() => null) : {};
  const parsed = wellKnown.safeParse(answer);
  if (!parsed.success || stopped.aborted) return null;
  const policy = policyOf(parsed.data['io.element.e2ee'] ?? {});
  records.set(recordKey, { serverName, policy });
  return policy;
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
