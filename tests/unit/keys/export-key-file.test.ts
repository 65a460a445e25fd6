import { describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { exportKeyFile } from '../../../main/key-files/export-key-file';
import type { Shell } from '../../../main/shell/shell';

describe('exporting a key file', () => {
  it('asks for no place where the engine refuses the passphrase', async () => {
    let asked = 0;
    const askSavePath = async (): Promise<null> => {
      asked += 1;
      return null;
    };
    const parts = {
      shell: { askSavePath } as unknown as Shell,
      language: 'en',
      exportKeys: async () => {
        throw new HoldfastError('passphrase_too_short', 'Too short', { count: 12 });
      },
    } as const;
    // Long enough by its UTF-16 units: only the engine counts.
    await expect(exportKeyFile('😀'.repeat(6), parts)).rejects.toMatchObject({
      code: 'passphrase_too_short',
    });
    expect(asked).toBe(0);
  });
});
