/**
 * The profile is open in another process, which has been told of this start. Thrown by
 * `OpenShell`; the entry points end the process without a word of failure.
 */
export class AlreadyOpenError extends Error {
  override readonly name = 'AlreadyOpenError';

  constructor() {
    super('Holdfast is already open with this profile.');
  }
}
