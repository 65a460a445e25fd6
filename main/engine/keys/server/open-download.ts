/** Answers too large to wait for: read as they arrive. */
import { ClientPrefix, ConnectionError, MatrixError, type MatrixClient } from 'matrix-js-sdk';
import { parseErrorResponse } from 'matrix-js-sdk/lib/http-api/utils.js';
import { HoldfastError } from '../../../holdfast-error';
import type { Query } from './homeserver';
import { serverFailure } from './server-failure';

export type Download = AsyncGenerator<Uint8Array, void>;

/**
 * The body of an answer while it arrives; null where the server says "not found".
 *
 * @throws {HoldfastError} for every other answer that is no success; reading throws `offline` where
 *   the connection breaks
 */
export async function openDownload(
  client: MatrixClient,
  path: string,
  query: Query,
  signal: AbortSignal,
): Promise<Download | null> {
  const url = client.http.getUrl(path, { ...query }, ClientPrefix.V3);
  const authorization = `Bearer ${client.getAccessToken() ?? ''}`;
  const headers = { authorization, accept: 'application/json' };
  const response = await client.http
    .fetch(url, { headers, signal })
    .catch((error: unknown) => Promise.reject(connectionFailure(error, signal)));
  if (response.ok) return read(response.body, signal);
  const error = parseErrorResponse(response, await response.text().catch(() => ''));
  if (error instanceof MatrixError && error.errcode === 'M_NOT_FOUND') return null;
  throw serverFailure(error);
}

async function* read(
  body: Response['body'],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  try {
    if (body !== null) for await (const chunk of body) yield chunk;
  } catch (error) {
    throw connectionFailure(error, signal);
  }
}

function connectionFailure(error: unknown, signal: AbortSignal): HoldfastError {
  if (signal.aborted) return new HoldfastError('cancelled', 'It was stopped');
  if (error instanceof HoldfastError) return error;
  return serverFailure(new ConnectionError('The connection broke', toError(error)));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
