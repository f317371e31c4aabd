/** What differs between two versions of a text: `old` from `start` to `oldEnd` became something else. */
export interface ChangedPart {
  readonly start: number;
  readonly oldEnd: number;
}

/** Finds what an edit changed. Whole stretches are compared at once, which costs next to nothing even on megabytes. */
export function changedPart(old: string, now: string): ChangedPart {
  const most = Math.min(old.length, now.length);
  const start = common(most, (from, to) => old.slice(from, to) === now.slice(from, to));
  const fromEnd = (text: string, from: number, to: number) => text.slice(text.length - to, text.length - from);
  const tail = common(most - start, (from, to) => fromEnd(old, from, to) === fromEnd(now, from, to));
  return { start, oldEnd: old.length - tail };
}

/** The largest count up to `most` for which everything before it is the same. */
function common(most: number, same: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = most;
  if (same(low, high)) return most;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (same(low, middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The index of the last of the ascending numbers that is not after `value`; -1 where all are. */
export function lastNotAfter(ascending: readonly number[], value: number): number {
  return firstNotBefore(ascending, value + 1) - 1;
}

/** The index of the first of the ascending numbers that is not before `value`; their count where all are. */
export function firstNotBefore(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
