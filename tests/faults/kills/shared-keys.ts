/**
 * Whether the partner has sent a room key to somebody. Its client does not wait for ever for another
 * one's devices: on a busy machine the very first message of a room can go out without its key ever
 * being sent to a device that the partner knows. Nobody could read that message, killed or not.
 */
import { z } from 'zod';

const body = z.object({ messages: z.record(z.string(), z.record(z.string(), z.unknown())) });
const sent = new Map<string, number>();
let isWatching = false;

/** Watches what this process, in which the partners live, sends from device to device. */
export function watchSharedKeys(): void {
  if (isWatching) return;
  isWatching = true;
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes('/sendToDevice/m.room.encrypted/') || !response.ok) return response;
    if (typeof init?.body !== 'string') return response;
    const { data } = body.safeParse(JSON.parse(init.body));
    for (const userId of Object.keys(data?.messages ?? {})) {
      sent.set(userId, keysSentTo(userId) + 1);
    }
    return response;
  };
}

/** Encrypted messages that were sent to devices of this user so far. */
export function keysSentTo(userId: string): number {
  return sent.get(userId) ?? 0;
}
