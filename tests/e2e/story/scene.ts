/** A homeserver with people on it, for one file of end-to-end tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Device } from '../../support/partner/device';
import {
  startHomeserver,
  type Homeserver,
  type HomeserverOptions,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { test } from '../support/fixture';
import type { SignInData } from './person';

export interface Scene {
  readonly homeserver: Homeserver;
  /** For the files a person saves; removed at the end. */
  readonly folder: string;
  /** A new account without any device. */
  newPerson(name: string): Promise<RegisteredUser>;
  /** A new account with a device that talks and listens; stopped at the end. */
  newPartner(name: string): Promise<Device>;
  signInData(user: RegisteredUser): SignInData;
}

/** Sets the scene before the file's tests and clears it away after them. */
export function useScene(options: HomeserverOptions = {}): Scene {
  let homeserver: Homeserver | undefined;
  let folder: string | undefined;
  const partners: Device[] = [];

  test.beforeAll(async () => {
    homeserver = await startHomeserver(options);
    folder = await mkdtemp(join(tmpdir(), 'holdfast-scene-'));
  });
  test.afterAll(async () => {
    for (const partner of partners) partner.stop();
    await homeserver?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  return {
    get homeserver() {
      return present(homeserver);
    },
    get folder() {
      return present(folder);
    },
    newPerson: (name) => present(homeserver).registerUser(name),
    async newPartner(name) {
      const user = await present(homeserver).registerUser(name);
      const partner = await Device.signIn({
        baseUrl: present(homeserver).baseUrl,
        user: user.name,
        password: user.password,
      });
      partners.push(partner);
      return partner;
    },
    signInData: ({ name, password }) => ({
      server: present(homeserver).baseUrl,
      user: name,
      password,
    }),
  };
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The scene is set in beforeAll');
  return value;
}
