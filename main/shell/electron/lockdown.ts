/** Closes every way a page could lead elsewhere, for all web contents there will ever be. */
import { app } from 'electron';

export function lockDownWebContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    // No policy of a page covers peer connections: they would be a way out.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (details) => details.preventDefault());
    contents.on('will-frame-navigate', (details) => details.preventDefault());
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
