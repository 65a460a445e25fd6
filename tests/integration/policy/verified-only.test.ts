import { afterAll, expect, it } from 'vitest';
import { judge, unmanaged } from '../../../main/policy/managed-policy';
import { ValueSource } from '../../../main/topics/value-source';
import { removeProfiles, startEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { clientOf } from '../keys/conversation';

afterAll(removeProfiles);

const to = (value: boolean) =>
  judge({
    layers: [{ from: 'a', mandatory: { onlyVerifiedDevices: value }, recommended: {} }],
    problems: [],
  }).policy;

it('“only verified devices” is the organisation’s to decide, and the person’s again afterwards', async () => {
  const homeserver = await sharedHomeserver();
  const user = await homeserver.registerUser(uniqueName('ada'));
  const managed = new ValueSource(to(true));
  await using ada = await startEngine({ signIn: { homeserver, user }, managed });
  const crypto = clientOf(ada).getCrypto()!;
  expect(crypto.globalBlacklistUnverifiedDevices).toBe(true);
  await expect(ada.call('verifiedOnly.everywhere', { on: false })).rejects.toMatchObject({
    code: 'policy_required',
  });

  managed.set(unmanaged);
  expect(crypto.globalBlacklistUnverifiedDevices).toBe(false);
  await ada.call('verifiedOnly.everywhere', { on: true });
  managed.set(to(false));
  expect(crypto.globalBlacklistUnverifiedDevices).toBe(false);
  managed.set(unmanaged);
  expect(crypto.globalBlacklistUnverifiedDevices).toBe(true);
});
