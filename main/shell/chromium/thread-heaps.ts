import { setFlagsFromString } from 'node:v8';

/**
 * Node is started with a young generation that suits the main thread (scripts/lib/lean-node.mjs).
 * V8 puts that switch above the limits that a thread is given: taken back before the first one
 * starts, it counts for the main thread alone, whose heap is made already.
 */
export function leaveHeapsToThreads(): void {
  setFlagsFromString('--max-semi-space-size=0');
}
