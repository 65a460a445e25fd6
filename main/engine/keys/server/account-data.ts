/** @see https://spec.matrix.org/latest/client-server-api/#client-config */
import { Method } from 'matrix-js-sdk';
import type { z } from 'zod';
import type { UserId } from '../../../../preload/model/ids';
import type { Homeserver } from './homeserver';
import { serverFailure } from './server-failure';

/**
 * The account's data as the server has it now. The SDK's copy may be older than a decision that
 * rests on it, or not there yet.
 */
export class AccountData {
  readonly #homeserver: Homeserver;
  readonly #userId: UserId;

  constructor(homeserver: Homeserver, userId: UserId) {
    this.#homeserver = homeserver;
    this.#userId = userId;
  }

  /** Null where the server says that there is none; emptied data (`{}`) is the schema's affair. */
  read<Schema extends z.ZodType>(type: string, schema: Schema): Promise<z.output<Schema> | null> {
    return this.#homeserver.find(this.#path(type), schema);
  }

  async write(type: string, content: object): Promise<void> {
    try {
      await this.#homeserver.send(Method.Put, this.#path(type), JSON.stringify(content));
    } catch (error) {
      throw serverFailure(error);
    }
  }

  #path(type: string): string {
    return `/user/${encodeURIComponent(this.#userId)}/account_data/${encodeURIComponent(type)}`;
  }
}
