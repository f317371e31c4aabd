/** What differs between two texts: from `start` on, up to the ends in the old and in the new text. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Compared at once: long enough that the engine compares memory, short enough that the last stretch is cheap to search. */
const stretch = 16_384;

/** The one range outside which two texts are the same; empty where they are equal. */
export function changeBetween(old: string, text: string): Change {
  const shorter = Math.min(old.length, text.length);
  const start = samePrefix(old, text, shorter);
  const suffix = sameSuffix(old, text, shorter - start);
  return { start, oldEnd: old.length - suffix, newEnd: text.length - suffix };
}

function samePrefix(a: string, b: string, most: number): number {
  let same = 0;
  while (same + stretch <= most && a.slice(same, same + stretch) === b.slice(same, same + stretch)) same += stretch;
  while (same < most && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  return same;
}

function sameSuffix(a: string, b: string, most: number): number {
  let same = 0;
  const { length: endA } = a;
  const { length: endB } = b;
  while (
    same + stretch <= most &&
    a.slice(endA - same - stretch, endA - same) === b.slice(endB - same - stretch, endB - same)
  ) {
    same += stretch;
  }
  while (same < most && a.charCodeAt(endA - same - 1) === b.charCodeAt(endB - same - 1)) same++;
  return same;
}
