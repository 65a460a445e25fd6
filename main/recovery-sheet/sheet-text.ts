/**
 * The recovery sheet as a text file. The key stands once, on one line, in groups of four, so that
 * restoring from the file finds it.
 */
import type { Language } from '../../preload/model/app';
import type { RecoverySheet } from '../engine/protocol';
import type { HelpDesk } from '../../preload/model/policy';
import { shownLink } from './shown-link';
import { sheetDay, sheetWords } from './sheet-words';

const lineLength = 78;

/** The file's whole text, ending with a line break. */
export function recoverySheetText(
  sheet: RecoverySheet,
  language: Language,
  helpDesk: HelpDesk | null = null,
): string {
  const words = sheetWords[language];
  const groups = sheet.recoveryKey.trim().split(/\s+/u);
  const facts: readonly (readonly [string, string])[] = [
    [words.account, sheet.account.userId],
    [words.homeserver, sheet.homeserver],
    [words.madeOn, sheetDay(sheet.madeAt, language)],
    [words.keyId, sheet.keyId],
  ];
  const widest = Math.max(...facts.map(([name]) => name.length));

  return [
    words.textTitle,
    '='.repeat(words.textTitle.length),
    '',
    groups.map((_, index) => String(index + 1).padStart(4)).join(' '),
    groups.join(' '),
    '',
    ...wrapped(words.keyNote),
    '',
    ...facts.map(([name, value]) => `${name.padEnd(widest)}   ${value}`),
    '',
    ...wrapped(words.purpose(helpDesk !== null)),
    '',
    ...section(words.useTitle, words.useSteps),
    ...section(words.lostTitleOfFile, words.lostSteps(helpDesk !== null)),
    ...(helpDesk === null
      ? []
      : section(
          words.helpDesk,
          [helpDesk.text, helpDesk.phone, helpDesk.link]
            .filter((line) => line !== null)
            .map(shownLink),
        )),
    ...wrapped(`${words.apartTitleOfFile} ${words.apartOfFile}`),
    '',
  ].join('\n');
}

function section(title: string, items: readonly string[]): string[] {
  return [title, '-'.repeat(title.length), ...items.flatMap((item) => wrapped(item, '- ')), ''];
}

/** Lines of at most 78 characters; the first begins with `mark`, the others are indented to it. */
function wrapped(text: string, mark = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineLength) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push((last === undefined ? mark : ' '.repeat(mark.length)) + word);
    }
  }
  return lines;
}
