/** Recovery keys of an account besides the present one, after its backup was made anew. */
import { describe, expect, it } from 'vitest';
import { useDevices } from '../keys/devices';
import { ready, setUp } from '../keys-faults/elsewhere';
import { newKeyProven, opensEverything } from './change-by';

const devices = useDevices();

describe('other recovery keys after a new backup', () => {
  it('are told by number, and open the new backup once they were entered to complete the account', async () => {
    const { laptop, sent, recoveryKey: other } = await setUp(devices);
    const present = await newKeyProven(laptop);
    await laptop.call('setup.secure', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await opensEverything(devices, other, sent);
    await laptop.call('keyChange.dismiss', {});

    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: present });
    expect(await laptop.keyChange.waitFor(({ step }) => step === 'done')).toEqual({
      step: 'done',
      operation: 'reset_backup',
      otherKeys: 1,
    });
    const fresh = await devices.signIn();
    await expect(fresh.call('restore.begin', { secret: other })).rejects.toMatchObject({
      code: 'backup_key_mismatch',
    });
    expect(await laptop.call('repair.complete', { secret: other })).toBe('complete');
    await ready(laptop, 2);
    await opensEverything(devices, other, sent);
    await opensEverything(devices, present, sent);
  });
});
