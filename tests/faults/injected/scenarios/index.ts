import type { Scenario } from '../scenario';
import { damagedCache } from './damaged-cache';
import { firstStart } from './first-start';
import { importKeys } from './import-keys';
import { keepAside } from './keep-aside';
import { checkpoint, migration } from './migration';
import { overlapping } from './overlapping';
import { privateFile } from './private-file';
import { rewrapVault } from './rewrap-vault';
import { upgrade } from './upgrade';
import { writeKeys } from './write-keys';

export const scenarios: readonly Scenario[] = [
  firstStart,
  writeKeys,
  overlapping,
  importKeys,
  upgrade,
  migration,
  checkpoint,
  damagedCache,
  rewrapVault,
  keepAside,
  privateFile,
];
