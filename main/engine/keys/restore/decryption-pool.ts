import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HoldfastError } from '../../../holdfast-error';
import { releaseBytes } from '../../../link/release-bytes';
import { openDecryptor, type SessionDecryptor } from './decrypt-session';
import { decryptSlice, type DecryptedSlice } from './decrypt-slice';
import type { FromThread, ToThread } from './decryption-thread';

const mostThreads = 4;
/** Megabytes: a thread holds a few slices, and must not save up garbage for long. */
const heapLimits = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 };

interface Job extends PromiseWithResolvers<DecryptedSlice> {
  readonly members: Uint8Array;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

/**
 * Threads that decrypt sessions while the engine imports others. What a thread that ended has left
 * undone, and everything where none can start, is decrypted here: slower, and nothing is lost.
 */
export class DecryptionPool {
  /** On this thread, for a few sessions in a hurry. */
  readonly decryptor: SessionDecryptor;
  readonly #threads = new Set<Thread>();
  #lastJob = 0;

  private constructor(decryptor: SessionDecryptor, script: URL | null, privateKey: Uint8Array) {
    this.decryptor = decryptor;
    if (script === null) return;
    const count = Math.min(Math.max(availableParallelism() - 1, 1), mostThreads);
    for (let index = 0; index < count; index += 1) this.#startThread(script, privateKey);
  }

  /**
   * Wipes the key: each thread has its own copy, and wipes it as well.
   *
   * @param script the threads'; null where there are none
   */
  static async open(script: URL | null, privateKey: Uint8Array): Promise<DecryptionPool> {
    try {
      return new DecryptionPool(await openDecryptor(privateKey), script, privateKey);
    } finally {
      privateKey.fill(0);
    }
  }

  /**
   * @param members the pool's from now on: their memory is given back
   * @throws {HoldfastError} `server_error` where the slice is not what a homeserver sends
   */
  async decrypt(members: Uint8Array): Promise<DecryptedSlice> {
    try {
      return await this.#decrypt(members);
    } finally {
      releaseBytes(members);
    }
  }

  async #decrypt(members: Uint8Array): Promise<DecryptedSlice> {
    let idlest: Thread | null = null;
    for (const thread of this.#threads) {
      if (idlest === null || thread.jobs.size < idlest.jobs.size) idlest = thread;
    }
    if (idlest === null) return this.#decryptHere(members);
    const id = ++this.#lastJob;
    const job: Job = { ...Promise.withResolvers<DecryptedSlice>(), members };
    idlest.jobs.set(id, job);
    // A copy, which costs little: where the thread ends, they are still here.
    idlest.worker.postMessage({ id, members } satisfies ToThread);
    return job.promise;
  }

  /** Ends the threads, and with them their keys. */
  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const { jobs } of threads) {
      for (const job of jobs.values()) job.reject(new HoldfastError('cancelled', 'It was stopped'));
    }
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #startThread(script: URL, privateKey: Uint8Array): void {
    const worker = new Worker(script, { name: 'decryption', resourceLimits: heapLimits });
    const thread: Thread = { worker, jobs: new Map() };
    this.#threads.add(thread);
    worker.on('message', ({ id, decrypted }: FromThread) => {
      const job = thread.jobs.get(id);
      thread.jobs.delete(id);
      if (decrypted === null) job?.reject(notUnderstood());
      else job?.resolve(decrypted);
    });
    // 'exit' follows, and is where we act.
    worker.on('error', () => undefined);
    worker.on('exit', () => this.#threadEnded(thread));
    const copy = Uint8Array.from(privateKey);
    worker.postMessage({ privateKey: copy } satisfies ToThread, [copy.buffer]);
  }

  #threadEnded(thread: Thread): void {
    if (!this.#threads.delete(thread)) return;
    for (const { members, resolve, reject } of thread.jobs.values()) {
      this.#decrypt(members).then(resolve, reject);
    }
  }

  #decryptHere(members: Uint8Array): DecryptedSlice {
    try {
      return decryptSlice(members, this.decryptor);
    } catch (cause) {
      throw notUnderstood(cause);
    }
  }
}

function notUnderstood(cause?: unknown): HoldfastError {
  return new HoldfastError('server_error', 'Sessions not understood', {}, { cause });
}
