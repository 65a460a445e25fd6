/**
 * What of a room's history somebody who is invited now can read. `unverified_device`: they could be
 * given the keys of it, but only from a verified device.
 */
export type HistoryForInvited = 'all' | 'from_invitation' | 'from_joining' | 'unverified_device';
