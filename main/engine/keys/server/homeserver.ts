/**
 * The few endpoints that key management asks itself, because matrix-js-sdk answers "none" where the
 * truth is "not reached". `null` here always is the server's own word (M_NOT_FOUND).
 */
import { ClientPrefix, MatrixError, Method, type MatrixClient } from 'matrix-js-sdk';
import type { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import { serverFailure } from './server-failure';

export type Query = Readonly<Record<string, string>>;

export interface Homeserver {
  /** @throws {HoldfastError} for every answer but a valid one and "not found" */
  find<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    query?: Query,
  ): Promise<z.output<Schema> | null>;
  /** Sends JSON text. @throws {MatrixError} as the server answered, {HoldfastError} otherwise */
  send(method: Method, path: string, json: string, query?: Query): Promise<string>;
}

/** Milliseconds; a large room's keys on a slow line take their time. */
const answerWithinMs = 120_000;

export function homeserverOf(client: MatrixClient, stopped: AbortSignal): Homeserver {
  const options = {
    prefix: ClientPrefix.V3,
    localTimeoutMs: answerWithinMs,
    abortSignal: stopped,
  };
  return {
    async find(path, schema, query = {}) {
      let answer: unknown;
      try {
        answer = await client.http.authedRequest(
          Method.Get,
          path,
          { ...query },
          undefined,
          options,
        );
      } catch (error) {
        if (isNotFound(error)) return null;
        throw serverFailure(error);
      }
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      throw new HoldfastError('server_error', 'Answer not understood');
    },
    async send(method, path, json, query = {}) {
      try {
        const headers = { 'content-type': 'application/json', accept: 'application/json' };
        return await client.http.authedRequest<string>(method, path, { ...query }, json, {
          ...options,
          headers,
          json: false,
        });
      } catch (error) {
        throw error instanceof MatrixError ? error : serverFailure(error);
      }
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof MatrixError && error.errcode === 'M_NOT_FOUND';
}
