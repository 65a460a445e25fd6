import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeRecoveryKey,
  groupsOfRecoveryKey,
  readRecoveryKey,
} from '../../../preload/rules/recovery-key';

const bytes = new Uint8Array(32).map((_, index) => index * 7 + 3);
const text = encodeRecoveryKey(bytes);
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });

function read(input: string): Uint8Array | string {
  const reading = readRecoveryKey(input);
  return reading.kind === 'key' ? reading.bytes : reading.kind;
}

describe('the text of a recovery key', () => {
  it('agrees with the vector of the specification’s reference implementations', () => {
    const vector = 'EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d';
    const key = Uint8Array.from(
      Buffer.from('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a', 'hex'),
    );
    expect(read(vector)).toEqual(key);
    expect(encodeRecoveryKey(key)).toBe(vector);
  });

  it('has twelve groups of four for every key, and reads back', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const encoded = encodeRecoveryKey(key);
        expect(encoded).toMatch(/^Es\w{2}( \w{4}){11}$/);
        expect(read(encoded)).toEqual(new Uint8Array(key));
      }),
    );
  });

  it.each([
    ['no separators', (key: string) => key.replaceAll(' ', '')],
    ['line breaks', (key: string) => key.replaceAll(' ', '\r\n')],
    ['tabs', (key: string) => key.replaceAll(' ', '\t')],
    ['no-break spaces', (key: string) => key.replaceAll(' ', '\u00A0')],
    ['narrow no-break spaces', (key: string) => key.replaceAll(' ', '\u202F')],
    ['ideographic spaces', (key: string) => key.replaceAll(' ', '\u3000')],
    ['zero-width spaces within groups', (key: string) => Array.from(key).join('\u200B')],
    ['a byte order mark', (key: string) => `\uFEFF${key}`],
    ['soft hyphens', (key: string) => key.replaceAll(' ', '\u00AD')],
    ['hyphens', (key: string) => key.replaceAll(' ', '-')],
    ['en dashes', (key: string) => key.replaceAll(' ', ' \u2013 ')],
    ['a minus sign', (key: string) => key.replaceAll(' ', '\u2212')],
    ['quotes around it', (key: string) => `“${key}”`],
    ['a full-width copy', (key: string) => fullWidth(key)],
    ['direction marks', (key: string) => `\u202A${key}\u202C`],
  ])('is read with %s', (_name, disturb) => {
    expect(read(disturb(text))).toEqual(bytes);
  });

  it('is found in a saved recovery sheet, in whatever lines it was broken', () => {
    const [one, two, three] = [0, 4, 8].map((at) =>
      groupsOfRecoveryKey(text)
        .slice(at, at + 4)
        .join(' '),
    );
    const sheet = `\uFEFFHoldfast recovery key\r\n\r\nAccount: @Ada:Example.org\r\nEstablished: 2026\r\nKey id: ${'Es'.repeat(16)}\r\n\r\n    ${one ?? ''}\r\n    ${two ?? ''}\r\n    ${three ?? ''}\r\n\r\nEssential: do not keep it with the device.\r\n`;
    expect(read(sheet)).toEqual(bytes);
  });

  it('is found whatever text surrounds it', () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.string({ maxLength: 200 }),
        fc.string({ maxLength: 200 }),
        (key, before, after) => {
          expect(read(`${before}\n${encodeRecoveryKey(key)}\n${after}`)).toEqual(
            new Uint8Array(key),
          );
        },
      ),
    );
  });
});

describe('a text that is no valid key', () => {
  it('names the groups with characters that no key has', () => {
    const groups = groupsOfRecoveryKey(text);
    groups[2] = '0OIl';
    groups[10] = `${groups[10]?.slice(0, 3) ?? ''}ü`;
    expect(readRecoveryKey(groups.join(' '))).toEqual({ kind: 'mistyped', groups: [3, 11] });
    expect(readRecoveryKey(groups.join(''))).toEqual({ kind: 'mistyped', groups: [3, 11] });
  });

  it('names the group with a character too many or too few', () => {
    const groups = groupsOfRecoveryKey(text);
    groups[4] = `${groups[4] ?? ''}x`;
    expect(readRecoveryKey(groups.join(' '))).toEqual({ kind: 'mistyped', groups: [5] });
    groups[4] = groups[4].slice(0, 3);
    expect(readRecoveryKey(groups.join(' '))).toEqual({ kind: 'mistyped', groups: [5] });
  });

  it('names the first group where it does not begin as keys do', () => {
    expect(readRecoveryKey(`Fs${text.slice(2)}`)).toEqual({ kind: 'mistyped', groups: [1] });
  });

  it('notices wrong characters by the parity, as surely as one byte of parity can', () => {
    const typed = text.replaceAll(' ', '');
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    const outcomes = Array.from(typed).flatMap((right, at) =>
      Array.from(alphabet)
        .filter((wrong) => at >= 2 && wrong !== right)
        .map((wrong) => readRecoveryKey(`${typed.slice(0, at)}${wrong}${typed.slice(at + 1)}`)),
    );
    const noticed = outcomes.filter(({ kind }) => kind === 'mistyped');
    expect(noticed.length / outcomes.length).toBeGreaterThan(0.99);
  });

  it('says how many characters are missing', () => {
    expect(readRecoveryKey(text.slice(0, 14))).toEqual({ kind: 'incomplete', missing: 36 });
    expect(readRecoveryKey(text.slice(0, -1))).toEqual({ kind: 'incomplete', missing: 1 });
  });

  it('is none where nothing resembles a key', () => {
    expect(readRecoveryKey('')).toEqual({ kind: 'none' });
    expect(readRecoveryKey(' \n ')).toEqual({ kind: 'none' });
    expect(readRecoveryKey('Dear reader, '.repeat(20))).toEqual({ kind: 'none' });
  });

  it('is a damaged key where a sheet holds one', () => {
    const groups = groupsOfRecoveryKey(text);
    groups[5] = 'l0l0';
    const sheet = `Recovery key of @ada:example.org\n\n${groups.join(' ')}\n\n${'Keep it safe. '.repeat(9)}`;
    expect(readRecoveryKey(sheet)).toEqual({ kind: 'mistyped', groups: [6] });
  });

  it('never makes reading throw or take long', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2000 }), (input) => void readRecoveryKey(input)));
    expect(readRecoveryKey('Es '.repeat(20_000)).kind).toBe('none');
  });
});

function fullWidth(key: string): string {
  return Array.from(key, (character) =>
    character === ' ' ? '\u3000' : String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
  ).join('');
}
