/** The language in use: its messages, and dates, times and numbers as it writes them. */
import type { Language } from '../../preload/model/app';
import { de } from './de';
import { en, type Messages } from './en';
import { grammarOf } from './language';

const catalogs: Readonly<Record<Language, Messages>> = { en, de };

export class I18n {
  readonly #chosen: () => Language;
  readonly #t = $derived.by(() => catalogs[this.language]);
  readonly #formats = $derived.by(() => formatsOf(this.language));

  /** @param chosen read reactively: when it changes, every text on screen does */
  constructor(chosen: () => Language) {
    this.#chosen = chosen;
  }

  get language(): Language {
    return this.#chosen();
  }

  /** Every message of the language in use. */
  get t(): Messages {
    return this.#t;
  }

  number(value: number): string {
    return this.#formats.number(value);
  }

  /** Hour and minute. @param at milliseconds since 1970 */
  time(at: number): string {
    return this.#formats.time.format(at);
  }

  /** Day, date and time in full, for hover texts. @param at milliseconds since 1970 */
  moment(at: number): string {
    return this.#formats.moment.format(at);
  }

  /** A day as a person would name it, standing alone: Today, Yesterday, Monday 3 March. */
  day(at: number, now: number): string {
    return capitalised(this.dayInSentence(at, now));
  }

  /** As {@link day}, within a sentence: today, yesterday, Monday 3 March. */
  dayInSentence(at: number, now: number): string {
    const distance = calendarDays(at, now);
    if (distance <= 0 && distance >= -1) return this.#formats.relative.format(distance, 'day');
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? this.#formats.dayOfYear : this.#formats.dayAndYear).format(at);
  }

  /** Day and time after a colon or a name: today, 14:03. */
  dayAndTime(at: number, now: number): string {
    return `${this.dayInSentence(at, now)}, ${this.time(at)}`;
  }

  /** Day and time where a sentence goes on with them: today at 14:03. */
  when(at: number, now: number): string {
    const { dateAt, dayAt } = this.t.common.moments;
    const sentence = calendarDays(at, now) >= -1 ? dayAt : dateAt;
    return sentence(this.dayInSentence(at, now), this.time(at));
  }

  /** The shortest telling time for a list: 14:03, yesterday, Mon, 3 Mar, 03/03/2024. */
  short(at: number, now: number): string {
    const distance = calendarDays(at, now);
    if (distance >= 0) return this.time(at);
    if (distance === -1) return this.#formats.relative.format(-1, 'day');
    if (distance > -7) return this.#formats.weekday.format(at);
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? this.#formats.shortDay : this.#formats.shortDate).format(at);
  }

  /** A length of time in its largest fitting unit, rounded up: 5 minutes. */
  duration(ms: number): string {
    const seconds = Math.max(1, Math.ceil(ms / 1_000));
    const [value, unit] =
      seconds < 60
        ? ([seconds, 'second'] as const)
        : seconds < 3_600
          ? ([Math.ceil(seconds / 60), 'minute'] as const)
          : ([Math.ceil(seconds / 3_600), 'hour'] as const);
    return new Intl.NumberFormat(this.language, {
      style: 'unit',
      unit,
      unitDisplay: 'long',
    }).format(value);
  }
}

function formatsOf(language: Language) {
  const date = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
  return {
    number: grammarOf(language).number,
    time: date({ hour: '2-digit', minute: '2-digit' }),
    moment: date({ dateStyle: 'full', timeStyle: 'short' }),
    dayOfYear: date({ weekday: 'long', day: 'numeric', month: 'long' }),
    dayAndYear: date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: date({ weekday: 'short' }),
    shortDay: date({ day: 'numeric', month: 'short' }),
    shortDate: date({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  };
}

/** Calendar days from `now` to `at`, in the desktop's time zone: -1 is yesterday. */
function calendarDays(at: number, now: number): number {
  const midnight = (time: number): number => {
    const day = new Date(time);
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  };
  return (midnight(at) - midnight(now)) / 86_400_000;
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
