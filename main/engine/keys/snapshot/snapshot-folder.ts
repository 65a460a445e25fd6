/** The folder within a profile in which the copies of its keys lie. */
export const snapshotFolder = 'key-snapshots';
