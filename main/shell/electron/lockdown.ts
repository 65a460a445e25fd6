/** Closes every way a page could lead elsewhere, for all web contents there will ever be. */
import { app, type WebContents } from 'electron';

interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  preventDefault(): void;
}

export function lockDownWebContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (navigation: Navigation): void => refuseNavigation(contents, navigation);
    // No policy of a page covers peer connections: they would be a way out.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Only the address a page is at already may be gone to: that is a reload. */
function refuseNavigation(contents: WebContents, navigation: Navigation): void {
  const reload = navigation.isMainFrame && navigation.url === contents.getURL();
  if (!reload) navigation.preventDefault();
}
