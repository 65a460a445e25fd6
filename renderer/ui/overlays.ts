/** Id of the element that holds menus and tooltips: a landmark of its own, above the app. */
export const overlaysId = 'overlays';

/** Where a menu or tooltip goes; the body where a component stands alone. */
export function overlayHost(): HTMLElement {
  return document.getElementById(overlaysId) ?? document.body;
}
