/** Answers every request of a browser from the app scheme, and refuses all others. */
import type { BrowserContext, Route } from 'playwright';
import type { ShellHost } from '../shell';
import { appOrigin } from './app-origin';

export async function serveContext(
  context: BrowserContext,
  serve: ShellHost['serve'],
): Promise<void> {
  await context.route('**/*', (route) => answer(route, serve));
}

async function answer(route: Route, serve: ShellHost['serve']): Promise<void> {
  const request = route.request();
  const url = request.url();
  // `aborted` leaves the page where it is; other reasons show the browser's error page.
  if (!url.startsWith(`${appOrigin}/`)) return route.abort('aborted');
  try {
    const { status, headers, body } = await serve({ method: request.method(), url });
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
  } catch {
    // The window may have gone meanwhile; then there is nobody to answer.
    await route.abort('failed').catch(() => {});
  }
}
