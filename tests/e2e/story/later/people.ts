/** Whom one writes with: what can't be read and why, who is there, and making sure of somebody. */
import { expect } from '@playwright/test';
import type { ShowSasCallbacks } from 'matrix-js-sdk/lib/crypto-api/verification.js';
import { nextRequest, partnerEmoji } from '../../../integration/verification/parties';
import { close, type Telling } from './chapter';

export async function amongPeople(telling: Telling): Promise<void> {
  const { cast, first, show, story, words } = telling;
  await first.openRoom(story.names.seminar);
  await first.button(words.undecryptable.why).click();
  await expect(first.heading(words.undecryptable.listTitle)).toBeVisible();
  await show('unreadable-messages');
  await close(first);

  await first.button(words.people.info).click();
  await expect(first.button(words.people.verify(cast.lead.name))).toBeVisible();
  await show('people');
  await verifyLead(telling);
  await first.button(words.people.info).click();
  const onlyVerified = first.page.getByRole('checkbox', { name: words.people.verifiedOnly });
  await onlyVerified.check();
  await expect(first.page.getByText(words.people.leftOut(1, 1)).first()).toBeVisible();
  await show('verified-devices-only');
  await onlyVerified.uncheck();
  await close(first);

  await first.button(words.invite.open).click();
  await expect(first.page.getByText(words.invite.historyTitle)).toBeVisible();
  await show('invite');
  await close(first);
}

/** By emoji, with the lecturer's own device at the other end. */
async function verifyLead({ cast, first, partner, show, words }: Telling): Promise<void> {
  const lead = cast.lead.name;
  const asked = nextRequest(partner.lead);
  await first.button(words.people.verify(lead)).click();
  const request = await asked;
  await request.accept();
  await first.button(words.verification.useEmoji).click();
  const theirs: ShowSasCallbacks = await partnerEmoji(request);
  await expect(first.page.getByText(words.verification.comparePerson(lead))).toBeVisible();
  await show('verify-person');
  await Promise.all([theirs.confirm(), first.button(words.verification.match).click()]);
  await expect(first.heading(words.verification.doneTitle)).toBeVisible();
  await show('verify-person-done');
  await first.page
    .getByRole('dialog', { name: words.verification.doneTitle })
    .getByRole('button', { name: words.verification.close, exact: true })
    .click();
}
