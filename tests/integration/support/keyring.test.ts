import keytar from 'keytar';
import { describe, expect, it } from 'vitest';
import { usePrivateKeyring } from '../../support/keyring/private';

const SERVICE = 'holdfast-keyring-test';

describe('a private keyring', () => {
  const session = usePrivateKeyring();

  it('keeps a secret and gives it back', async () => {
    await keytar.setPassword(SERVICE, 'kept', 'a secret');
    expect(await keytar.getPassword(SERVICE, 'kept')).toBe('a secret');
  });

  it('answers as if the secret were absent while it is locked', async () => {
    await keytar.setPassword(SERVICE, 'locked', 'a secret');
    await session.keyring.lock();
    expect(await keytar.getPassword(SERVICE, 'locked')).toBeNull();
    await session.keyring.unlock();
    expect(await keytar.getPassword(SERVICE, 'locked')).toBe('a secret');
  });

  it('can be taken away', async () => {
    await session.keyring.stopDaemon();
    await expect(keytar.getPassword(SERVICE, 'kept')).rejects.toThrow();
  });
});
