import { change } from './change';
import { drill } from './drill';
import { health } from './health';
import { keyFiles } from './key-files';
import { lastResorts } from './last-resorts';
import { leaving } from './leaving';
import { oldKey } from './old-key';
import { recovery } from './recovery';
import { repair } from './repair';
import { setup } from './setup';

/** Everything about keys. */
export const keys = {
  ...setup,
  ...recovery,
  ...leaving,
  ...keyFiles,
  ...drill,
  ...health,
  ...repair,
  ...change,
  ...lastResorts,
  ...oldKey,
};
