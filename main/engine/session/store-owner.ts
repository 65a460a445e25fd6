/** Whose a store is: one store holds the keys of one person. */
import type { KeyValueTable, StoreDatabase } from '../../store/profile-store';
import { devicesIn } from './store-names';

const key = 'owner';

type Keys = Pick<StoreDatabase, 'indexedDB' | 'records'>;

/**
 * The user id of the one person who has signed in on this store; null where nobody has. Also null
 * where several have, which no store allows any more.
 */
export async function ownerOf(store: Keys): Promise<string | null> {
  const noted = readOwner(store.records);
  if (noted !== null) return noted;
  const [one, ...others] = await peopleIn(store.indexedDB);
  return one === undefined || others.length > 0 ? null : one;
}

/** Whether this person may sign in on the store: it is theirs, or nobody's yet. */
export async function isFor(userId: string, store: Keys): Promise<boolean> {
  const noted = readOwner(store.records);
  if (noted !== null) return noted === userId;
  const people = await peopleIn(store.indexedDB);
  // Whoever has keys in a store of several people must find them again.
  return people.size === 0 || people.has(userId);
}

/** Notes whose the store is from now on; one that already holds several people's keys stays as it is. */
export async function noteOwner(userId: string, { indexedDB, records }: Keys): Promise<void> {
  if (readOwner(records) !== null) return;
  const people = await peopleIn(indexedDB);
  people.delete(userId);
  if (people.size === 0) records.set(key, userId);
}

function readOwner(records: KeyValueTable): string | null {
  const owner = records.get(key);
  return typeof owner === 'string' ? owner : null;
}

async function peopleIn(indexedDB: IDBFactory): Promise<Set<string>> {
  return new Set((await devicesIn(indexedDB)).map(({ userId }) => userId));
}
