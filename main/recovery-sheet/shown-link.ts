/** A link as it is typed from paper: an address of mail without its scheme. */
export function shownLink(text: string): string {
  return text.replace(/^mailto:/u, '');
}
