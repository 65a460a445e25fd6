import type { SetupState } from '../../../preload/model/keys';
import type { Source } from '../../topics/source';

const underWay: ReadonlySet<SetupState['step']> = new Set(['presenting', 'proven', 'securing']);

/** Resolves while no recovery key is between being shown and being in use. */
export function untilSetupRests(setup: Source<SetupState>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = setup.subscribe(({ step }) => {
    if (!underWay.has(step)) resolve();
  });
  return promise.finally(stop);
}
