/**
 * A person without a pointer: moves by Tab, presses Enter, types. On the way, whatever takes the
 * focus has to show it and to have a name for a screen reader.
 */
import { expect, type Locator, type Page } from '@playwright/test';

/** Stops of one lap through a screen at most. */
const lap = 80;

/** Milliseconds after which what had the focus may have gone away. */
const goneAfterMs = 15_000;

export class Keyboard {
  readonly #page: () => Page;
  /** Each stop on the way, as a screen reader tells it. */
  readonly stops: string[] = [];

  constructor(page: () => Page) {
    this.#page = page;
  }

  /** Moves on until `target` has the focus. */
  async to(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < lap; stop++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.#page().keyboard.press('Tab');
      await this.#look();
    }
    throw new Error(`A lap of the screen does not reach ${String(target)}`);
  }

  /** Presses what is named. */
  async press(target: Locator): Promise<void> {
    await this.to(target);
    await this.#page().keyboard.press('Enter');
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.#page().keyboard.type(text);
  }

  /** Picks one of a group: Tab leads to the group, the arrows within it. */
  async pick(choice: Locator, among: Locator): Promise<void> {
    for (let stop = 0; stop < lap; stop++) {
      if (await among.evaluateAll((all) => all.includes(document.activeElement as never))) break;
      await this.#page().keyboard.press('Tab');
      await this.#look();
    }
    for (let step = 0; step < (await among.count()); step++) {
      if (await choice.isChecked()) return;
      await this.#page().keyboard.press('ArrowDown');
    }
    await expect(choice).toBeChecked();
  }

  async #look(): Promise<void> {
    const focused = this.#page().locator(':focus');
    if ((await focused.count()) === 0) return;
    const isGone = async (): Promise<boolean> => (await focused.count()) === 0;
    const snapshot = await focused
      .ariaSnapshot({ timeout: goneAfterMs })
      .catch(async (error: unknown) => {
        if (await isGone()) return null;
        throw error;
      });
    if (snapshot === null) return;
    const told = snapshot.split('\n')[0] ?? '';
    this.stops.push(told);
    // What folds a part away has no role in the snapshot; its text is its name.
    expect(told, 'a stop has a name').toMatch(/"[^"]+"|\/.+\/|^- text: \S/u);
    // Frames change their colour within a moment; what has the focus may go away meanwhile.
    const shows = async (): Promise<boolean> =>
      (await isGone()) ||
      focused.evaluate(showsFocus, undefined, { timeout: goneAfterMs }).catch(isGone);
    await expect.poll(shows, { message: `the focus shows on ${told}` }).toBe(true);
  }
}

/** A ring around the control, or the frame of the field it stands in, in the colours for it. */
function showsFocus(control: Element): boolean {
  const probe = document.createElement('span');
  control.parentElement?.append(probe);
  const colours = ['--color-focus', '--color-danger'].map((name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  let at: Element | null = control;
  for (let up = 0; at !== null && up < 4; up++, at = at.parentElement) {
    const { outlineStyle, outlineColor, borderTopColor, borderTopWidth } = getComputedStyle(at);
    if (outlineStyle !== 'none' && colours.includes(outlineColor)) return true;
    if (parseFloat(borderTopWidth) > 0 && colours.includes(borderTopColor)) return true;
  }
  return false;
}
