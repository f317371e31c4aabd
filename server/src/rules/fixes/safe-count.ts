/** Below this, every count is tried. */
const triedOneByOne = 40;
/** Above the answer of the halving, so many counts are tried too. */
const triedBeyond = 4;

/**
 * The largest count below `bound` that clears; 0 where none does.
 * Fewer servers are nearly always safer, but not quite: what a later step does with a percentage can turn it, or a choice that is known only where everything goes.
 * Hence few counts are tried one after the other from the top, which is exact whatever they do; many are halved, and the next above the answer are tried as well.
 */
export function largestSafe(bound: number, clears: (count: number) => boolean): number {
  let low = 0;
  let high = bound;
  while (high - low > triedOneByOne || (low > 0 && high - low > 1)) {
    const middle = Math.floor((low + high) / 2);
    if (clears(middle)) low = middle;
    else high = middle;
  }
  const top = low > 0 ? Math.min(bound - 1, low + triedBeyond) : high - 1;
  for (let count = top; count > low; count--) if (clears(count)) return count;
  return low;
}

/** The least count below `bound` that breaks something, else `bound`; with more the same is broken, and more of it. */
export function leastBreaking(bound: number, breaks: (count: number) => boolean): number {
  let [low, high] = [0, bound];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (breaks(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The smallest count above `bound`, at most `most`, that clears; undefined where none does. */
export function smallestSafe(
  bound: number,
  most: number,
  clears: (count: number) => boolean,
  breaks: (count: number) => boolean,
): number | undefined {
  if (most <= bound || !clears(most)) return undefined;
  const high = leastBreaking(most - bound, (fewer) => breaks(most - fewer));
  return most - largestSafe(high, (fewer) => clears(most - fewer));
}
