import type { Translation } from '../language';
import type { keys as source } from '../en/keys';

export const keys: Translation<typeof source> = {};
