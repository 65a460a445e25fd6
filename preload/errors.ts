/**
 * The closed list of errors that cross the bridge. Each code has a sentence in both languages
 * (renderer/i18n) that says what happened and what the person can do.
 */
export const errorCodes = [
  // bridge
  'bad_request',
  'not_allowed',
  'not_ready',
  'cancelled',
  'internal',
  // finding a homeserver
  'server_name_invalid',
  'server_not_found',
  'server_not_matrix',
  'server_certificate',
  'server_insecure',
  'server_unsupported',
  'offline',
  'timeout',
  // signing in
  'wrong_password',
  'account_deactivated',
  'rate_limited',
  'login_unsupported',
  'signed_out_remotely',
  // store and keychain
  'keychain_unavailable',
  'keychain_locked',
  'store_key_missing',
  'store_key_wrong',
  'store_damaged',
  'store_newer',
  'store_in_use',
  'disk_full',
  'disk_read_only',
  'disk_error',
  'passphrase_wrong',
  // key backup
  'phrase_too_weak',
  'phrase_is_password',
  'phrase_mismatch',
  'proof_mismatch',
  'key_mistyped',
  'key_incomplete',
  'key_not_found',
  'key_wrong',
  'phrase_wrong',
  'key_unverifiable',
  'backup_missing',
  'backup_key_mismatch',
  'backup_exists',
  'reauth_required',
  'secrets_not_here',
  'changed_elsewhere',
  'snapshot_locked',
  'old_key_unknown',
  'old_backup_gone',
  'key_current',
  'policy_required',
  'keys_pending',
  'passphrase_too_short',
  // files the person chose
  'file_too_large',
  'file_damaged',
  'file_locked',
  'file_unknown',
  'key_file_unknown',
  'key_file_damaged',
  'key_file_passphrase',
  'verify_own_first',
  'identity_changed',
  'code_not_found',
  'code_wrong',
  'device_gone',
  'devices_needed',
  // rooms
  'room_not_found',
  'already_in_room',
  'forbidden',
  'message_too_long',
  'server_error',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses the bridge; `data` never holds secrets. */
export interface BridgeError {
  readonly code: ErrorCode;
  /** For logs and help desks, in English; people read the i18n sentence of the code. */
  readonly message: string;
  readonly data: ErrorData;
}

/** What a sentence may need to be exact. */
export interface ErrorData {
  /** Milliseconds until it makes sense to try again. */
  readonly retryAfterMs?: number;
  /** The server the error is about, as the person would recognise it. */
  readonly server?: string;
  /** The 1-based groups of a recovery key that look wrong. */
  readonly groups?: readonly number[];
  readonly count?: number;
  /** A file's name without its folder. */
  readonly fileName?: string;
}
