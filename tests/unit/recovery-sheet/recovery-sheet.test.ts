import { describe, expect, it } from 'vitest';
import type { RecoverySheet } from '../../../main/engine/protocol';
import { recoverySheetHtml } from '../../../main/recovery-sheet/sheet-html';
import { recoverySheetText } from '../../../main/recovery-sheet/sheet-text';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import { encodeRecoveryKey, readRecoveryKey } from '../../../preload/rules/recovery-key';

const key = 'EsTc vXkp 3Yyd Wm4R gqKJ 8uHs Dz2f Ab7N tPje 6CVo LhMw 9xQB';
const sheet: RecoverySheet = {
  account: {
    userId: '@anna:example.org' as UserId,
    deviceId: 'ABCDEFGHIJ' as DeviceId,
    serverName: 'example.org',
    displayName: 'Anna',
  },
  homeserver: 'https://matrix.example.org',
  madeAt: Date.UTC(2026, 10, 23, 12),
  keyId: 'mEyKeBtw3p7QGqTVKbRuzhgHe93KWs2c',
  recoveryKey: key,
};
const languages = ['en', 'de'] as const;

/** What a reader of the page copies out of it: its text without markup. */
function textOf(html: string): string {
  const body = html.slice(html.indexOf('<body>'));
  return body.replaceAll(/<[^>]*>/gu, '').replaceAll(/\s+/gu, ' ');
}

describe.each(languages)('the recovery sheet in %s', (language) => {
  it('shows account, homeserver, day, key id and key', () => {
    const text = textOf(recoverySheetHtml(sheet, language));
    for (const fact of ['@anna:example.org', 'https://matrix.example.org', sheet.keyId, key]) {
      expect(text).toContain(fact);
    }
    expect(text).toMatch(language === 'en' ? /23 November 2026/ : /23\. November 2026/);
  });

  it('brings everything with it: no script, no address to load from, one inline style sheet', () => {
    const html = recoverySheetHtml(sheet, language);
    expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|style="/iu);
    expect(html.match(/<style>/gu)).toHaveLength(1);
    expect(html).not.toContain('{{');
  });

  it('keeps markup in names as text', () => {
    const html = recoverySheetHtml(
      {
        ...sheet,
        account: { ...sheet.account, userId: '@<b>&"\':example.org' as UserId },
        keyId: '<script>alert(1)</script>{{css}}',
      },
      language,
      { text: '<i>desk</i>', link: null, phone: '<u>1</u>' },
    );
    expect(html).not.toMatch(/<script|<b>|<i>|<u>/u);
    expect(html).toContain('@&lt;b&gt;&amp;&quot;&#39;:example.org');
    expect(html).toContain('{{css}}');
  });

  it('names the help desk only where there is one', () => {
    const helpDesk = { text: 'Service desk', link: null, phone: '+49 551 000-0' };
    expect(recoverySheetHtml(sheet, language, helpDesk)).toContain('+49 551 000-0');
    expect(recoverySheetHtml(sheet, language)).not.toContain('class="desk"');
    expect(textOf(recoverySheetHtml(sheet, language))).not.toMatch(/help ?desk/iu);
    expect(
      textOf(recoverySheetHtml(sheet, language, helpDesk)).match(/help ?desk/giu),
    ).toHaveLength(3);
  });
});

describe.each(languages)('the saved text file in %s', (language) => {
  it('begins with its title and has the key once, on a line of its own', () => {
    const text = recoverySheetText(sheet, language);
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^HOLDFAST (RECOVERY KEY|WIEDERHERSTELLUNGSSCHLÜSSEL)$/u);
    expect(lines.filter((line) => line === key)).toHaveLength(1);
    expect(text.split('EsTc')).toHaveLength(2);
    expect(text).not.toMatch(/help ?desk/iu);
  });

  it('keeps its lines short enough to print', () => {
    const text = recoverySheetText(sheet, language, {
      text: 'Service desk',
      link: 'mailto:help@example.org',
      phone: '+49 551 000-0',
    });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
    expect(text).toContain('- +49 551 000-0');
    expect(text).toContain('- help@example.org');
    expect(text.endsWith('\n')).toBe(true);
  });
});

describe.each(languages)('restoring in %s', (language) => {
  const bytes = new Uint8Array(32).map((_, index) => index * 7);
  const real = { ...sheet, recoveryKey: encodeRecoveryKey(bytes) };
  const found = { kind: 'key', bytes };

  it('finds the key in the saved text file', () => {
    expect(readRecoveryKey(recoverySheetText(real, language))).toEqual(found);
  });

  it('finds the key in what is copied out of the sheet', () => {
    expect(readRecoveryKey(textOf(recoverySheetHtml(real, language)))).toEqual(found);
  });
});
