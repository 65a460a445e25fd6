/**
 * One process for a profile: the first listens on a socket in the profile's folder, a later one
 * hands its arguments over and ends.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyOpenError } from '../already-open';

export interface InstanceLock {
  release(): Promise<void>;
}

/** Longest socket path the kernels in question take, with some room. */
const maxSocketPath = 100;
const maxHandover = 64 * 1024;

/**
 * @throws {AlreadyOpenError} where the profile is open in another process, which was told
 */
export async function lockInstance(
  profileDir: string,
  args: readonly string[],
  onSecondStart: (args: readonly string[]) => void,
): Promise<InstanceLock> {
  const address = await socketAddress(profileDir);
  let server = await listen(address, onSecondStart);
  if (!server) {
    if (await handOver(address, args)) throw new AlreadyOpenError();
    // Nobody answers: what lies there is left from a process that was killed.
    await rm(address, { force: true });
    server = await listen(address, onSecondStart);
  }
  if (!server) throw new AlreadyOpenError();
  const held = server;
  return {
    release: () => new Promise((resolve) => held.close(() => resolve())),
  };
}

async function socketAddress(profileDir: string): Promise<string> {
  const name = createHash('sha256').update(profileDir).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\holdfast-${name}`;
  const folder = join(profileDir, 'shell');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const address = join(folder, 'instance.sock');
  if (Buffer.byteLength(address) <= maxSocketPath) return address;
  return join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `holdfast-${name}.sock`);
}

/** Null where the address is taken. */
function listen(
  address: string,
  onSecondStart: (args: readonly string[]) => void,
): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      let text = '';
      socket.setEncoding('utf8');
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxHandover) socket.destroy();
      });
      socket.on('end', () => {
        socket.end('ok');
        const args = readArgs(text);
        if (args) onSecondStart(args);
      });
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
    server.unref();
  });
}

/** True where a running process took the arguments. */
function handOver(address: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.end(JSON.stringify(args)));
    socket.once('data', () => resolve(true));
    socket.once('close', () => resolve(false));
  });
}

function readArgs(text: string): readonly string[] | null {
  try {
    const args: unknown = JSON.parse(text);
    return Array.isArray(args) && args.every((arg) => typeof arg === 'string') ? args : null;
  } catch {
    return null;
  }
}
