import { Worker } from 'node:worker_threads';
import { decodeText } from '../../files/decode-text';
import { readAtMost } from '../../files/read-at-most';
import { fromBridgeError, HoldfastError } from '../../holdfast-error';
import { fileKindOf } from './file-kind';
import type { FromReadingThread, ToReadingThread } from './reading-thread';

/** Bytes; a photo of a large camera stays below, and the contract lets no more across. */
const maxBytes = 20 * 1024 * 1024;
/** Bytes; a saved recovery key is below 4 KiB, so a much larger text is another one. */
const maxTextBytes = 65_536;
const heapLimits = { maxOldGenerationSizeMb: 512 };
const lookEveryMs = 50;

export interface ReadingLimits {
  /** Milliseconds; a large photo takes a few seconds on a slow computer. */
  readonly giveUpAfterMs: number;
  /** Bytes by which this process may grow: what is unpacked does not lie on the thread's heap. */
  readonly mostGrowth: number;
}

const usualLimits: ReadingLimits = { giveUpAfterMs: 30_000, mostGrowth: 1_500_000_000 };

/** Reads files that people choose: the recovery key in one, or the QR code in a picture. */
export class SheetReader {
  readonly #thread: URL;
  readonly #limits: ReadingLimits;

  /** @param thread the script of {@link ToReadingThread}'s thread */
  constructor(thread: URL, limits = usualLimits) {
    this.#thread = thread;
    this.#limits = limits;
  }

  /** @throws {HoldfastError} what {@link readBytes} and the disk say */
  async readFile(path: string): Promise<string> {
    return this.readBytes(await readAtMost(path, maxBytes));
  }

  /**
   * A text as it is, to be judged by who knows what is looked for; out of everything else the key.
   *
   * @param bytes wiped
   * @throws {HoldfastError} `key_not_found`; `file_damaged`, `file_locked`, `file_unknown`,
   *   `file_too_large`
   */
  async readBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    try {
      if (bytes.length === 0) throw new HoldfastError('file_damaged', 'The file is empty');
      const kind = fileKindOf(bytes);
      if (kind === 'unknown') throw new HoldfastError('file_unknown', 'Neither PDF nor picture');
      if (kind !== 'text') {
        const reply = await this.#readOnThread({ wanted: 'key', bytes: bytes.slice(), kind });
        if ('key' in reply) return reply.key;
        throw new HoldfastError('key_not_found', 'The thread answered with something else');
      }
      if (bytes.length <= maxTextBytes) return decodeText(bytes);
      throw new HoldfastError('key_not_found', 'The text is too long');
    } finally {
      bytes.fill(0);
    }
  }

  /** @throws {HoldfastError} what {@link readCode} and the disk say */
  async readCodeFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.readCode(await readAtMost(path, maxBytes));
  }

  /**
   * The bytes of the QR code in a picture.
   *
   * @throws {HoldfastError} `code_not_found`; `file_damaged`, `file_too_large`
   */
  async readCode(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const kind = fileKindOf(bytes);
    if (kind !== 'png' && kind !== 'jpeg') {
      throw new HoldfastError('code_not_found', 'Not a picture that can be read');
    }
    const reply = await this.#readOnThread({ wanted: 'code', bytes: bytes.slice(), kind });
    if ('code' in reply) return reply.code;
    throw new HoldfastError('code_not_found', 'The thread answered with something else');
  }

  async #readOnThread(
    file: ToReadingThread,
  ): Promise<Exclude<FromReadingThread, { readonly error: unknown }>> {
    const { promise, resolve, reject } =
      Promise.withResolvers<Exclude<FromReadingThread, { readonly error: unknown }>>();
    const worker = new Worker(this.#thread, {
      name: 'sheet',
      resourceLimits: heapLimits,
      // What the decoders say of a file could quote from it.
      stdout: true,
      stderr: true,
    });
    const giveUp = (why: string): void => reject(new HoldfastError('file_damaged', why));
    worker.once('message', (reply: FromReadingThread) => {
      if ('error' in reply) reject(fromBridgeError(reply.error));
      else resolve(reply);
    });
    worker.once('error', () => giveUp('Reading the file failed'));
    worker.once('exit', () => giveUp('Reading the file ended without an answer'));
    worker.postMessage(file, [file.bytes.buffer]);

    const timer = setTimeout(
      () => giveUp('Reading the file took too long'),
      this.#limits.giveUpAfterMs,
    );
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => {
      const growth = process.memoryUsage.rss() - before;
      if (growth > this.#limits.mostGrowth) giveUp('The file takes too much memory');
    }, lookEveryMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      await worker.terminate();
    }
  }
}
