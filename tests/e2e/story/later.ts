/**
 * What follows after the first day: the weeks in which people look after their keys, lose a device,
 * share a computer. Screen by screen, as `tellStory` tells the beginning.
 */
import { expect } from '@playwright/test';
import { stories } from '../../support/partner/story';
import { casts } from './cast';
import { aroundTheAccount } from './later/accounts';
import type { Telling } from './later/chapter';
import { amongDevices, endedFromElsewhere } from './later/devices';
import { keyFiles } from './later/files';
import { keyHealth } from './later/health';
import { lastResorts, newRecoveryKey, recoveryDrill } from './later/keys';
import { amongPeople } from './later/people';
import { Person } from './person';
import { dressed, seedPartner, type Stage } from './screens';

/** Tells it once: one person, two devices, and a colleague at the same computer. */
export async function tellWhatFollows(stage: Stage): Promise<void> {
  const { scene, looks, shell, onScreen } = stage;
  const cast = casts[looks.language];
  const user = await scene.newPerson(cast.self.account);
  const partner = await seedPartner(scene, looks.language, user.password);
  const first = await dressed(new Person(shell, looks.words), looks);
  const telling: Telling = {
    stage,
    words: looks.words,
    cast,
    story: stories[looks.language],
    user,
    partner,
    first,
    show: (screen, person = first) => onScreen(screen, person),
  };

  await first.signIn(scene.signInData(user));
  await expect(first.heading(looks.words.keys.setup.title)).toBeVisible();
  const recoveryKey = await first.chooseKey();
  await first.saveKey(scene.folder, user.userId);
  await first.toProof();
  await first.proveByGroups(recoveryKey);
  await first.finishSetup();
  await partner.historySent;

  await amongPeople(telling);
  const newKey = await newRecoveryKey(telling);
  await recoveryDrill(telling, newKey);
  await lastResorts(telling);
  await keyHealth(telling);
  await keyFiles(telling);
  const second = await amongDevices(telling);
  await endedFromElsewhere(telling, second);
  await aroundTheAccount(telling);
  await partner.stop();
}
