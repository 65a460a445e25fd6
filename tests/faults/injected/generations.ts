/** Compares what was acknowledged with what is found: lines of `<subject> <generation>`. */
import type { Finding } from './scenario';

/** The newest acknowledged generation of each subject. */
export function newest(acknowledged: readonly string[]): Map<string, number> {
  const generations = new Map<string, number>();
  for (const line of acknowledged) {
    const space = line.lastIndexOf(' ');
    const subject = line.slice(0, space);
    const generation = Number(line.slice(space + 1));
    generations.set(subject, Math.max(generation, generations.get(subject) ?? 0));
  }
  return generations;
}

/**
 * @param found gives the generation that a subject has now, undefined where it is not there at all
 */
export function lostOf(
  acknowledged: readonly string[],
  found: (subject: string) => number | undefined,
): Finding[] {
  return [...newest(acknowledged)].flatMap(([subject, generation]): Finding[] => {
    const now = found(subject);
    if (now !== undefined && now >= generation) return [];
    const detail = `${subject}: ${generation} was acknowledged, found ${now ?? 'nothing'}`;
    return [{ kind: 'key lost', detail }];
  });
}
