/** What a person types or pastes to say whom they invite. */
import type { UserId } from '../../../preload/model/ids';

export interface InviteEntry {
  /** Each once, in the order typed. */
  readonly userIds: readonly UserId[];
  /** What is no address. */
  readonly unreadable: readonly string[];
}

const address = /^@[^\s:]+:[^\s:]+(?::\d+)?$/u;
const longest = 255;

/** Reads addresses between spaces, commas or semicolons; links to people count as well. */
export function readInviteEntry(text: string): InviteEntry {
  const words = text
    .split(/[\s,;]+/u)
    .filter((word) => word !== '')
    .map((word) => linked(word));
  const isAddress = (word: string): boolean => address.test(word) && word.length <= longest;
  return {
    userIds: [...new Set(words.filter(isAddress))].map((word) => word as UserId),
    unreadable: words.filter((word) => !isAddress(word)),
  };
}

/** The address in a link of matrix.to; anything else stays as it is. */
function linked(word: string): string {
  const fragment = /^https:\/\/matrix\.to\/#\/([^?/]+)/u.exec(word)?.[1];
  if (fragment === undefined) return word;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return word;
  }
}
