import type { RestoreState } from '../../../preload/model/keys';

/** Whether a restore needs nobody at the moment. One that was paused, or has ended, hides no reminder (I6). */
export function isAtWork(restore: RestoreState | undefined): boolean {
  return restore?.step === 'checking' || restore?.step === 'restoring';
}
