/** What turns a browser's page into an app's window: no browser shortcuts, no way elsewhere. */

/** The browser's own shortcuts, as `KeyboardEvent.key` in lower case. */
const withCtrl: ReadonlySet<string> = new Set('t n w p s o u j h d g r l e'.split(' '));
const withCtrlShift: ReadonlySet<string> = new Set('t n w i j c r p s o d b delete'.split(' '));
const withAlt: ReadonlySet<string> = new Set(['arrowleft', 'arrowright', 'home', 'd', 'e', 'f']);
const alone: ReadonlySet<string> = new Set(['f1', 'f3', 'f5', 'f6', 'f7', 'f12']);

function belongsToBrowser(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && event.shiftKey) return withCtrlShift.has(key);
  if (command && !event.altKey) return withCtrl.has(key) || key === 'f5' || /^\d$/.test(key);
  if (event.altKey) return withAlt.has(key);
  return alone.has(key);
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

export function guardPage(): void {
  const capture = { capture: true };
  addEventListener(
    'keydown',
    (event) => {
      if (belongsToBrowser(event)) event.preventDefault();
    },
    capture,
  );
  addEventListener(
    'contextmenu',
    (event) => {
      if (!isEditable(event.target)) event.preventDefault();
    },
    capture,
  );
  for (const name of ['mouseup', 'auxclick'] as const) {
    addEventListener(
      name,
      (event) => {
        // The buttons for back and forward; the middle one would open a window.
        if (event.button === 3 || event.button === 4) event.preventDefault();
        if (name === 'auxclick' && event.button === 1) event.preventDefault();
      },
      capture,
    );
  }
  for (const name of ['dragover', 'drop'] as const) {
    // A file dropped outside the app's own drop targets would be navigated to.
    addEventListener(name, (event) => event.preventDefault());
  }
}

/** Nothing in the app's page leads elsewhere, and its window asks main before it closes. */
export function guardUnloading(): void {
  let reloading = false;
  navigation.addEventListener('navigate', (event) => {
    reloading = event.navigationType === 'reload';
    const away = !event.destination.sameDocument && !reloading;
    if (event.cancelable && (away || event.downloadRequest !== null)) event.preventDefault();
  });
  addEventListener('beforeunload', (event) => {
    if (!reloading) event.preventDefault();
  });
}
