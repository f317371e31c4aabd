/** So many of each kind. */
export type Batch = readonly number[];

/** The batches of a restart, each of them that is not like another once. */
export type Way = readonly Batch[];

/**
 * Ways to put batches of so many together: kind after kind in some orders, zone after zone in every order, with all zones in one batch, and as evenly as can be.
 * `zones` says in which zone each kind stands; undefined where that does not matter.
 */
export function waysOver(
  counts: readonly number[],
  size: number,
  orders: readonly (readonly number[])[],
  zones: readonly string[] | undefined,
): readonly Way[] {
  const nothing = counts.map(() => 0);
  const ways: Way[] = [...orders, counts.map((_, i) => i)].map((order) => oneByOne(counts, size, order, nothing));
  if (zones !== undefined) {
    const kindsIn = [...new Set(zones)].map((zone) => zones.flatMap((own, i) => (own === zone ? [i] : [])));
    for (const order of permutations(kindsIn)) ways.push(oneByOne(counts, size, order.flat(), nothing));
    const firsts = kindsIn.flatMap((own) => own[0] ?? []);
    for (const hit of choices(firsts, Math.min(size, firsts.length)))
      for (const own of kindsIn) {
        const order = [...own, ...counts.map((_, i) => i).filter((i) => !own.includes(i))];
        ways.push(
          oneByOne(
            counts,
            size,
            order,
            nothing.map((_, i) => (hit.includes(i) ? 1 : 0)),
          ),
        );
      }
  }
  ways.push(evenly(counts, size));
  return [...new Map(ways.map((way) => [way.join(';'), way])).values()];
}

/** One kind after the other; some servers go with the first batch in any case. */
function oneByOne(counts: readonly number[], size: number, order: readonly number[], first: Batch): Way {
  const left = counts.map((count, i) => count - (first[i] ?? 0));
  const batches = new Map<string, Batch>();
  let batch = [...first];
  let room = size - first.reduce((sum, count) => sum + count, 0);
  const close = () => {
    batches.set(batch.join(), batch);
    batch = counts.map(() => 0);
    room = size;
  };
  for (const kind of order) {
    let due = left[kind] ?? 0;
    while (due > 0) {
      const going = Math.min(due, room);
      batch[kind] = (batch[kind] ?? 0) + going;
      room -= going;
      due -= going;
      if (room > 0) break;
      close();
      // Batches that are of this kind alone are one like the other.
      if (due >= 2 * size) due -= size * (Math.floor(due / size) - 1);
    }
  }
  if (room < size) close();
  return [...batches.values()];
}

/** Of each kind about as many in every batch, and of none more than it must be. */
function evenly(counts: readonly number[], size: number): Way {
  const left = [...counts];
  const batches = new Map<string, Batch>();
  let all = counts.reduce((sum, count) => sum + count, 0);
  const rounds = Math.ceil(all / size);
  const most = counts.map((count) => mostOfEach(count, size, rounds, all));
  for (let round = rounds; round > 0; round--) {
    const going = Math.min(size, all);
    const least = left.map((count, i) => Math.max(0, count - (most[i] ?? 0) * (round - 1)));
    const room = left.map((count, i) => Math.min(count, most[i] ?? 0));
    const share = (i: number) => Math.floor(((left[i] ?? 0) * going) / all);
    const batch = left.map((_, i) => Math.min(Math.max(share(i), least[i] ?? 0), room[i] ?? 0));
    let more = going - batch.reduce((sum, count) => sum + count, 0);
    while (more !== 0) {
      const sign = Math.sign(more);
      const kind =
        mostBehind(left, batch, sign > 0 ? room : least, sign) ?? mostBehind(left, batch, sign > 0 ? left : [], sign);
      if (kind === undefined) break;
      batch[kind] = (batch[kind] ?? 0) + sign;
      more -= sign;
    }
    for (const [i, count] of batch.entries()) left[i] = (left[i] ?? 0) - count;
    all -= going;
    batches.set(batch.join(), batch);
  }
  return [...batches.values()];
}

/** Servers of a kind that some batch must hold at least, where the last one is smaller. */
function mostOfEach(count: number, size: number, rounds: number, all: number): number {
  const last = all - (rounds - 1) * size;
  let each = Math.ceil(count / rounds);
  while ((rounds - 1) * Math.min(each, size) + Math.min(each, last) < count) each += 1;
  return each;
}

/** The kind of which the most would be left, or the least, that has not reached its limit. */
function mostBehind(left: readonly number[], batch: Batch, limit: Batch, sign: number): number | undefined {
  let found: number | undefined;
  const behind = (i: number) => sign * ((left[i] ?? 0) - (batch[i] ?? 0));
  for (const i of left.keys()) {
    if (sign * ((limit[i] ?? 0) - (batch[i] ?? 0)) <= 0) continue;
    if (found === undefined || behind(i) > behind(found)) found = i;
  }
  return found;
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

function choices(items: readonly number[], size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => choices(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}
