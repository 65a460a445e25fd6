/** The health of an account's keys in each state, as the engine tells it in the usual case. */
import type { KeyFindings } from '../../../preload/model/key-findings';
import type { KeyRepair } from '../../../preload/model/key-repair';
import type { KeyHealth, KeyState } from '../../../preload/model/keys';
import { keyHealth } from '../fixtures';

const checkedAt = Date.UTC(2026, 10, 23, 9, 32);

export const findings: KeyFindings = {
  checkedAt,
  identity: 'verified',
  identityKeysHere: true,
  storage: {
    keyId: 'eStNIhxrvr4zx1XBEed9kPwHNx7iOCR8',
    holdsBackupKey: true,
    holdsIdentity: true,
  },
  backup: {
    version: '3',
    algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2',
    etag: '412',
    keys: 412,
    trust: 'readable',
    madeBy: { deviceId: 'HFDEVICEONE', name: 'Mira’s laptop' },
    replacedAt: null,
  },
  keysHere: 412,
  allUploadedAt: checkedAt - 3 * 3_600_000,
};

const { backup } = findings;

type Ways = readonly [repair: KeyRepair | null, otherwise: KeyRepair | null];

const ways: Readonly<Record<KeyState, Ways>> = {
  unknown: ['try_again', null],
  ready: [null, null],
  uploading: ['upload_now', null],
  needs_setup: ['setup', null],
  needs_restore: ['restore', 'verify'],
  needs_verification: ['verify', 'reset_everything'],
  backup_changed: ['complete', 'reset_everything'],
  backup_untrusted: ['complete', 'reset_everything'],
  secrets_incomplete: ['complete', 'new_key'],
  disabled_by_user: ['complete', 'reset_everything'],
  reset_required: ['reset_backup', 'reset_everything'],
};

const nothing: KeyFindings = {
  ...findings,
  identity: 'absent',
  identityKeysHere: false,
  storage: null,
  backup: null,
  allUploadedAt: null,
};
const unverified: KeyFindings = {
  ...findings,
  identity: 'unverified',
  identityKeysHere: false,
  backup: backup && { ...backup, trust: 'untrusted' },
  keysHere: 3,
  allUploadedAt: null,
};

const found: Partial<Readonly<Record<KeyState, KeyFindings>>> = {
  needs_setup: nothing,
  needs_restore: unverified,
  needs_verification: { ...unverified, storage: null },
  backup_changed: {
    ...findings,
    backup: backup && {
      ...backup,
      version: '4',
      keys: 12,
      trust: 'untrusted',
      madeBy: { deviceId: 'OLDPHONE', name: 'Mira’s old phone' },
      replacedAt: checkedAt,
    },
  },
  backup_untrusted: {
    ...findings,
    backup: backup && { ...backup, trust: 'untrusted', madeBy: null },
  },
  secrets_incomplete: {
    ...findings,
    storage: findings.storage && { ...findings.storage, holdsBackupKey: false },
  },
  disabled_by_user: { ...findings, backup: null },
  reset_required: {
    ...findings,
    storage: findings.storage && { ...findings.storage, holdsBackupKey: false },
    backup: backup && { ...backup, trust: 'untrusted', madeBy: null },
  },
};

const unknown = {
  storage: {
    storage: {
      keyId: 'eStNIhxrvr4zx1XBEed9kPwHNx7iOCR8',
      holdsBackupKey: false,
      holdsIdentity: false,
      understood: false,
    },
  },
  backup: {
    backup: backup && {
      ...backup,
      algorithm: 'm.megolm_backup.v2',
      trust: 'untrusted',
      madeBy: null,
      understood: false,
    },
  },
} as const satisfies Readonly<Record<string, Partial<KeyFindings>>>;

/** The health in a state that something has led to which this version does not know. */
export function notUnderstood(
  what: 'storage' | 'backup' | 'both',
  state: KeyState,
  more: Partial<KeyHealth> = {},
): KeyHealth {
  const found = {
    ...findings,
    ...(what !== 'backup' && unknown.storage),
    ...(what !== 'storage' && unknown.backup),
  };
  return healthIn(state, { findings: found, ...more });
}

const waiting: Partial<Readonly<Record<KeyState, number | null>>> = {
  unknown: null,
  uploading: 37,
  needs_setup: 38,
  backup_changed: 412,
  backup_untrusted: 412,
  disabled_by_user: 412,
  reset_required: 412,
};

export const keyStates = Object.keys(ways) as readonly KeyState[];

export function healthIn(state: KeyState, more: Partial<KeyHealth> = {}): KeyHealth {
  const [repair, otherwise] = ways[state];
  return {
    ...keyHealth,
    state,
    pendingKeys: waiting[state] === undefined ? keyHealth.pendingKeys : waiting[state],
    repair,
    otherwise,
    findings: found[state] ?? findings,
    snapshotAt: checkedAt - 20 * 3_600_000,
    switchedOff: state === 'disabled_by_user',
    problem: state === 'unknown' ? 'offline' : null,
    ...more,
  };
}
