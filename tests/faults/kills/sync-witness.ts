/** Sees which events the app has confirmed: a sync request with a token confirms all before it. */
import { z } from 'zod';
import type { Egress } from '../../../main/egress/egress';
import type { RawEvent } from './app-messages';

const encryptedEvent = z.looseObject({
  event_id: z.string(),
  sender: z.string(),
  type: z.literal('m.room.encrypted'),
  content: z.record(z.string(), z.unknown()),
});
const syncAnswer = z.object({
  next_batch: z.string(),
  rooms: z
    .object({
      join: z
        .record(z.string(), z.object({ timeline: z.object({ events: z.array(z.unknown()) }) }))
        .optional(),
    })
    .optional(),
});

export function witnessSync(
  egress: Egress,
  confirmed: (events: readonly RawEvent[]) => void,
): Egress {
  const given = new Map<string, readonly RawEvent[]>();
  return async (request, signal) => {
    const url = new URL(request.url);
    if (!url.pathname.endsWith('/sync')) return egress(request, signal);
    const since = url.searchParams.get('since') ?? '';
    const events = given.get(since);
    if (events !== undefined && events.length > 0) confirmed(events);
    given.delete(since);
    const response = await egress(request, signal);
    if (response.status === 200) {
      const { next_batch: token, rooms } = syncAnswer.parse(
        JSON.parse(Buffer.from(response.body).toString('utf8')),
      );
      given.set(
        token,
        Object.entries(rooms?.join ?? {}).flatMap(([roomId, { timeline }]) =>
          timeline.events.flatMap((event) => {
            const parsed = encryptedEvent.safeParse(event);
            return parsed.success ? [{ ...parsed.data, room_id: roomId }] : [];
          }),
        ),
      );
    }
    return response;
  };
}
