/**
 * What a test of the suite finds in a browser's dedicated worker, as far as Node lacks it: the scope
 * itself, its error events, and the few interfaces of the platform that tests use as tools.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileReader } from './file-reader';
import { standIns } from './platform-stand-ins';

interface ErrorDetails {
  readonly message: string;
  readonly error: unknown;
}

/** Told what the harness posts to the page that started its worker. */
type Receiver = (message: unknown) => void;

/** @returns reports an exception as the platform does: as an `error` event at the scope */
export function installWorkerScope(
  checkout: string,
  url: string,
  receive: Receiver,
): (error: unknown) => void {
  const scope = new EventTarget();
  const fire = (type: string, details: object): void => {
    scope.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), details));
  };
  const report = (error: unknown): void => {
    const details: ErrorDetails = { message: messageOf(error), error };
    fire('error', { ...details, filename: '', lineno: 0, colno: 0 });
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', (reason, promise) => {
    fire('unhandledrejection', { reason, promise });
  });
  define({
    self: globalThis,
    location: new URL(url),
    crossOriginIsolated: true,
    isSecureContext: true,
    GLOBAL: { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false },
    WorkerGlobalScope: scopeInterface(),
    DedicatedWorkerGlobalScope: scopeInterface(),
    addEventListener: scope.addEventListener.bind(scope),
    removeEventListener: scope.removeEventListener.bind(scope),
    dispatchEvent: scope.dispatchEvent.bind(scope),
    postMessage: receive,
    fetch: (address: string) => fetchFrom(checkout, address),
    importScripts: () => undefined,
    FileReader,
    Worker: DetachingWorker,
    ...standIns,
  });
  return report;
}

function define(globals: object): void {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

/** An interface object of the scope: the harness asks by `instanceof` where it runs. */
function scopeInterface(): object {
  const interfaceObject = function (): never {
    throw new TypeError('Illegal constructor');
  };
  const value = (object: unknown): boolean => object === globalThis;
  return Object.defineProperty(interfaceObject, Symbol.hasInstance, { value });
}

/** Takes over what is transferred to it, which is all that the suite's scripts want of a worker. */
class DetachingWorker {
  postMessage(message: unknown, transfer: Transferable[] = []): void {
    structuredClone(message, { transfer });
  }
}

const fetchByNode = globalThis.fetch;

/** Reads a file of the checkout, or what a blob's URL stands for. */
async function fetchFrom(checkout: string, address: string): Promise<Response> {
  const { protocol, pathname } = new URL(address, 'https://web-platform.test/');
  if (protocol === 'blob:') return fetchByNode(address);
  return new Response(await readFile(join(checkout, pathname)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `Uncaught ${error.name}: ${error.message}` : String(error);
}
