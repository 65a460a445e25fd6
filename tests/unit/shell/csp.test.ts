import { expect, test } from 'vitest';
import { contentSecurityPolicy, lentPagePolicy } from '../../../main/shell/csp';

test('the policy of the app’s pages is exactly this one', () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
      "img-src 'self' blob:; media-src 'self' blob:; connect-src 'none'; object-src 'none'; " +
      "base-uri 'none'; frame-src 'none'; form-action 'none'; require-trusted-types-for 'script'",
  );
});

test('a lent page loads nothing, runs nothing, and styles itself by hash only', () => {
  expect(lentPagePolicy(['aGFzaA=='])).toBe(
    "default-src 'none'; style-src 'sha256-aGFzaA=='; base-uri 'none'; form-action 'none'; " +
      "frame-ancestors 'none'",
  );
  expect(lentPagePolicy([])).toContain("style-src 'none'");
});
