/** @see https://spec.matrix.org/latest/client-server-api/#client-config */
import { ClientEvent, Method, type MatrixClient, type MatrixEvent } from 'matrix-js-sdk';
import type { z } from 'zod';
import type { Homeserver } from './homeserver';
import { serverFailure } from './server-failure';

/**
 * The account's data as the server has it now. The SDK's copy may be older than a decision that
 * rests on it, or not there yet.
 */
/** What syncing told of one type, in its order. */
export interface Told {
  /** The first one is what was told last before; null where nothing was. */
  readonly contents: readonly unknown[];
  readonly stop: () => void;
}

export class AccountData {
  readonly #homeserver: Homeserver;
  readonly #client: MatrixClient;

  constructor(homeserver: Homeserver, client: MatrixClient) {
    this.#homeserver = homeserver;
    this.#client = client;
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

  /** Collects what syncing tells of it. */
  follow(type: string): Told {
    const last = this.#client.store.getAccountData(type);
    const contents: unknown[] = [last?.getContent() ?? null];
    const note = (event: MatrixEvent): void => {
      if (event.getType() === type) contents.push(event.getContent());
    };
    this.#client.on(ClientEvent.AccountData, note);
    return { contents, stop: () => void this.#client.off(ClientEvent.AccountData, note) };
  }

  #path(type: string): string {
    const userId = this.#client.getSafeUserId();
    return `/user/${encodeURIComponent(userId)}/account_data/${encodeURIComponent(type)}`;
  }
}
