/** A room, as it is found in the window. */
import type { Page } from '@playwright/test';

/** The part of a room that scrolls. */
export const timeline = '[role=region][tabindex="0"]';

export const openRoom = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /Benthic ecology group/u }).click();
