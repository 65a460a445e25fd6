/** Fills a template of markup: plain values are escaped, markup goes in as it is. */

/** Text that is markup already, because this program wrote it. */
export class Markup {
  constructor(readonly text: string) {}
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or between an attribute's quotes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => escapes[character] ?? character);
}

/** Markup from a template literal, its plain values escaped. */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  return new Markup(
    parts.reduce((text, part, index) => {
      const value = values[index - 1];
      return text + (value === undefined ? '' : asMarkup(value)) + part;
    }),
  );
}

/**
 * Puts values in the places of a template that are marked `{{name}}`.
 *
 * @throws {Error} where the template names a value that was not given
 */
export function fill(
  template: string,
  values: Readonly<Record<string, string | Markup | readonly Markup[]>>,
): string {
  return template.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`The template asks for ${name}, which was not given`);
    return asMarkup(value);
  });
}

function asMarkup(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return escapeMarkup(value);
  return value instanceof Markup ? value.text : value.map(({ text }) => text).join('');
}
