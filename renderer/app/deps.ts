/** The one place where the window's services are made, and handed down the component tree. */
import { createContext } from 'svelte';
import { createApi, type Api, type Transport } from '../../preload/api';
import { I18n } from '../i18n/i18n.svelte';
import { Toasts } from '../ui/toasts.svelte';
import { Accounts } from './accounts.svelte';
import { Clock } from './clock.svelte';
import { Drafts } from './drafts.svelte';
import { Flows } from './flows.svelte';
import { Preferences } from './preferences.svelte';
import { Rooms } from './rooms.svelte';
import { Session } from './session.svelte';

export interface Deps {
  /** The typed bridge, for features with calls of their own. */
  readonly api: Api;
  readonly session: Session;
  readonly accounts: Accounts;
  readonly preferences: Preferences;
  readonly i18n: I18n;
  readonly rooms: Rooms;
  readonly drafts: Drafts;
  readonly flows: Flows;
  readonly toasts: Toasts;
  readonly clock: Clock;
}

export const [useDeps, provideDeps] = createContext<Deps>();

export function createDeps(transport: Transport): Deps {
  const api = createApi(transport);
  const preferences = new Preferences(api);
  return {
    api,
    session: new Session(api),
    accounts: new Accounts(api),
    preferences,
    i18n: new I18n(() => preferences.language),
    rooms: new Rooms(api),
    drafts: new Drafts(),
    flows: new Flows(),
    toasts: new Toasts(),
    clock: new Clock(),
  };
}
