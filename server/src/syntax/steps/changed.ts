/** What differs between two texts: from `start` on, up to the ends in the old and in the new text. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** So many characters are compared at once, as memory; where they differ, ever fewer. */
const stretches = [16_384, 512, 32, 1];

/** The one range outside which two texts are the same; empty where they are equal. */
export function changeBetween(old: string, text: string): Change {
  const shorter = Math.min(old.length, text.length);
  const start = samePrefix(old, text, shorter);
  const suffix = sameSuffix(old, text, shorter - start);
  return { start, oldEnd: old.length - suffix, newEnd: text.length - suffix };
}

function samePrefix(a: string, b: string, most: number): number {
  let same = 0;
  for (const stretch of stretches) {
    while (same + stretch <= most && a.slice(same, same + stretch) === b.slice(same, same + stretch)) same += stretch;
  }
  return same;
}

function sameSuffix(a: string, b: string, most: number): number {
  const same = (end: number, more: number) =>
    a.slice(a.length - end - more, a.length - end) === b.slice(b.length - end - more, b.length - end);
  let length = 0;
  for (const stretch of stretches) while (length + stretch <= most && same(length, stretch)) length += stretch;
  return length;
}
