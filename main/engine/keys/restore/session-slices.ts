/**
 * Cuts the answer of a key backup into pieces while it arrives, so that a backup of any size never
 * lies in memory as a whole. Only the frame is read here: what a session holds is for whoever takes
 * the piece.
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3room_keyskeys
 */
import { HoldfastError } from '../../../holdfast-error';
import { releaseBytes } from '../../../link/release-bytes';

/** Some sessions of a room. */
export interface SessionSlice {
  /** Null in the answer for one room. */
  readonly roomId: string | null;
  /** Members of a JSON object by session id, without the braces around them. */
  readonly members: Uint8Array<ArrayBuffer>;
  /** No more sessions of this room follow. */
  readonly last: boolean;
}

/** `room`: `{sessions}`, the answer for one room. `backup`: `{rooms: {<id>: {sessions}}}`. */
export type AnswerShape = 'room' | 'backup';

/** Sessions a slice holds at most. */
const sliceSessions = 100;
/** Bytes of a slice at most: no server has sessions as large as that, and no memory is endless. */
const sliceBytes = 16 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;

export class SessionSlices {
  readonly #shape: AnswerShape;
  /** How deep the objects lie whose members are sessions. */
  readonly #sessionsDepth: number;
  /** What is still needed of the bytes that are held. */
  #text: Buffer = Buffer.alloc(0);
  #held: Uint8Array = new Uint8Array(0);
  #at = 0;
  #depth = 0;
  /** Where the string or the slice begins that is being read. */
  #stringFrom: number | null = null;
  #sliceFrom: number | null = null;
  #members = 0;
  #lastString = '';
  readonly #names: string[] = [];
  #ended = false;
  #found = false;

  constructor(shape: AnswerShape) {
    this.#shape = shape;
    this.#sessionsDepth = shape === 'room' ? 2 : 4;
  }

  /**
   * @param chunk nobody else's any more: its memory is given back
   * @throws {HoldfastError} `server_error` where this can't be such an answer
   */
  push(chunk: Uint8Array): SessionSlice[] {
    const slices: SessionSlice[] = [];
    this.#hold(chunk);
    while (this.#at < this.#text.length) {
      if (this.#stringFrom === null) this.#readByte(slices);
      else this.#readString(this.#stringFrom);
    }
    this.#forget();
    return slices;
  }

  /** @throws {HoldfastError} `server_error` where the answer has broken off */
  end(): void {
    releaseBytes(this.#held);
    const isWhole = this.#ended && (this.#found || this.#shape === 'backup');
    if (!isWhole) throw notUnderstood('The answer breaks off');
  }

  /** It is only copied where something comes before it. */
  #hold(chunk: Uint8Array): void {
    const before = this.#held;
    if (this.#text.length === 0) {
      this.#held = chunk;
    } else {
      this.#held = new Uint8Array(this.#text.length + chunk.length);
      this.#held.set(this.#text);
      this.#held.set(chunk, this.#text.length);
      releaseBytes(chunk);
    }
    const { buffer, byteOffset, length } = this.#held;
    this.#text = Buffer.from(buffer, byteOffset, length);
    releaseBytes(before);
  }

  #readByte(slices: SessionSlice[]): void {
    const byte = this.#text[this.#at];
    switch (byte) {
      case quote:
        this.#stringFrom = this.#at;
        break;
      case 0x7b: // {
      case 0x5b: // [
        this.#enter(byte);
        break;
      case 0x7d: // }
      case 0x5d: // ]
        this.#leave(slices);
        break;
      case 0x3a: // :
        if (this.#sliceFrom === null) this.#names[this.#depth] = this.#lastString;
        break;
      case 0x2c: // ,
        this.#memberEnded(slices);
        break;
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
        break;
      default:
        if (this.#depth === 0) throw notUnderstood('Not a JSON object');
    }
    this.#at += 1;
  }

  #readString(from: number): void {
    const end = this.#text.indexOf(quote, Math.max(this.#at, from + 1));
    if (end === -1) {
      this.#at = this.#text.length;
      return;
    }
    this.#at = end + 1;
    let before = end - 1;
    while (before > from && this.#text[before] === backslash) before -= 1;
    // An odd number of backslashes: the quote belongs to the string.
    if ((end - 1 - before) % 2 === 1) return;
    if (this.#sliceFrom === null) this.#lastString = this.#text.toString('utf8', from, end + 1);
    this.#stringFrom = null;
  }

  #enter(byte: number): void {
    if (this.#depth === 0 && (byte !== 0x7b || this.#ended)) throw notUnderstood('Not an object');
    this.#depth += 1;
    if (this.#sliceFrom !== null || !this.#holdsSessions()) return;
    this.#sliceFrom = this.#at + 1;
    this.#members = 0;
    this.#found = true;
  }

  #holdsSessions(): boolean {
    if (this.#depth !== this.#sessionsDepth) return false;
    const names = this.#names;
    if (this.#shape === 'room') return names[1] === '"sessions"';
    return names[1] === '"rooms"' && names[3] === '"sessions"';
  }

  #leave(slices: SessionSlice[]): void {
    if (this.#sliceFrom !== null && this.#depth === this.#sessionsDepth) {
      slices.push(this.#slice(this.#sliceFrom, true));
      this.#sliceFrom = null;
    }
    this.#depth -= 1;
    if (this.#depth < 0) throw notUnderstood('Not JSON');
    this.#ended = this.#depth === 0;
  }

  #memberEnded(slices: SessionSlice[]): void {
    if (this.#sliceFrom === null || this.#depth !== this.#sessionsDepth) return;
    this.#members += 1;
    if (this.#members < sliceSessions) return;
    slices.push(this.#slice(this.#sliceFrom, false));
    this.#sliceFrom = this.#at + 1;
    this.#members = 0;
  }

  #slice(from: number, last: boolean): SessionSlice {
    const roomId = this.#shape === 'room' ? null : parsedName(this.#names[2]);
    const members = new Uint8Array(this.#at - from);
    members.set(this.#text.subarray(from, this.#at));
    return { roomId, members, last };
  }

  /** Lets go of what was handed out. */
  #forget(): void {
    const needed = this.#sliceFrom ?? this.#stringFrom ?? this.#at;
    this.#text = this.#text.subarray(needed);
    if (this.#text.length > sliceBytes) throw notUnderstood('A session too large');
    this.#at -= needed;
    if (this.#sliceFrom !== null) this.#sliceFrom -= needed;
    if (this.#stringFrom !== null) this.#stringFrom -= needed;
  }
}

function parsedName(name: string | undefined): string {
  try {
    return String(JSON.parse(name ?? ''));
  } catch {
    throw notUnderstood('Not JSON');
  }
}

function notUnderstood(why: string): HoldfastError {
  return new HoldfastError('server_error', why);
}
