import { open } from 'node:fs/promises';

/** What file systems answer that can't flush a folder, such as network shares. */
const cantFlush = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR']);

/** Makes renames in a folder durable; Windows has no such thing and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!cantFlush.has(errnoOf(error))) throw error;
  } finally {
    await folder.close();
  }
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
