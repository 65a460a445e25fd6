/**
 * The server's side of a dehydrated device: a device of the account that nobody uses, and that keys
 * are sent to while the person is signed out everywhere.
 * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3814
 */
import { MatrixError, Method, type MatrixClient } from 'matrix-js-sdk';
import { z } from 'zod';
import { HoldfastError } from '../../holdfast-error';
import { serverFailure } from '../keys/server/server-failure';

const prefix = '/_matrix/client/unstable/org.matrix.msc3814.v1';
const path = '/dehydrated_device';
const localTimeoutMs = 60_000;

const dehydratedDevice = z.object({ device_id: z.string(), device_data: z.unknown() });
const eventPage = z.object({ events: z.array(z.unknown()), next_batch: z.string().optional() });
const uploaded = z.object({ device_id: z.string() });

export type DehydratedDevice = z.infer<typeof dehydratedDevice>;

export class DehydratedDeviceServer {
  readonly #client: MatrixClient;
  readonly #stopped: AbortSignal;

  constructor(client: MatrixClient, stopped: AbortSignal) {
    this.#client = client;
    this.#stopped = stopped;
  }

  /**
   * Null where the server says that there is none, `unsupported` where it knows no such thing.
   *
   * @throws {HoldfastError} what the network says
   */
  async find(): Promise<DehydratedDevice | 'unsupported' | null> {
    try {
      return await this.#ask(Method.Get, path, dehydratedDevice);
    } catch (error) {
      const code = error instanceof MatrixError ? error.errcode : undefined;
      if (code === 'M_NOT_FOUND') return null;
      if (code === 'M_UNRECOGNIZED') return 'unsupported';
      throw serverFailure(error);
    }
  }

  /**
   * What was sent to the device, page by page.
   *
   * @throws {HoldfastError} what the network says
   */
  async *events(deviceId: string): AsyncGenerator<readonly unknown[]> {
    const of = `${path}/${encodeURIComponent(deviceId)}/events`;
    let from: string | undefined;
    for (;;) {
      const query = from === undefined ? {} : { from };
      const page = await this.#ask(Method.Get, of, eventPage, query).catch((error: unknown) => {
        throw serverFailure(error);
      });
      if (page.events.length > 0) yield page.events;
      // A server that repeats itself has no more to give.
      if (page.next_batch === undefined || page.next_batch === from) return;
      from = page.next_batch;
    }
  }

  /**
   * Puts a device in the place of the one that is there, if any: what was sent to that one is gone.
   *
   * @param json the crypto library's request
   * @returns its id
   * @throws {HoldfastError} what the network says
   */
  async replace(json: string): Promise<string> {
    const body = JSON.parse(json) as Record<string, unknown>;
    const answer = await this.#ask(Method.Put, path, uploaded, {}, body).catch((error: unknown) => {
      throw serverFailure(error);
    });
    return answer.device_id;
  }

  async #ask<Schema extends z.ZodType>(
    method: Method,
    of: string,
    schema: Schema,
    query: Record<string, string> = {},
    body?: Record<string, unknown>,
  ): Promise<z.output<Schema>> {
    const options = { prefix, localTimeoutMs, abortSignal: this.#stopped };
    const answer: unknown = await this.#client.http.authedRequest(method, of, query, body, options);
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new HoldfastError('server_error', 'Answer not understood');
    return parsed.data;
  }
}
