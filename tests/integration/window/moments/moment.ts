import type { Page } from '@playwright/test';

/** What is looked at: a scene, and what a person does in it before. */
export type Moment = readonly [name: string, scene: string, act?: (page: Page) => Promise<void>];
