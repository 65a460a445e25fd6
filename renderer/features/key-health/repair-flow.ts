import type { Flow } from '../../app/flows.svelte';
import type { KeyRepair } from '../../../preload/model/key-repair';

/** Repairs that fill the window; the others are done where the button is. */
const flows = {
  setup: 'setup',
  restore: 'restore',
  complete: 'complete_keys',
  new_key: 'new_key',
  reset_backup: 'reset_backup',
  reset_everything: 'reset_everything',
  verify: null,
  upload_now: null,
  switch_on: null,
  try_again: null,
} as const satisfies Readonly<Record<KeyRepair, Exclude<Flow, 'none'> | null>>;

/** The flow that a repair opens; null where it needs none. */
export function repairFlow(repair: KeyRepair): Exclude<Flow, 'none'> | null {
  return flows[repair];
}
