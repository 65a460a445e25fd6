/**
 * What a person sees while something takes long: one line per step, with the time it took. On a
 * terminal the line moves; elsewhere a line every 15 s says that it still runs.
 */
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const STILL_RUNNING_MS = 15_000;

const terminal = process.stdout.isTTY && process.env['CI'] === undefined;
const colour = terminal && process.env['NO_COLOR'] === undefined;

/** @param {string} code @param {string} text */
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const dim = (/** @type {string} */ text) => paint('2', text);
export const bold = (/** @type {string} */ text) => paint('1', text);
export const green = (/** @type {string} */ text) => paint('32', text);
export const red = (/** @type {string} */ text) => paint('31', text);
export const yellow = (/** @type {string} */ text) => paint('33', text);

/** @param {string} [text] */
export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 59_500) return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Runs a step, showing that it runs and how it ended.
 *
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T>} work calls `note` with what it is at
 * @param {(result: T) => { ok: boolean, text?: string }} [judge] how the step ended; fine by default
 * @returns {Promise<T>}
 */
export async function step(title, work, judge = () => ({ ok: true })) {
  const started = Date.now();
  let detail = '';
  let frame = 0;
  const elapsed = () => duration(Date.now() - started);
  const draw = () => {
    frame += 1;
    const line = `${FRAMES[frame % FRAMES.length]} ${title}  ${elapsed()}${detail && `  ${detail}`}`;
    process.stdout.write(`\r\u001b[K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
  };
  if (!terminal) say(`  ${title} ...`);
  const timer = terminal
    ? setInterval(draw, 100)
    : setInterval(
        () => say(`  ${title}: still running, ${elapsed()}${detail && `, ${detail}`}`),
        STILL_RUNNING_MS,
      );
  const end = (/** @type {string} */ mark, /** @type {string} */ text) => {
    clearInterval(timer);
    if (terminal) process.stdout.write('\r\u001b[K');
    say(`${mark} ${title}  ${dim(elapsed())}${text && `  ${text}`}`);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    const verdict = judge(result);
    end(verdict.ok ? green('✓') : red('✗'), verdict.text ?? '');
    return result;
  } catch (error) {
    end(red('✗'), '');
    throw error;
  }
}

/**
 * Text in a frame, for what must not be overlooked.
 *
 * @param {readonly string[]} lines
 */
export function box(lines) {
  const width = Math.max(...lines.map((line) => line.length));
  say(`┌─${'─'.repeat(width)}─┐`);
  for (const line of lines) say(`│ ${line.padEnd(width)} │`);
  say(`└─${'─'.repeat(width)}─┘`);
}
