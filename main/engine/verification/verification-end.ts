import type { VerificationEnd } from '../../../preload/model/verification';

/**
 * What a cancellation means for the person.
 *
 * @param accepted both sides had agreed to verify before
 * @see https://spec.matrix.org/latest/client-server-api/#mkeyverificationcancel
 */
export function verificationEnd(code: string | null, accepted: boolean): VerificationEnd {
  switch (code) {
    case 'm.user':
      return accepted ? 'cancelled' : 'declined';
    case 'm.timeout':
      return 'timeout';
    case 'm.accepted':
      return 'accepted_elsewhere';
    case 'm.mismatched_sas':
      return 'mismatch';
    case 'm.key_mismatch':
    case 'm.user_mismatch':
    case 'm.mismatched_commitment':
      return 'key_mismatch';
    default:
      return 'failed';
  }
}
