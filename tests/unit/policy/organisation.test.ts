import { describe, expect, it } from 'vitest';
import { Organisation } from '../../../main/policy/organisation';
import type { PolicyReading, PolicySource } from '../../../main/policy/policy-source';

const from = '/etc/holdfast/policies/a.json';
const required: PolicyReading = {
  layers: [{ from, mandatory: { keyBackupRequired: true, drillInterval: 30 }, recommended: {} }],
  problems: [],
};
const nothing: PolicyReading = { layers: [], problems: [] };

class Changing implements PolicySource {
  now: PolicyReading = required;
  read = (): Promise<PolicyReading> => Promise.resolve(this.now);
}

describe('the policy of the organisation', () => {
  it('follows what the administrator changes', async () => {
    const source = new Changing();
    const organisation = await Organisation.open(source);
    expect(organisation.policy.value.drillInterval.value).toBe(30);
    source.now = nothing;
    await organisation.lookAgain();
    expect(organisation.policy.value.keyBackupRequired).toEqual({ value: false, level: 'default' });
  });

  it.each([from, '/etc/holdfast/policies'])(
    'stays as it was read while %s can’t be relied on, and says so',
    async (lost) => {
      const source = new Changing();
      const organisation = await Organisation.open(source);
      source.now = { layers: [], problems: [{ from: lost, reason: 'malformed' }] };
      await organisation.lookAgain();
      await organisation.lookAgain();
      const { keyBackupRequired, drillInterval, onlyVerifiedDevices } = organisation.policy.value;
      expect(keyBackupRequired.value).toBe(true);
      expect(drillInterval.value).toBe(30);
      expect(onlyVerifiedDevices.value).toBe(false);
      expect(organisation.told.value.problems).toHaveLength(1);
    },
  );

  it('is the strictest where a file that nobody has read yet can’t be relied on', async () => {
    const source = new Changing();
    const organisation = await Organisation.open(source);
    source.now = { ...required, problems: [{ from: '/other.json', reason: 'unsafe' }] };
    await organisation.lookAgain();
    expect(organisation.policy.value.onlyVerifiedDevices.value).toBe(true);
  });

  it('refuses what it does not allow', async () => {
    const source = new Changing();
    source.now = {
      layers: [{ from, mandatory: { appPassphraseAllowed: false }, recommended: {} }],
      problems: [],
    };
    const organisation = await Organisation.open(source);
    expect(() => {
      organisation.requireAllowed('appPassphraseAllowed');
    }).toThrow(expect.objectContaining({ code: 'policy_required' }));
  });
});
