import type { SasEmoji } from '../../../preload/model/verification';
import { sasEmoji } from '../../../preload/rules/sas-emoji';

/**
 * An emoji of the crypto library, by its name in the specification's table: its symbols are written
 * with and without variation selectors.
 *
 * @throws {Error} for one that the table does not have
 */
export function emojiOf(description: string): SasEmoji {
  const wanted = plain(description);
  const found = sasEmoji.find(({ name }) => plain(name) === wanted);
  if (found === undefined) throw new Error(`Not an emoji of the specification: ${description}`);
  return found;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(' ', '');
}
