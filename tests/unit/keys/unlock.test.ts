import { describe, expect, it } from 'vitest';
import { unlock, type Judge } from '../../../main/recovery-key/unlock';
import { keyFromPhrase, type PhraseParameters } from '../../../main/recovery-key/phrase-key';
import type { StorageKey } from '../../../main/engine/keys/secrets/secret-storage';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';

const bytes = new Uint8Array(32).map((_, index) => 255 - index);
const keyText = encodeRecoveryKey(bytes);
const otherText = encodeRecoveryKey(new Uint8Array(32).fill(9));
const parameters: PhraseParameters = { algorithm: 'm.pbkdf2', salt: 'salt', iterations: 1000 };
const check = { iv: '', mac: '' };
const byKey: StorageKey = { id: 'abc', phrase: null, check };
const byPhrase: StorageKey = { id: 'abc', phrase: parameters, check };
const phrase = 'Käuzchen über grünen Hügeln';

const rightIs =
  (right: Uint8Array): Judge =>
  async (candidate) =>
    Buffer.compare(candidate, right) === 0 ? 'right' : 'wrong';

async function phraseJudge(text: string): Promise<Judge> {
  return rightIs(await keyFromPhrase(text, parameters));
}

describe('what a person enters to restore', () => {
  it.each([
    ['a recovery key', keyText, byKey],
    ['a phrase', phrase, byPhrase],
  ])('leaves no key in memory where the server can’t be asked: %s', async (_what, text, key) => {
    const judged: Uint8Array[] = [];
    const judge: Judge = async (candidate) => {
      expect(candidate.some((byte) => byte !== 0)).toBe(true);
      judged.push(candidate);
      throw new Error('offline');
    };
    await expect(unlock(text, key, judge)).rejects.toThrow('offline');
    expect(judged).toEqual([new Uint8Array(32)]);
  });

  it('opens as the recovery key, alone or inside a text', async () => {
    expect((await unlock(keyText, byKey, rightIs(bytes))).bytes).toEqual(bytes);
    const sheet = `Keep this safe!\n\n${keyText.replaceAll(' ', '\n')}\n\nDate: 2026`;
    expect((await unlock(sheet, byPhrase, rightIs(bytes))).bytes).toEqual(bytes);
  });

  it.each(['NFC', 'NFD'] as const)('opens as a phrase that was set up in %s', async (form) => {
    const judge = await phraseJudge(phrase.normalize(form));
    for (const typed of [phrase, phrase.normalize('NFD'), ` ${phrase}\n`]) {
      await expect(unlock(typed, byPhrase, judge)).resolves.toMatchObject({ id: 'abc' });
    }
  });

  it('opens as a phrase that another client did not trim', async () => {
    await expect(unlock(' a b ', byPhrase, await phraseJudge(' a b '))).resolves.toBeDefined();
  });

  it('opens as a phrase of a recovery key’s length', async () => {
    const long = 'Zwölf Boxkämpfer jagen 1 Viktor quer über den großen Deich';
    await expect(unlock(long, byPhrase, await phraseJudge(long))).resolves.toBeDefined();
  });
});

describe('what does not open', () => {
  const mistyped = `${keyText.slice(0, 10)}0${keyText.slice(11)}`;
  it.each<[string, string, StorageKey]>([
    ['key_wrong', otherText, byKey],
    ['key_wrong', otherText, byPhrase],
    ['phrase_wrong', 'another phrase', byPhrase],
    ['key_mistyped', mistyped, byKey],
    ['key_mistyped', mistyped, byPhrase],
    ['key_incomplete', keyText.slice(0, 20), byKey],
    ['key_incomplete', keyText.slice(0, -3), byPhrase],
    ['key_not_found', 'Nothing in here. '.repeat(20), byKey],
  ])('is told precisely: %s for %j', async (code, text, storageKey) => {
    await expect(unlock(text, storageKey, rightIs(bytes))).rejects.toMatchObject({ code });
  });

  it('names the group with the mistake', async () => {
    await expect(unlock(mistyped, byKey, rightIs(bytes))).rejects.toMatchObject({
      data: { groups: [3] },
    });
  });

  it('is not taken for right where nothing can tell', async () => {
    const judge: Judge = async () => 'unverifiable';
    for (const [text, key] of [
      [keyText, byKey],
      [phrase, byPhrase],
    ] as const) {
      await expect(unlock(text, key, judge)).rejects.toMatchObject({ code: 'key_unverifiable' });
    }
  });
});
