/** The store in a process of its own, which a test can kill. */
import { buildSync } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../../../..');

const SCRIPT = `
import { openProfileStore } from './main/store/profile-store';
const [, , folder, key] = process.argv;
try {
  const store = openProfileStore(folder, Buffer.from(key, 'hex'));
  process.stdout.write('open\\n');
  let n = 0;
  const { indexedDB } = store.crypto;
  const request = indexedDB.open('kill', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('s');
  request.onsuccess = () => {
    const write = () => {
      const transaction = request.result.transaction('s', 'readwrite');
      n += 1;
      // Both or neither must be found again.
      transaction.objectStore('s').put(n, 'first');
      transaction.objectStore('s').put(n, 'second');
      const written = n;
      transaction.oncomplete = () => {
        store.crypto.records.set('n', written);
        process.stdout.write('wrote ' + written + '\\n', write);
      };
    };
    write();
  };
} catch (error) {
  process.stdout.write('failed ' + error.reason + '\\n');
}
`;

/** One script each: one that is just being read must not be written anew. */
let started = 0;

export interface ProfileProcess {
  readonly child: ChildProcess;
  /** Resolves with the first line, from now on, that begins with `prefix`. */
  line(prefix: string): Promise<string>;
  /** Ends it as a power cut would, and resolves with the last line it wrote. */
  kill(): Promise<string>;
}

/** Starts a process that opens the profile and writes to it, one transaction after the other. */
export function startProfileProcess(profileDir: string, storeKey: Uint8Array): ProfileProcess {
  const folder = resolve(root, 'node_modules/.cache/holdfast-tests');
  mkdirSync(folder, { recursive: true });
  const outfile = resolve(folder, `profile-process-${process.pid}-${(started += 1)}.mjs`);
  buildSync({
    stdin: { contents: SCRIPT, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  });
  const child = spawn(
    process.execPath,
    [outfile, profileDir, Buffer.from(storeKey).toString('hex')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  let last = '';
  lines.on('line', (line) => (last = line));
  return {
    child,
    line: (prefix) =>
      new Promise((found) => {
        const look = (line: string): void => {
          if (!line.startsWith(prefix)) return;
          lines.off('line', look);
          found(line);
        };
        lines.on('line', look);
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
      return last;
    },
  };
}
