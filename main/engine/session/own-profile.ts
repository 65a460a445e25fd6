/** The account's own display name: the last one known at once, the present one from the server. */
import type { MatrixClient } from 'matrix-js-sdk';
import { z } from 'zod';
import type { KeyValueTable } from '../../store/profile-store';

const profile = z.object({ displayname: z.string().min(1) });

/** Milliseconds the first sign-in waits for the name; later starts have one stored. */
const nameWithinMs = 3_000;

export function storedDisplayName(records: KeyValueTable, userId: string): string | null {
  const name = records.get(recordKey(userId));
  return typeof name === 'string' ? name : null;
}

/** Null where the account has none, or the server does not say in time. */
export async function fetchDisplayName(
  client: MatrixClient,
  records: KeyValueTable,
  userId: string,
  stopped: AbortSignal,
): Promise<string | null> {
  const answer = await Promise.race([
    client.getProfileInfo(userId).catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, nameWithinMs, null).unref()),
  ]);
  const parsed = profile.safeParse(answer);
  // The store may be closed by the time the server answers.
  if (!parsed.success || stopped.aborted) return null;
  records.set(recordKey(userId), parsed.data.displayname);
  return parsed.data.displayname;
}

function recordKey(userId: string): string {
  return `display-name/${userId}`;
}
