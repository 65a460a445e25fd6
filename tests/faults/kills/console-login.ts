/** An account's own access to the server, by plain requests: what the app says is not believed. */
import { z } from 'zod';
import type { RegisteredUser } from '../../support/homeserver/homeserver';

const login = z.object({ access_token: z.string() });
const createdRoom = z.object({ room_id: z.string() });
const page = z.object({
  chunk: z.array(z.looseObject({ type: z.string() })),
  end: z.string().optional(),
});

export class ConsoleLogin {
  readonly user: RegisteredUser;
  readonly #baseUrl: string;
  readonly #token: string;

  private constructor(baseUrl: string, user: RegisteredUser, token: string) {
    this.#baseUrl = baseUrl;
    this.user = user;
    this.#token = token;
  }

  static async open(baseUrl: string, user: RegisteredUser): Promise<ConsoleLogin> {
    const answer = await request(baseUrl, null, 'POST', '/login', {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: user.userId },
      password: user.password,
    });
    return new ConsoleLogin(baseUrl, user, login.parse(answer).access_token);
  }

  /** @throws where the server answers anything but 2xx */
  ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return request(this.#baseUrl, this.#token, method, path, body);
  }

  async createEncryptedRoom(invite: readonly string[] = []): Promise<string> {
    const answer = await this.ask('POST', '/createRoom', {
      preset: 'private_chat',
      invite,
      initial_state: [
        {
          type: 'm.room.encryption',
          state_key: '',
          content: { algorithm: 'm.megolm.v1.aes-sha2' },
        },
      ],
    });
    return createdRoom.parse(answer).room_id;
  }

  /** All events of a room, newest first. */
  async eventsOf(roomId: string): Promise<readonly Record<string, unknown>[]> {
    const events: Record<string, unknown>[] = [];
    let from: string | undefined = '';
    while (from !== undefined) {
      const query = new URLSearchParams({ dir: 'b', limit: '500', ...(from && { from }) });
      const path = `/rooms/${encodeURIComponent(roomId)}/messages?${query.toString()}`;
      const { chunk, end } = page.parse(await this.ask('GET', path));
      events.push(...chunk);
      from = end;
    }
    return events;
  }

  /** Signs a device out, so that an account used for many sign-ins stays small. */
  async removeDevice(deviceId: string): Promise<void> {
    const { userId, password } = this.user;
    const identifier = { type: 'm.id.user', user: userId };
    await this.ask('POST', '/delete_devices', {
      devices: [deviceId],
      auth: { type: 'm.login.password', identifier, password },
    });
  }
}

async function request(
  baseUrl: string,
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${baseUrl}/_matrix/client/v3${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new Error(`${method} ${path}: ${String(response.status)} ${JSON.stringify(answer)}`);
}
