/**
 * The recovery sheet as one self-contained page to print or to save as PDF: no script, nothing
 * loaded, one inline style sheet. It holds the recovery key: lend it once, never write it to disk.
 */
import template from '../../assets/recovery-sheet/sheet.html?raw';
import css from '../../assets/recovery-sheet/sheet.css?raw';
import type { Language } from '../../preload/model/app';
import type { RecoverySheet } from '../engine/protocol';
import { drawnNumber } from './drawn-number';
import { fill, markup, Markup } from './markup';
import { shownLink } from './shown-link';
import { qrCode } from './qr-code';
import type { HelpDesk } from '../../preload/model/policy';
import { sheetDay, sheetWords, type SheetWords } from './sheet-words';

/** The whole page, fitting one sheet of A4 or Letter. */
export function recoverySheetHtml(
  sheet: RecoverySheet,
  language: Language,
  helpDesk: HelpDesk | null = null,
): string {
  const words = sheetWords[language];
  const groups = sheet.recoveryKey.trim().split(/\s+/u);
  return fill(template, {
    language,
    documentTitle: words.documentTitle(sheet.account.userId),
    css: new Markup(css.trimEnd()),
    kind: words.kind,
    title: words.title,
    purpose: words.purpose(helpDesk !== null),
    keyLabel: words.keyLabel,
    keyGroups: groups.map(
      (group, index) => markup`<span class="group">${drawnNumber(index + 1)}${group}</span> `,
    ),
    keyNote: words.keyNote,
    qrCode: qrCode(groups.join(' '), words.qrCaption),
    qrCaption: words.qrCaption,
    facts: facts(sheet, language, words),
    useTitle: words.useTitle,
    useSteps: words.useSteps.map((step) => markup`<li>${step}</li>`),
    lostTitle: words.lostTitle,
    lostSteps: words.lostSteps(helpDesk !== null).map((step) => markup`<li>${step}</li>`),
    helpDesk: helpDesk === null ? '' : desk(helpDesk, words),
    apartTitle: words.apartTitle,
    apart: words.apart,
  });
}

function facts(sheet: RecoverySheet, language: Language, words: SheetWords): Markup[] {
  const rows: readonly (readonly [string, string])[] = [
    [words.account, sheet.account.userId],
    [words.homeserver, sheet.homeserver],
    [words.madeOn, sheetDay(sheet.madeAt, language)],
    [words.keyId, sheet.keyId],
  ];
  return rows.map(
    ([name, value]) => markup`<div class="fact"><dt>${name}</dt><dd>${value}</dd></div>`,
  );
}

function desk(helpDesk: HelpDesk, words: SheetWords): Markup {
  const lines = [helpDesk.phone, helpDesk.link]
    .filter((line) => line !== null)
    .map((line) => markup`<p>${shownLink(line)}</p>`);
  return markup`<section class="desk"><div><h2>${words.helpDesk}</h2><p>${helpDesk.text}</p></div><div>${lines}</div></section>`;
}
