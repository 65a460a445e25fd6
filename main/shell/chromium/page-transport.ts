/**
 * Runs in every document of the Chromium window before its own scripts: takes the raw binding off
 * the global and, in the app's own page only, puts the transport there instead.
 */
import type { Reply } from '../../../preload/api';
import { createTransport, transportProperty, type Push } from '../../../preload/transport';
import { appOrigin, bindingName, type WireCall } from './app-origin';
import { guardPage, guardUnloading } from './page-guard';

type Binding = (message: unknown) => Promise<unknown>;

const lentPages = '/lent/';

function takeBinding(): Binding | null {
  const binding: unknown = Reflect.get(globalThis, bindingName);
  Reflect.deleteProperty(globalThis, bindingName);
  return typeof binding === 'function' ? (binding as Binding) : null;
}

function isAppPage(): boolean {
  return (
    window.top === window &&
    location.origin === appOrigin &&
    !location.pathname.startsWith(lentPages)
  );
}

function installTransport(binding: Binding): void {
  const document = crypto.randomUUID();
  const say = (call: WireCall): Promise<unknown> => binding({ ...call, document });

  const transport = createTransport({
    invoke: (name, args) => say({ kind: 'invoke', name, args }) as Promise<Reply>,
    listen: (listener) => void deliver(() => say({ kind: 'next' }), listener),
  });
  Object.defineProperty(globalThis, transportProperty, { value: Object.freeze(transport) });
}

/** Fetches pushes one batch after the other; ends with the document. */
async function deliver(
  next: () => Promise<unknown>,
  listener: (push: Push) => void,
): Promise<void> {
  for (;;) {
    for (const push of (await next()) as readonly Push[]) {
      try {
        listener(push);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

const binding = takeBinding();
guardPage();
if (binding && isAppPage()) {
  guardUnloading();
  installTransport(binding);
}
