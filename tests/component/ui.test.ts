import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import Button from '../../renderer/ui/Button.svelte';
import Checkbox from '../../renderer/ui/Checkbox.svelte';
import Dialog from '../../renderer/ui/Dialog.svelte';
import KeyGroups from '../../renderer/ui/KeyGroups.svelte';
import PasswordField from '../../renderer/ui/PasswordField.svelte';
import Progress from '../../renderer/ui/Progress.svelte';
import TextField from '../../renderer/ui/TextField.svelte';
import Harness from './Harness.svelte';
import { services, show } from './show';

const text = (words: string) => createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));

describe('a button', () => {
  test('that is busy keeps focus and ignores presses', async () => {
    const onclick = vi.fn();
    show(Button, { busy: true, onclick, children: text('Save') });
    const button = screen.getByRole('button', { name: 'Save' });
    button.focus();
    await fireEvent.click(button);
    expect(onclick).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button);
  });

  test('does not submit a form unless told to', () => {
    show(Button, { children: text('Save') });
    expect(screen.getByRole('button').getAttribute('type')).toBe('button');
  });
});

test('a password can be looked at, and hidden again', async () => {
  show(PasswordField, { label: 'Password', value: 'secret' });
  const field = screen.getByLabelText('Password');
  expect(field.getAttribute('type')).toBe('password');
  await fireEvent.click(screen.getByRole('button', { name: 'Show what is typed' }));
  expect(field.getAttribute('type')).toBe('text');
  await fireEvent.click(screen.getByRole('button', { name: 'Hide what is typed' }));
  expect(field.getAttribute('type')).toBe('password');
});

describe('progress', () => {
  test('tells its figures', () => {
    show(Progress, { label: 'Restoring', value: 30, max: 120, detail: '30 of 120' });
    const bar = screen.getByRole('progressbar', { name: 'Restoring' });
    expect(bar.getAttribute('aria-valuenow')).toBe('30');
    expect(bar.getAttribute('aria-valuemax')).toBe('120');
    expect(bar.getAttribute('aria-valuetext')).toBe('30 of 120');
  });

  test('claims no figure while the total is unknown', () => {
    show(Progress, { label: 'Restoring', value: 0, max: 0 });
    expect(screen.getByRole('progressbar').hasAttribute('aria-valuenow')).toBe(false);
  });
});

test('a recovery key is shown group by group, unchanged', () => {
  const key = 'EsTL 7Hk2 9xQd Rm4F vB8c Ws6P nY3j Tg5A uZ1h Ke7D qX2r Lf9M';
  show(KeyGroups, { label: 'Recovery key', text: key });
  const groups = screen.getAllByRole('listitem').map((item) => item.textContent.trim());
  expect(groups).toHaveLength(12);
  expect(groups.map((group) => group.replace(/^\d+\s*/u, '')).join(' ')).toBe(key);
});

test('what is wrong with a field is scrolled into view', () => {
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
  show(TextField, { label: 'Name', error: 'Too long' });
  expect(scrolled.mock.contexts).toEqual([screen.getByText('Too long')]);
  scrolled.mockRestore();
});

test('a checkbox is described by its hint, and by what else describes it', () => {
  show(Checkbox, { hint: 'In all rooms.', 'aria-describedby': 'lock', children: text('Only') });
  const ids = screen.getByRole('checkbox', { name: 'Only' }).getAttribute('aria-describedby');
  expect(ids?.split(' ').at(-1)).toBe('lock');
  expect(document.getElementById(ids?.split(' ')[0] ?? '')?.textContent).toBe('In all rooms.');
});

describe('a dialog', () => {
  test('dims what lies below once, and lets the one above it show', async () => {
    const covered = (): boolean[] =>
      [...document.querySelectorAll('.scrim, .dialog')].map(({ classList }) =>
        classList.contains('covered'),
      );
    const shown = services();
    show(Dialog, { open: true, title: 'Below' }, shown);
    await waitFor(() => expect(covered()).toEqual([false, false]));
    const above = render(Harness, {
      props: {
        deps: shown.deps,
        component: Dialog as never,
        props: { open: true, title: 'Above' },
      },
    });
    await waitFor(() => expect(covered()).toEqual([true, true, false, false]));
    above.unmount();
    await waitFor(() => expect(covered()).toEqual([false, false]));
  });

  test('closes on Escape', async () => {
    const onclose = vi.fn();
    show(Dialog, { open: true, title: 'Sure?', onclose });
    await fireEvent.keyDown(await screen.findByRole('dialog'), { key: 'Escape' });
    await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
  });

  test('that needs an answer does not', async () => {
    const onclose = vi.fn();
    show(Dialog, { open: true, title: 'Sure?', dismissible: false, role: 'alertdialog', onclose });
    await fireEvent.keyDown(await screen.findByRole('alertdialog', { name: 'Sure?' }), {
      key: 'Escape',
    });
    expect(screen.queryByRole('button')).toBeNull();
    expect(onclose).not.toHaveBeenCalled();
  });
});
