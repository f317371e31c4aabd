/** Where two lists differ: `old` from `from` to `oldTo` became `now` from `from` to `to`; around it they hold the same objects. */
export interface ChangedRange {
  readonly from: number;
  readonly to: number;
  readonly oldTo: number;
}

/** Compares two lists from both ends. */
export function changedRange(old: readonly object[], now: readonly object[]): ChangedRange {
  const most = Math.min(old.length, now.length);
  const late = old.length - now.length;
  let from = 0;
  while (from < most && old[from] === now[from]) from += 1;
  let to = now.length;
  const least = from + Math.max(0, -late);
  while (to > least && old[to - 1 + late] === now[to - 1]) to -= 1;
  return { from, to, oldTo: to + late };
}

/** `old` with its changed part replaced. */
export function spliced<T>(
  old: readonly T[],
  { from, oldTo }: Omit<ChangedRange, 'to'>,
  middle: readonly T[],
): readonly T[] {
  if (from === 0 && oldTo >= old.length) return middle;
  // Much at once is put in where arguments need not hold it.
  if (middle.length > 1000) return old.slice(0, from).concat(middle, old.slice(oldTo));
  return old.toSpliced(from, oldTo - from, ...middle);
}

/** Whether two lists hold the same objects. */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Of a long list the few items of which there is something to say, each behind its index; in order. */
export type Sparse<T> = readonly (readonly [index: number, item: T])[];

/** The items of a stretch that begins at `from`, of which `says` something is to be said. */
export function sparse<T>(items: readonly T[], from: number, says: (item: T) => boolean): Sparse<T> {
  const few: (readonly [number, T])[] = [];
  items.forEach((item, i) => {
    if (says(item)) few.push([from + i, item]);
  });
  return few;
}

/** As `spliced`, of a sparse list. */
export function splicedSparse<T>(old: Sparse<T>, { from, to, oldTo }: ChangedRange, middle: Sparse<T>): Sparse<T> {
  const before = old.filter(([index]) => index < from);
  const behind = old.filter(([index]) => index >= oldTo);
  const moved = to === oldTo ? behind : behind.map(([index, item]) => [index + to - oldTo, item] as const);
  return [...before, ...middle, ...moved];
}
