/**
 * What the homeserver asks of key backup, in its .well-known file.
 * @see https://github.com/element-hq/element-web/blob/develop/docs/e2ee.md
 */
import type { MatrixClient } from 'matrix-js-sdk';
import { z } from 'zod';
import type { Account } from '../../../../preload/model/app';
import type { KeyPolicy, SetupMethod } from '../../../../preload/model/keys';
import type { KeyValueTable } from '../../../store/profile-store';

export const openPolicy: KeyPolicy = { setupRequired: false, methods: ['key', 'phrase'] };

const recordKey = 'keys.policy';
const answerWithinMs = 15_000;

const wellKnown = z.object({
  'io.element.e2ee': z
    .object({
      secure_backup_required: z.boolean().optional().catch(undefined),
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

/** The policy last heard of; a server out of reach does not lift it. */
export function rememberedPolicy(records: KeyValueTable, { serverName }: Account): KeyPolicy {
  const record = stored.safeParse(records.get(recordKey)).data;
  return record?.serverName === serverName ? record.policy : openPolicy;
}

/** Null where no answer came; then what is remembered holds on. */
export async function fetchPolicy(
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
  secure_backup_required?: boolean | undefined;
  secure_backup_setup_methods?: string[] | undefined;
}): KeyPolicy {
  const named = element.secure_backup_setup_methods ?? [];
  const methods: SetupMethod[] = [];
  if (named.includes('key')) methods.push('key');
  if (named.includes('passphrase')) methods.push('phrase');
  return {
    setupRequired: element.secure_backup_required ?? false,
    methods: methods.length > 0 ? methods : openPolicy.methods,
  };
}

/** A server whose name is its address (as one on this computer) is asked where it really is. */
function wellKnownUrl(baseUrl: URL, serverName: string): URL {
  const origin = baseUrl.host === serverName ? baseUrl.origin : `https://${serverName}`;
  return new URL('/.well-known/matrix/client', origin);
}
