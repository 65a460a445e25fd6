import { describe, expect, it } from 'vitest';
import type { PolicyLock } from '../../../preload/model/policy';
import { judge, unmanaged } from '../../../main/policy/managed-policy';
import { managedNames, managedSettings } from '../../../main/policy/managed-settings';
import type { PolicyLayer, PolicyReading } from '../../../main/policy/policy-source';

const layer = (from: string, set: Partial<PolicyLayer>): PolicyLayer => ({
  from,
  mandatory: {},
  recommended: {},
  ...set,
});
const reading = (...layers: PolicyLayer[]): PolicyReading => ({ layers, problems: [] });

describe('the managed settings', () => {
  it.each(managedNames)(
    '%s: default and strictest value are valid, both languages speak',
    (name) => {
      const { type, default: ours, strictest, sentence } = managedSettings[name];
      if (name !== 'helpDesk') {
        expect(type.safeParse(ours).success).toBe(true);
        expect(type.safeParse(strictest).success).toBe(true);
      }
      expect(sentence.en.endsWith('.') && sentence.de.endsWith('.')).toBe(true);
      expect(sentence.en).not.toBe(sentence.de);
    },
  );

  it('never let a phrase be weaker than our own measure', () => {
    expect(managedSettings.minimumPhraseStrength.type.safeParse(11).success).toBe(false);
  });
});

describe('what is managed', () => {
  it('is nothing where nobody has set anything', () => {
    expect(unmanaged.keyBackupRequired).toEqual({ value: false, level: 'default' });
    expect(judge(reading()).told).toEqual({
      settings: [],
      helpDesk: { en: null, de: null },
      problems: [],
      phraseStrength: 12,
      locks: [],
    });
  });

  it('is told as locked where the person has no choice, or nothing else can be relied on', () => {
    const locksOf = (...from: Parameters<typeof judge>): readonly PolicyLock[] =>
      judge(...from).told.locks;
    const only = { onlyVerifiedDevices: false };
    expect(locksOf(reading(layer('1', { recommended: only })))).toEqual([]);
    expect(locksOf(reading(layer('1', { mandatory: only })))).toEqual(['onlyVerifiedDevices']);
    expect(locksOf(reading(layer('1', { mandatory: { appPassphraseAllowed: false } })))).toEqual([
      'appPassphrase',
    ]);
    expect(locksOf(reading(), true)).toEqual(['appPassphrase', 'onlyVerifiedDevices']);
  });

  it('takes mandatory before recommended, and the later file before the earlier one', () => {
    const { policy } = judge(
      reading(
        layer('1', { mandatory: { drillInterval: 30, reminderInterval: 2 } }),
        layer('2', { mandatory: { reminderInterval: 3 }, recommended: { drillInterval: 60 } }),
      ),
    );
    expect(policy.drillInterval).toEqual({ value: 30, level: 'mandatory' });
    expect(policy.reminderInterval).toEqual({ value: 3, level: 'mandatory' });
    expect(policy.setupMethods.level).toBe('default');
  });

  it.each([
    ['keyBackupRequired', 'no', true],
    ['keyBackupRequired', null, true],
    ['setupMethods', [], ['key']],
    ['appPassphraseAllowed', 'yes', false],
    ['onlyVerifiedDevices', 1, true],
    ['minimumPhraseStrength', 3, 18],
  ] as const)('a mandatory %s of %j gives way to the strictest', (name, value, strictest) => {
    const { policy, told } = judge(reading(layer('f', { mandatory: { [name]: value } })));
    expect(policy[name]).toEqual({ value: strictest, level: 'mandatory' });
    expect(told.settings).toMatchObject([{ name, from: 'f', malformed: true }]);
    for (const other of managedNames.filter((candidate) => candidate !== name)) {
      expect(policy[other]).toEqual(unmanaged[other]);
    }
  });

  it('passes over a recommended value that is not valid, and says so', () => {
    const { policy, told } = judge(reading(layer('f', { recommended: { drillInterval: 0 } })));
    expect(policy.drillInterval).toEqual(unmanaged.drillInterval);
    expect(told.settings).toMatchObject([{ name: 'drillInterval', malformed: true }]);
  });

  it('takes what it can’t rely on for unknown, not for nothing', () => {
    const { policy } = judge({
      layers: [layer('good', { mandatory: { appPassphraseAllowed: true } })],
      problems: [{ from: 'bad', reason: 'unreadable' }],
    });
    expect(policy.keyBackupRequired).toEqual({ value: true, level: 'mandatory' });
    expect(policy.appPassphraseAllowed).toEqual({ value: true, level: 'mandatory' });
  });

  it('names what it does not know', () => {
    const { told } = judge(reading(layer('f', { mandatory: { keyBackupRequried: true } })));
    expect(told.problems).toEqual([
      { from: 'f', reason: 'unknown_setting', name: 'keyBackupRequried' },
    ]);
  });
});

describe('the help desk', () => {
  const deskOf = (helpDesk: unknown) =>
    judge(reading(layer('f', { mandatory: { helpDesk } }))).policy.helpDesk.value;

  it('is plain text, whatever was written', () => {
    const text = ' <b>IT</b>\n desk\u202E\u0007 \u200Broom 1 ';
    const desk = { text: '<b>IT</b> desk room 1', link: null, phone: null };
    expect(deskOf({ en: { text } })).toEqual({ en: desk, de: desk });
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://example.org',
    'https://user:secret@example.org',
    'tel:+49431',
  ])('is not shown with the link %s', (link) => {
    expect(deskOf({ en: { text: 'IT', link } })).toEqual({ en: null, de: null });
  });

  it('has a link of the web or of mail, and a number', () => {
    const desk = { text: 'IT', link: 'mailto:help@example.org', phone: '+49 431 1234-0' };
    expect(deskOf({ de: desk }).en).toEqual(desk);
    expect(deskOf({ de: { ...desk, link: 'https://example.org' } }).de?.link).toBe(
      'https://example.org/',
    );
  });

  it.each([{ text: '' }, { text: 'x'.repeat(161) }, { text: 'IT', phone: 'call me' }, 'IT', null])(
    'is none where it is %j',
    (desk) => {
      expect(deskOf({ en: desk })).toEqual({ en: null, de: null });
    },
  );
});
