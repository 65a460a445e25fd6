/** The question before signing out, and what the tests of leaving look at. */
import { waitFor } from '@testing-library/svelte';
import { expect } from 'vitest';
import type { KeyHealth } from '../../../preload/model/keys';
import SignOutDialog from '../../../renderer/features/sign-out/SignOutDialog.svelte';
import { keyHealth } from '../fixtures';
import { services, show, type Shown } from '../show';
import { keyTransport, type KeyScene } from './key-scenes';

export function signOut(scene: KeyScene): Shown {
  const fake = keyTransport(scene).answer({ 'signOut.confirm': () => undefined });
  const shown = services(fake);
  shown.deps.flows.open('sign_out');
  return show(SignOutDialog, {}, shown);
}

export const uploading = (pendingKeys: number): KeyHealth => ({
  ...keyHealth,
  state: pendingKeys > 0 ? 'uploading' : 'ready',
  pendingKeys,
});

export const focused = (name: string): Promise<void> =>
  waitFor(() => expect(document.activeElement?.textContent.trim()).toBe(name));
