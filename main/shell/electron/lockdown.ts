/** Closes every way a page could lead elsewhere, for all web contents there will ever be. */
import { app } from 'electron';

export function lockDownWebContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (details) => details.preventDefault());
    contents.on('will-frame-navigate', (details) => details.preventDefault());
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
