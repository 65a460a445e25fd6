import type { Translation } from '../language';
import { accounts } from './accounts';
import { common } from './common';
import { devices } from './devices';
import { carryOver, endedSession } from './ended-session';
import { errors } from './errors';
import { invite } from './invite';
import { keys } from './keys';
import { organisation } from './organisation';
import { people } from './people';
import { rooms } from './rooms';
import { settings } from './settings';
import { signIn } from './sign-in';
import { store } from './store';
import { undecryptable } from './undecryptable';
import { verification } from './verification';

export const en = {
  accounts,
  carryOver,
  common,
  devices,
  endedSession,
  errors,
  invite,
  keys,
  organisation,
  people,
  rooms,
  settings,
  signIn,
  store,
  undecryptable,
  verification,
};

/** English is the source: what it has, every language has. */
export type Messages = Translation<typeof en>;
