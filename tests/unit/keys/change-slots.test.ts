import { describe, expect, it } from 'vitest';
import { changeSlot } from '../../../main/engine/keys/secrets/change-slots';
import type { Slots } from '../../../main/engine/keys/secrets/merge-slots';
import type { AccountData } from '../../../main/engine/keys/server/account-data';

/** One secret on a server, changed by us and by another client. */
class Secret {
  /** What the other client does around our writes, in their order. */
  readonly around: { before?: () => void; after?: () => void }[] = [];
  writes = 0;
  stored: Slots | null;
  readonly #told: unknown[];

  /** @param told what syncing has told before */
  constructor(stored: Slots | null, told: Slots | null = stored) {
    this.stored = stored;
    this.#told = [told === null ? null : { encrypted: told }];
  }

  store(slots: Slots): void {
    this.stored = slots;
    this.tell(slots);
  }

  tell(slots: Slots): void {
    this.#told.push({ encrypted: slots });
  }

  /** @param slot undefined removes it */
  change(id: string, slot: string | undefined): Promise<void> {
    const isSame = (other: unknown): Promise<boolean> => Promise.resolve(other === `${slot} anew`);
    return changeSlot(this.#accountData, 'm.megolm_backup.v1', { id, slot, isSame });
  }

  get #accountData(): AccountData {
    return {
      read: async () => (this.stored === null ? null : { encrypted: this.stored }),
      write: async (_type: string, { encrypted }: { encrypted: Slots }) => {
        const other = this.around[this.writes];
        this.writes += 1;
        other?.before?.();
        this.store(encrypted);
        other?.after?.();
      },
      follow: () => ({ contents: this.#told, stop: () => undefined }),
    } as unknown as AccountData;
  }
}

describe('a secret that another client stores at the same time', () => {
  it('is written once where nobody does', async () => {
    const secret = new Secret({ old: 'x' });
    await secret.change('ours', 'y');
    expect(secret.stored).toEqual({ old: 'x', ours: 'y' });
    expect(secret.writes).toBe(1);
    await secret.change('ours', undefined);
    expect(secret.stored).toEqual({ old: 'x' });
    await secret.change('ours', undefined);
    expect(secret.writes).toBe(2);
  });

  it.each([
    ['first', null],
    ['beside an older one', { old: 'x' }],
  ])('keeps what it stored before our write: %s', async (_when, before) => {
    const secret = new Secret(before);
    secret.around.push({ before: () => secret.store({ ...before, theirs: 'z' }) });
    await secret.change('ours', 'y');
    expect(secret.stored).toEqual({ ...before, theirs: 'z', ours: 'y' });
  });

  it('keeps it while we remove ours, too', async () => {
    const secret = new Secret({ ours: 'y' });
    secret.around.push({ before: () => secret.store({ ours: 'y', theirs: 'z' }) });
    await secret.change('ours', undefined);
    expect(secret.stored).toEqual({ theirs: 'z' });
  });

  it('leaves ours where its write took that away', async () => {
    const secret = new Secret({ old: 'x' });
    secret.around.push({ after: () => secret.store({ old: 'x', theirs: 'z' }) });
    await secret.change('ours', 'y');
    expect(secret.stored).toEqual({ old: 'x', theirs: 'z', ours: 'y' });
  });

  it.each(['before', 'after'] as const)('keeps its own in the same slot, %s', async (when) => {
    const secret = new Secret({ same: 'x' });
    secret.around.push({ [when]: () => secret.store({ same: 'z' }) });
    await expect(secret.change('same', 'y')).rejects.toMatchObject({ code: 'changed_elsewhere' });
    expect(secret.stored).toEqual({ same: 'z' });
  });

  it('takes the same secret for ours, however often it was encrypted', async () => {
    const secret = new Secret({ same: 'x' });
    secret.around.push({ before: () => secret.store({ same: 'y anew' }) });
    await secret.change('same', 'y');
    expect(secret.stored).toEqual({ same: 'y' });
  });

  it('brings nothing back that syncing tells late', async () => {
    const secret = new Secret({ new: 'x' }, { old: 'w' });
    secret.around.push({ before: () => secret.tell({ old: 'w', older: 'v' }) });
    await secret.change('ours', 'y');
    expect(secret.stored).toEqual({ new: 'x', ours: 'y' });
  });

  it('gives up where the server never gives back what it was given', async () => {
    const secret = new Secret(null);
    for (let write = 0; write < 9; write += 1) {
      secret.around.push({ after: () => secret.store({}) });
    }
    await expect(secret.change('ours', 'y')).rejects.toMatchObject({ code: 'server_error' });
  });
});
