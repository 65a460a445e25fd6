import { describe, expect, it } from 'vitest';
import { requireConfirmationPage, requireExternalLink } from '../../../main/links/external-link';

describe('a link that leaves the app', () => {
  it.each(['https://example.org/a?b#c', 'mailto:help@example.org'])('may be %s', (link) => {
    expect(requireExternalLink(link)).toBe(link);
  });

  it.each([
    'http://example.org',
    'file:///etc/passwd',
    '\\\\server\\share',
    '//server/share',
    'smb://server/share',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ms-msdt:/id',
    'holdfast://app/',
    'matrix:r/room:example.org',
    'https://user:password@example.org',
    'https://user@example.org',
    'https://example.org\\@evil.example',
    'https://example.org/\n--flag',
    'example.org',
    '',
  ])('is never %j', (link) => {
    expect(() => requireExternalLink(link)).toThrow(
      expect.objectContaining({ code: 'not_allowed' }),
    );
  });
});

describe('a page on which a person confirms who they are', () => {
  it.each(['https://matrix.example/confirm?session=a', 'http://localhost:8008/confirm'])(
    'may be %s',
    (page) => {
      expect(requireConfirmationPage(page)).toBe(page);
    },
  );

  it.each(['http://matrix.example/', 'mailto:a@example.org', 'file:///etc', 'https://a@b.example'])(
    'is never %s',
    (page) => {
      expect(() => requireConfirmationPage(page)).toThrow();
    },
  );
});
