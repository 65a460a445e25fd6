/** Where the keyboard starts in a question: at the choice that loses nothing. */
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/** Takes the focus as soon as the element is on screen. */
export const firstFocus: Attachment<HTMLElement> = (element) => {
  // The dialog first remembers where the focus came from, to give it back there.
  void tick().then(() => element.focus({ preventScroll: true }));
};
