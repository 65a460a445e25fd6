/** One Synapse for a whole run of the integration tests. Tests keep apart by their user names. */
import type { TestProject } from 'vitest/node';
import { startHomeserver } from './homeserver';

declare module 'vitest' {
  export interface ProvidedContext {
    homeserverUrl: string;
    homeserverName: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const homeserver = await startHomeserver();
  project.provide('homeserverUrl', homeserver.baseUrl);
  project.provide('homeserverName', homeserver.serverName);
  return () => homeserver.stop();
}
