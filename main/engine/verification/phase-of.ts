import type {
  VerificationPhase,
  VerificationRequest,
} from 'matrix-js-sdk/lib/crypto-api/verification.js';

/**
 * A request's phase; null for the moment in which the crypto library has gone on to a way of
 * verifying that the SDK has not heard of yet, and answers with an error. A change follows.
 */
export function phaseOf(request: VerificationRequest): VerificationPhase | null {
  try {
    return request.phase;
  } catch {
    return null;
  }
}

/** Whether it still needs somebody; a request in between two phases does. */
export function isPending(request: VerificationRequest): boolean {
  try {
    return request.pending;
  } catch {
    return true;
  }
}
