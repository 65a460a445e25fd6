import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ErrorCode } from '../../preload/errors';
import { HoldfastError } from '../holdfast-error';
import { syncFolder } from './sync-folder';

/**
 * Writes a file for its owner's eyes only (S9): created exclusively with mode 0600, flushed to the
 * disk, and put in place as a whole, so that a crash leaves the old content or the new, never half.
 *
 * @throws {HoldfastError} `disk_full`, `disk_read_only` or `disk_error`
 */
export async function writePrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.holdfast-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw diskError(error);
  }
}

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'disk_read_only',
  EACCES: 'disk_read_only',
  EPERM: 'disk_read_only',
};

export function diskError(cause: unknown): HoldfastError {
  const errno = errnoOf(cause);
  const code = Object.hasOwn(codes, errno) ? codes[errno] : undefined;
  return new HoldfastError(code ?? 'disk_error', `Disk error ${errno}`, {}, { cause });
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
