import type { DeviceSignOutObstacle, DeviceSignOutRisk } from '../../../preload/model/devices';
import type { KeyState, RestoreState, SignOutRisk } from '../../../preload/model/keys';

const obstacles: Readonly<Record<KeyState, DeviceSignOutObstacle>> = {
  unknown: 'unknown',
  ready: null,
  uploading: 'keys_pending',
  needs_setup: 'no_backup',
  disabled_by_user: 'no_backup',
  needs_restore: 'not_restored',
  needs_verification: 'not_verified',
  backup_changed: 'backup_broken',
  backup_untrusted: 'backup_broken',
  secrets_incomplete: 'backup_broken',
  reset_required: 'backup_broken',
};

/**
 * Whether this device could read the account's history without the others (I3). Which keys the
 * others hold and have not uploaded, nobody can know from here.
 */
export function deviceSignOutRisk(risk: SignOutRisk, restore: RestoreState): DeviceSignOutRisk {
  const { state, pendingKeys } = risk;
  return { obstacle: obstacleOf(risk, restore), state, pendingKeys };
}

function obstacleOf(
  { state, pendingKeys }: SignOutRisk,
  { step }: RestoreState,
): DeviceSignOutObstacle {
  const obstacle = obstacles[state];
  if (obstacle !== null) return obstacle;
  if (pendingKeys === null) return 'unknown';
  if (pendingKeys > 0) return 'keys_pending';
  return step === 'idle' || step === 'done' ? null : 'restoring';
}
