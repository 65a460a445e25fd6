/**
 * A server may end a device's access without forgetting the device. Signing in again as the same
 * device keeps its keys in use.
 * @see https://spec.matrix.org/latest/client-server-api/#soft-logout
 */
import type { MatrixError } from 'matrix-js-sdk';
import { z } from 'zod';
import type { KeyValueTable } from '../../store/profile-store';

const key = 'soft-logout';

const softLogout = z.object({ userId: z.string(), deviceId: z.string(), baseUrl: z.string() });

/** The device that may be taken up again. */
export type SoftLogout = z.infer<typeof softLogout>;

/** Notes the device where `error` says that the server still knows it. */
export function rememberSoftLogout(
  records: KeyValueTable,
  { userId, deviceId, baseUrl }: SoftLogout,
  error: MatrixError,
): void {
  if (error.data['soft_logout'] === true) records.set(key, { userId, deviceId, baseUrl });
  else records.delete(key);
}

export function readSoftLogout(records: KeyValueTable): SoftLogout | null {
  return softLogout.safeParse(records.get(key)).data ?? null;
}

export function forgetSoftLogout(records: KeyValueTable): void {
  records.delete(key);
}
