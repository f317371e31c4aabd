/**
 * How many changes it takes, at most, to follow a restart over several boxes of so many servers, batch by batch:
 * from every way in which the batches so far can have gone, every way in which the next one can.
 */
export function changesToFollow(counts: readonly number[], left: number, batch: number): number {
  const ways = waysByTotal(counts);
  const ofBatch = ways[Math.min(left, batch)] ?? 0;
  let changes = 0;
  for (let gone = 0; gone < left; gone += batch) changes += (ways[gone] ?? 0) * ofBatch;
  return changes;
}

/** In how many ways so many can be taken out of the boxes, by how many. */
function waysByTotal(counts: readonly number[]): readonly number[] {
  let ways: readonly number[] = [1];
  for (const count of counts) {
    const next: number[] = [];
    // As many ways as with one fewer, and those that take none of this box, without those that would take too many.
    for (let total = 0; total < ways.length + count; total++) {
      next.push((next[total - 1] ?? 0) + (ways[total] ?? 0) - (ways[total - count - 1] ?? 0));
    }
    ways = next;
  }
  return ways;
}
