import type { ErrorCode } from '../../preload/errors';
import { HoldfastError } from '../holdfast-error';
import { StoreError } from '../store/store-error';

const codes: Record<StoreError['reason'], ErrorCode> = {
  wrong_key: 'store_key_wrong',
  damaged: 'store_damaged',
  newer_version: 'store_newer',
  disk_full: 'disk_full',
  read_only: 'disk_read_only',
  in_use: 'store_in_use',
  io: 'disk_error',
};

/** The code whose sentence people read. */
export function storeErrorCode({ reason }: StoreError): ErrorCode {
  return codes[reason];
}

/** Gives the store's errors, which know nothing of people, the code whose sentence people read. */
export function withStoreCode(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const message = 'The store can’t be opened or used';
  return new HoldfastError(storeErrorCode(error), message, {}, { cause: error });
}
