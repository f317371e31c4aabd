import { closest, distance } from 'fastest-levenshtein';

/** What a misspelt name may have meant. */
export interface Suggestion {
  readonly name: string;
  /** It is the only candidate one slip of the key away, so that the correction cannot change what was meant. */
  readonly sure: boolean;
}

/** The nearest of the names, if it is near enough to be what was meant: a slip for every four characters, at least one. */
export function suggest(word: string, among: readonly string[]): Suggestion | undefined {
  if (among.length === 0) return undefined;
  const name = closest(word, among);
  const far = distance(word, name);
  if (far === 0 || far > Math.max(1, Math.floor(word.length / 4) + (word.length > 3 ? 1 : 0))) return undefined;
  return { name, sure: far === 1 && among.filter((other) => distance(word, other) <= 1).length === 1 };
}
