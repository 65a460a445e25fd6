/** Puts a component on screen over a fake transport, in English unless the test says otherwise. */
import { cleanup, render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { afterEach, expect } from 'vitest';
import { createDeps, type Deps } from '../../renderer/app/deps';
import './browser';
import { FakeTransport } from './fake-transport';
import Harness from './Harness.svelte';

const shown: FakeTransport[] = [];

afterEach(() => {
  cleanup();
  const unanswered = shown.splice(0).flatMap((fake) => fake.unanswered);
  expect(unanswered, 'calls the test did not answer').toEqual([]);
});

export interface Shown {
  readonly deps: Deps;
  readonly fake: FakeTransport;
}

/** Services over a transport whose unanswered calls fail the test at its end. */
export function services(fake: FakeTransport = new FakeTransport()): Shown {
  shown.push(fake);
  fake.publish('preferences', { language: 'en', theme: null });
  return { deps: createDeps(fake), fake };
}

export function show<Props extends object, Exports extends object, Bound extends '' | keyof Props>(
  component: Component<Props, Exports, Bound>,
  props: NoInfer<Props>,
  { deps, fake }: Shown = services(),
): Shown {
  render(Harness, {
    props: { deps, component: component as never, props: props as Record<string, unknown> },
  });
  return { deps, fake };
}
