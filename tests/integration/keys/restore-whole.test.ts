/** Restoring many rooms: the first one by one, the others as the server hands the whole backup out. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { makeKeyBackup, type KeyBackup } from '../../support/backup/make-key-backup';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { matrixError, type InterceptedRequest } from '../../support/engine/test-fetch';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { clientOf, until } from './conversation';

const rooms = 40;
const keys = 800;
const allKeys = { imported: keys, total: keys, failed: 0, failedRooms: [] };

let user: RegisteredUser;
let backup: KeyBackup;
const running = new Set<TestEngine>();

beforeAll(async () => {
  const homeserver = await sharedHomeserver();
  user = await homeserver.registerUser(uniqueName('ada'));
  backup = await makeKeyBackup({ homeserver, account: user, keys, rooms, joined: rooms - 1 });
});
afterEach(async () => {
  await Promise.all([...running].map((engine) => engine.stop()));
  running.clear();
});
afterAll(removeProfiles);

interface Asked {
  /** In the order of asking. */
  readonly rooms: string[];
  whole: number;
}

interface Answers {
  readonly room: (nth: number, onward: () => Promise<Response>) => Promise<Response>;
  readonly whole: (onward: () => Promise<Response>) => Promise<Response>;
}

/** A new device that knows its rooms, and what it asks for from then on. */
async function device(answers: Answers): Promise<{ desktop: TestEngine; asked: Asked }> {
  const desktop = await startEngine({ signIn: { homeserver: await sharedHomeserver(), user } });
  running.add(desktop);
  const client = clientOf(desktop);
  const known = (): number =>
    client.getRooms().filter((room) => room.hasEncryptionStateEvent()).length;
  await until(client, () => known() === rooms - 1);
  const asked: Asked = { rooms: [], whole: 0 };
  desktop.intercept(async ({ method, url }: InterceptedRequest, onward) => {
    const [, of] = /\/room_keys\/keys(\/[^/]+)?$/.exec(url.pathname) ?? [];
    if (method !== 'GET' || !url.pathname.includes('/room_keys/keys')) return onward();
    if (of === undefined) {
      asked.whole += 1;
      return answers.whole(onward);
    }
    return answers.room(asked.rooms.push(decodeURIComponent(of.slice(1))), onward);
  });
  return { desktop, asked };
}

const eachRoomPlainly: Answers['room'] = (_nth, onward) => onward();

/**
 * The whole is asked for when the first room is here, while the second one is under way already; the
 * third one waits until it has arrived.
 */
function thirdRoomLast(): {
  readonly room: Answers['room'];
  /** Resolves once the third room was asked for. */
  readonly third: Promise<void>;
  readonly wholeIsComing: () => void;
} {
  const third = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  return {
    room: async (nth, onward) => {
      if (nth === 3) {
        third.resolve();
        await arrived.promise;
      }
      return onward();
    },
    third: third.promise,
    // Whoever takes the answer does so before the next turn.
    wholeIsComing: () => void setImmediate(arrived.resolve),
  };
}

async function restored(desktop: TestEngine): Promise<unknown> {
  await desktop.call('restore.begin', { secret: backup.recoveryKey });
  return desktop.restore.waitFor(({ step }) => step === 'done');
}

describe('a backup of many rooms', () => {
  it('comes at once, after the rooms that came while the server prepared it', async () => {
    const { room, third, wholeIsComing } = thirdRoomLast();
    const { desktop, asked } = await device({
      room,
      whole: async (onward) => {
        const answer = await onward();
        await third;
        wholeIsComing();
        return answer;
      },
    });
    expect(await restored(desktop)).toEqual({ step: 'done', ...allKeys });
    expect(asked.whole).toBe(1);
    expect(asked.rooms).toHaveLength(3);
  });

  it('comes room by room where the server can’t hand it out as a whole', async () => {
    const { desktop, asked } = await device({
      room: eachRoomPlainly,
      whole: (onward) =>
        asked.rooms.length < rooms - 1
          ? Promise.resolve(matrixError(504, 'M_UNKNOWN'))
          : // The room that was left is known to nobody else.
            onward(),
    });
    expect(await restored(desktop)).toEqual({ step: 'done', ...allKeys });
    expect(asked.whole).toBe(2);
    expect(new Set(asked.rooms)).toEqual(new Set(backup.rooms.slice(0, rooms - 1)));
    expect(asked.rooms).toHaveLength(rooms - 1);
  });

  it('goes on room by room where the answer breaks off', async () => {
    const { room, third, wholeIsComing } = thirdRoomLast();
    const doneByRooms = Promise.withResolvers<number>();
    const { desktop, asked } = await device({
      room,
      whole: async (onward) => {
        const answer = await onward();
        if (asked.whole > 1) {
          const { value } = desktop.restore;
          doneByRooms.resolve(value.step === 'restoring' ? value.done : 0);
          return answer;
        }
        const broken = Promise.reject(new TypeError('fetch failed'));
        broken.catch(() => undefined);
        const text = await answer.text();
        await third;
        wholeIsComing();
        return inTwo(text, 0.25, broken);
      },
    });
    expect(await restored(desktop)).toEqual({ step: 'done', ...allKeys });
    // Asked for once more only for the room that was left.
    expect(await doneByRooms.promise).toBe((keys / rooms) * (rooms - 1));
    // Some rooms came with what arrived of it, and none was fetched twice.
    expect(asked.rooms.length).toBeGreaterThan(3);
    expect(asked.rooms.length).toBeLessThan(rooms - 1);
    expect(new Set(asked.rooms).size).toBe(asked.rooms.length);
  });

  it('does not keep a room waiting that comes on screen meanwhile', async () => {
    const { room, third, wholeIsComing } = thirdRoomLast();
    const goOn = Promise.withResolvers<void>();
    const last = Promise.withResolvers<string>();
    const { desktop, asked } = await device({
      room,
      whole: async (onward) => {
        const text = await (await onward()).text();
        const { rooms: inBackup } = JSON.parse(text) as { readonly rooms: object };
        await third;
        const known = [...asked.rooms, backup.rooms.at(-1)];
        last.resolve(Object.keys(inBackup).findLast((id) => !known.includes(id))!);
        wholeIsComing();
        return inTwo(text, 0.5, goOn.promise);
      },
    });
    await desktop.call('restore.begin', { secret: backup.recoveryKey });
    await desktop.restore.waitFor((state) => state.step === 'restoring' && state.done > 100);
    const opened = await last.promise;
    desktop.engine.session.timelines.items(opened as RoomId).subscribe(() => undefined);
    goOn.resolve();
    expect(await desktop.restore.waitFor(({ step }) => step === 'done')).toMatchObject(allKeys);
    expect(asked.rooms).toHaveLength(4);
    expect(asked.rooms.at(-1)).toBe(opened);
  });
});

/** What is left after the first part of it comes, or breaks off, when `goOn` is settled. */
function inTwo(text: string, part: number, goOn: Promise<void>): Response {
  const bytes = new TextEncoder().encode(text);
  const middle = Math.floor(bytes.length * part);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (half === 0) {
          controller.enqueue(bytes.slice(0, middle));
        } else {
          await goOn;
          controller.enqueue(bytes.slice(middle));
          controller.close();
        }
        half += 1;
      },
    },
    { highWaterMark: 0 },
  );
  let half = 0;
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
