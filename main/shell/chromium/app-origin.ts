/**
 * Where the app's pages live in a Chromium window. `.invalid` never resolves (RFC 2606), so a
 * request that slipped past the interception would reach nobody.
 */
export const appOrigin = 'https://app.holdfast.invalid';

/** The binding as Playwright puts it on the page's global, until the page's transport takes it. */
export const bindingName = '__holdfastWire';

/** What the page's transport says to main over the binding. */
export type WireCall =
  | { readonly kind: 'invoke'; readonly name: unknown; readonly args: unknown }
  /** Waits for pushes; answered with one or more, in order. */
  | { readonly kind: 'next' };

/** A call as it crosses: `document` names the document it comes from. */
export type WireMessage = WireCall & { readonly document: string };
