/** Where two lists differ: `old` from `from` to `oldTo` became `now` from `from` to `to`; around it they hold the same objects. */
export interface ChangedRange {
  readonly from: number;
  readonly to: number;
  readonly oldTo: number;
}

/** Compares two lists from both ends. */
export function changedRange<T>(old: readonly T[], now: readonly T[], same: (a: T, b: T) => boolean): ChangedRange {
  const most = Math.min(old.length, now.length);
  const equal = (a: T | undefined, b: T | undefined) => a !== undefined && b !== undefined && same(a, b);
  let from = 0;
  while (from < most && equal(old[from], now[from])) from += 1;
  let tail = 0;
  while (tail < most - from && equal(old[old.length - 1 - tail], now[now.length - 1 - tail])) tail += 1;
  return { from, to: now.length - tail, oldTo: old.length - tail };
}

/** `old` with its changed part replaced. */
export function spliced<T>(old: readonly T[], { from, oldTo }: ChangedRange, middle: readonly T[]): readonly T[] {
  return [...old.slice(0, from), ...middle, ...old.slice(oldTo)];
}
