import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SecretClipboard } from '../../../main/clipboard/secret-clipboard';

let held = '';
const desktop = {
  readClipboard: () => Promise.resolve(held),
  writeClipboard: (text: string) => {
    held = text;
    return Promise.resolve();
  },
};

beforeEach(() => {
  held = '';
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a copied recovery key', () => {
  it('leaves the clipboard after a minute', async () => {
    await new SecretClipboard(desktop).copy('EsTc');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(held).toBe('EsTc');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(held).toBe('');
  });

  it('does not take away what was copied since', async () => {
    await new SecretClipboard(desktop).copy('EsTc');
    held = 'something else';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toBe('something else');
  });

  it('gets its full minute again when copied again', async () => {
    const clipboard = new SecretClipboard(desktop);
    await clipboard.copy('EsTc');
    await vi.advanceTimersByTimeAsync(50_000);
    await clipboard.copy('EsTc');
    await vi.advanceTimersByTimeAsync(50_000);
    expect(held).toBe('EsTc');
  });

  it('is tried again while the desktop does not let anyone look', async () => {
    let refusals = 2;
    const reluctant = {
      ...desktop,
      readClipboard: () =>
        refusals-- > 0 ? Promise.reject(new Error('not focused')) : Promise.resolve(held),
    };
    await new SecretClipboard(reluctant).copy('EsTc');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toBe('EsTc');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(held).toBe('');
  });

  it('does not outlive the app', async () => {
    const clipboard = new SecretClipboard(desktop);
    await clipboard.copy('EsTc');
    await clipboard.clear();
    expect(held).toBe('');
  });
});
