import { expect, it } from 'vitest';
import { comesAtOnce } from '../../../main/engine/keys/restore/whole-backup';

it.each([
  [19, 100, false],
  [20, 100, true],
  [500, 50_000, true],
  [500, 50_001, false],
])(
  'with %i rooms left of a backup of %i keys, asks for it as a whole: %s',
  (rooms, keys, whole) => {
    expect(comesAtOnce(rooms, keys)).toBe(whole);
  },
);
