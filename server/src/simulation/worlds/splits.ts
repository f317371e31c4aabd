/** All ways to take `wanted` from boxes that hold so many. */
export function* splits(boxes: readonly number[], wanted: number): Generator<readonly number[]> {
  const after: number[] = [];
  let sum = 0;
  for (let i = boxes.length - 1; i >= 0; i--) {
    after[i] = sum;
    sum += boxes[i] ?? 0;
  }
  if (wanted > sum || wanted < 0) return;
  const taken = new Array<number>(boxes.length).fill(0);
  yield* place(0, wanted);

  function* place(at: number, left: number): Generator<readonly number[]> {
    if (at === boxes.length) {
      yield [...taken];
      return;
    }
    const most = Math.min(left, boxes[at] ?? 0);
    for (let n = Math.max(0, left - (after[at] ?? 0)); n <= most; n++) {
      taken[at] = n;
      yield* place(at + 1, left - n);
    }
    taken[at] = 0;
  }
}

/** How many ways `splits` would give, or `most` where they are more. */
export function waysToSplit(boxes: readonly number[], wanted: number, most: number): number {
  let ways = new Array<number>(wanted + 1).fill(0);
  ways[0] = 1;
  for (const box of boxes) {
    if (box === 0) continue;
    const next = new Array<number>(wanted + 1).fill(0);
    let sum = 0;
    for (let n = 0; n <= wanted; n++) {
      sum += ways[n] ?? 0;
      if (n - box - 1 >= 0) sum -= ways[n - box - 1] ?? 0;
      next[n] = Math.min(sum, Number.MAX_SAFE_INTEGER);
    }
    ways = next;
  }
  return Math.min(ways[wanted] ?? 0, most);
}
