import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionSlices, type AnswerShape } from '../../../main/engine/keys/restore/session-slices';

const sessions = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { maxKeys: 250 });
const rooms = fc.dictionary(fc.string({ minLength: 1 }), sessions, { maxKeys: 5 });
/** Where to cut, as shares of the whole. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

interface Read {
  readonly rooms: Record<string, object>;
  readonly ended: number;
}

function read(text: string, at: readonly number[], shape: AnswerShape): Read {
  const bytes = new TextEncoder().encode(text);
  const ends = [...at.map((share) => Math.floor(share * bytes.length)), bytes.length].sort(
    (one, other) => one - other,
  );
  const slices = new SessionSlices(shape);
  const found = new Map<string, object>();
  let ended = 0;
  let from = 0;
  for (const end of ends) {
    for (const { roomId, members, last } of slices.push(bytes.slice(from, end))) {
      const more = JSON.parse(`{${new TextDecoder().decode(members)}}`) as object;
      const name = roomId ?? '';
      // As JSON.parse does it, also for a room called "__proto__".
      found.set(
        name,
        Object.fromEntries([...Object.entries(found.get(name) ?? {}), ...Object.entries(more)]),
      );
      if (last) ended += 1;
    }
    from = end;
  }
  slices.end();
  return { rooms: Object.fromEntries(found), ended };
}

describe('an answer of the backup that arrives in pieces', () => {
  it('gives every session of every room, wherever it is cut', () => {
    fc.assert(
      fc.property(rooms, cuts, (backup, at) => {
        const answer = Object.fromEntries(
          Object.entries(backup).map(([roomId, ofRoom]) => [roomId, { sessions: ofRoom }]),
        );
        const text = JSON.stringify({ etag: '1', rooms: answer, more: { sessions: {} } });
        const { rooms: found, ended } = read(text, at, 'backup');
        expect(JSON.stringify(sorted(found))).toBe(JSON.stringify(sorted(backup)));
        expect(ended).toBe(Object.keys(backup).length);
      }),
    );
  });

  it('gives every session of one room, with whitespace between all', () => {
    fc.assert(
      fc.property(sessions, cuts, (ofRoom, at) => {
        const text = JSON.stringify({ sessions: ofRoom }, null, 2);
        const { rooms: found } = read(text, at, 'room');
        expect(JSON.stringify(sorted(found['']!))).toBe(JSON.stringify(sorted(ofRoom)));
      }),
    );
  });

  it('keeps no memory of what it has handed out', () => {
    const text = JSON.stringify({ sessions: { first: { a: 1 }, second: { b: 2 } } });
    const bytes = new TextEncoder().encode(text);
    const chunks = [bytes.slice(0, 30), bytes.slice(30, 40), bytes.slice(40)];
    const slices = new SessionSlices('room');
    const handedOut = chunks.flatMap((chunk) => slices.push(chunk));
    slices.end();
    expect(chunks.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
    expect(handedOut.map(({ members }) => new TextDecoder().decode(members))).toEqual([
      '"first":{"a":1},"second":{"b":2}',
    ]);
  });

  it('is not taken for whole where it breaks off', () => {
    fc.assert(
      fc.property(sessions, fc.double({ min: 0, max: 0.999, noNaN: true }), (ofRoom, share) => {
        const text = JSON.stringify({ sessions: ofRoom });
        const part = text.slice(0, Math.floor(share * text.length));
        expect(() => read(part, [], 'room')).toThrow();
      }),
    );
  });

  it.each(['<!doctype html><p>Please log in</p>', '[]', '{}', '"sessions"', '{}{}', ''])(
    'is not understood where it is %j',
    (text) => {
      expect(() => read(text, [], 'room')).toThrow(
        expect.objectContaining({ code: 'server_error' }),
      );
    },
  );
});

function sorted(record: object): [string, unknown][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
