/** What a person does on the key screens. */
import { fireEvent, screen } from '@testing-library/svelte';
import { en } from '../../../renderer/i18n/en';

export const press = async (name: string | RegExp): Promise<void> => {
  await fireEvent.click(await screen.findByRole('button', { name }));
};

export const type = async (label: string, text: string): Promise<void> => {
  const field = await screen.findByLabelText(label);
  await fireEvent.input(field, { target: { value: text } });
};

export const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { name });

/** What stands below a field: its hint or what is wrong with it. */
export const noteOf = (label: string): string => {
  const id = screen.getByLabelText(label).getAttribute('aria-describedby');
  return id === null ? '' : (document.getElementById(id)?.textContent ?? '').trim();
};

export const keys = en.keys;
export const errors = en.errors;
export const words = { duration: String, number: String };
