import { describe, expect, test } from 'vitest';
import { createApi } from '../../preload/api';
import type { KeyHealth } from '../../preload/model/keys';
import { Flows } from '../../renderer/app/flows.svelte';
import { Rooms } from '../../renderer/app/rooms.svelte';
import { Timeline } from '../../renderer/app/timeline.svelte';
import { FakeTransport } from './fake-transport';
import { keyHealth, message, room } from './fixtures';

const names = (rooms: Rooms): string[] => rooms.sorted.map(({ name }) => name);

describe('the room list', () => {
  test('follows snapshot, changes and removals, newest activity first, invitations on top', () => {
    const fake = new FakeTransport();
    const rooms = new Rooms(createApi(fake));
    expect(rooms.loaded).toBe(false);
    const quiet = room('Quiet', { activity: 1 });
    const busy = room('Busy', { activity: 2 });
    fake.publish('rooms', { reset: true, upsert: [quiet, busy], remove: [] });
    expect(rooms.loaded).toBe(true);
    expect(names(rooms)).toEqual(['Busy', 'Quiet']);
    fake.publish('rooms', {
      reset: false,
      upsert: [{ ...quiet, activity: 3 }, room('Invited', { membership: 'invite', activity: 0 })],
      remove: [],
    });
    expect(names(rooms)).toEqual(['Invited', 'Quiet', 'Busy']);
    fake.publish('rooms', { reset: false, upsert: [], remove: [quiet.id] });
    expect(names(rooms)).toEqual(['Invited', 'Busy']);
    fake.publish('rooms', { reset: true, upsert: [busy], remove: [] });
    expect(names(rooms)).toEqual(['Busy']);
  });

  test('closes a room that is gone', () => {
    const fake = new FakeTransport();
    const rooms = new Rooms(createApi(fake));
    const only = room('Only');
    fake.publish('rooms', { reset: true, upsert: [only], remove: [] });
    rooms.choose(only.id);
    expect(rooms.open?.name).toBe('Only');
    fake.publish('rooms', { reset: false, upsert: [], remove: [only.id] });
    expect(rooms.open).toBeNull();
  });
});

test('a timeline is in order, keeps an echo in its place, and lets go when closed', () => {
  const fake = new FakeTransport();
  const { id: roomId } = room('Any');
  const timeline = new Timeline(createApi(fake), roomId);
  const later = message('later', { order: 2 });
  const earlier = message('earlier', { order: 1 });
  fake.publish('timeline', { reset: true, upsert: [later], remove: [] }, { roomId });
  fake.publish('timeline', { reset: false, upsert: [earlier], remove: [] }, { roomId });
  expect(timeline.items).toEqual([earlier, later]);
  fake.publish(
    'timeline',
    { reset: false, upsert: [{ ...later, delivery: 'failed' }], remove: [] },
    { roomId },
  );
  expect(timeline.items.map(({ delivery }) => delivery)).toEqual(['sent', 'failed']);
  timeline.close();
  expect(fake.listeners('timeline', { roomId })).toBe(0);
  expect(fake.listeners('timelineStatus', { roomId })).toBe(0);
});

describe('after signing in', () => {
  const health = (state: KeyHealth['state'], demand: KeyHealth['demand'] = null): KeyHealth => ({
    ...keyHealth,
    state,
    demand,
  });

  test.each([
    ['needs_setup', 'setup'],
    ['needs_restore', 'restore'],
    ['ready', 'none'],
  ] as const)('%s opens %s, once', (state, flow) => {
    const flows = new Flows();
    flows.prompt(health(state), true);
    expect(flows.current).toBe(flow);
    flows.close();
    flows.prompt(health(state), true);
    expect(flows.current).toBe('none');
  });

  test('the prompt waits until the state is known', () => {
    const flows = new Flows();
    flows.prompt(health('unknown'), true);
    flows.prompt(health('needs_setup'), true);
    expect(flows.current).toBe('setup');
  });

  test('a later start prompts nobody', () => {
    const flows = new Flows();
    flows.prompt(health('needs_setup'), false);
    expect(flows.current).toBe('none');
  });

  test.each(['setup', 'restore'] as const)('what is required comes back: %s', (demand) => {
    const flows = new Flows();
    flows.prompt(health('unknown', demand), false);
    expect(flows.current).toBe(demand);
    for (const other of ['none', 'check_key', 'new_key'] as const) {
      if (other === 'none') flows.close();
      else flows.open(other);
      flows.prompt(health('unknown', demand), false);
      expect(flows.current).toBe(demand);
    }
    flows.open('sign_out');
    flows.prompt(health('needs_setup', demand), false);
    expect(flows.current).toBe('sign_out');
  });
});
