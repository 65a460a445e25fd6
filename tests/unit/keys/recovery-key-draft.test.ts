import { beforeAll, describe, expect, it } from 'vitest';
import { RecoveryKeyDraft } from '../../../main/engine/keys/setup/recovery-key-draft';

describe('the proof that a recovery key was kept (I5)', () => {
  const draft = RecoveryKeyDraft.generate();
  const groups = draft.text.split(' ');
  const asked = draft.askedGroups.map((group) => groups[group - 1]!);

  it('asks for three different groups, at random, and not for the first', () => {
    const sets = Array.from({ length: 60 }, () => RecoveryKeyDraft.generate().askedGroups);
    for (const set of sets) {
      expect(new Set(set).size).toBe(3);
      expect([...set].sort((one, other) => one - other)).toEqual(set);
      expect(Math.min(...set)).toBeGreaterThan(1);
      expect(Math.max(...set)).toBeLessThanOrEqual(12);
    }
    expect(new Set(sets.map(String)).size).toBeGreaterThan(20);
    expect(new Set(sets.flat()).size).toBe(11);
  });

  it('holds for the asked groups, whatever space came with them', async () => {
    await expect(draft.check({ by: 'groups', groups: asked })).resolves.toBeUndefined();
    const spaced = asked.map((group) => `\u00A0${group}\n`);
    await expect(draft.check({ by: 'groups', groups: spaced })).resolves.toBeUndefined();
  });

  it('names the groups that differ', async () => {
    const wrong = [asked[0]!, 'AAAA', ''];
    await expect(draft.check({ by: 'groups', groups: wrong })).rejects.toMatchObject({
      code: 'proof_mismatch',
      data: { groups: draft.askedGroups.slice(1) },
    });
  });

  it('does not hold for the right groups in another order', async () => {
    const turned = [...asked].reverse();
    await expect(draft.check({ by: 'groups', groups: turned })).rejects.toMatchObject({
      code: 'proof_mismatch',
    });
  });

  it('holds for the saved file’s text, and not for another key’s', async () => {
    await expect(
      draft.check({ by: 'text', text: `key:\r\n${draft.text}\r\n` }),
    ).resolves.toBeUndefined();
    const other = RecoveryKeyDraft.generate().text;
    for (const text of [other, 'nothing', draft.text.slice(0, -1)]) {
      await expect(draft.check({ by: 'text', text })).rejects.toMatchObject({
        code: 'proof_mismatch',
      });
    }
  });

  it('does not take a phrase for a key that has none', async () => {
    await expect(draft.check({ by: 'phrase', phrase: 'a' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });
});

describe('a key made from a phrase', () => {
  let draft: RecoveryKeyDraft;
  beforeAll(async () => {
    draft = await RecoveryKeyDraft.fromPhrase('grüner Hügel'.normalize('NFD'));
  });

  it('is proven by the phrase, in any normalisation', async () => {
    await expect(draft.check({ by: 'phrase', phrase: 'grüner Hügel' })).resolves.toBeUndefined();
    await expect(draft.check({ by: 'phrase', phrase: 'Grüner Hügel' })).rejects.toMatchObject({
      code: 'proof_mismatch',
    });
  });

  it('is known to come from that phrase, and from no other', async () => {
    expect(await draft.comesFrom(' grüner Hügel\n')).toBe(true);
    expect(await draft.comesFrom('grüner hügel')).toBe(false);
    expect(await RecoveryKeyDraft.generate().comesFrom('grüner Hügel')).toBe(false);
  });

  it('is derived in 500,000 rounds with a salt of its own', async () => {
    expect(draft.phrase).toMatchObject({ algorithm: 'm.pbkdf2', iterations: 500_000 });
    const again = await RecoveryKeyDraft.fromPhrase('grüner Hügel');
    expect(again.phrase?.salt).not.toBe(draft.phrase?.salt);
    expect(again.text).not.toBe(draft.text);
  });
});

describe('a wiped key', () => {
  it('is gone from memory', () => {
    const draft = RecoveryKeyDraft.generate();
    draft.wipe();
    expect(draft.bytes).toEqual(new Uint8Array(32));
  });
});
