/** What a restore has come to, in a few words. */
import type { I18n } from '../../i18n/i18n.svelte';

interface Result {
  readonly imported: number;
  /** Keys that could not be read. */
  readonly failed: number;
}

export function resultTitle({ t: { keys } }: I18n, { imported, failed }: Result): string {
  if (failed === 0) return keys.restore.doneTitle;
  return imported === 0 ? keys.restore.nothingTitle : keys.restore.gapsTitle;
}
