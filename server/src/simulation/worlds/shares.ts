import { type Open, type OpenTake, roomsOf } from './open.ts';
import { weights } from './place.ts';

/**
 * The open once for each range of numbers that its takes can have from some cells together, so that `about` says the same of all numbers in a range:
 * in each, a percentage of what is left there is one number.
 * Undefined where they are more than `most`, or where something of it is back.
 */
export function byShare(
  open: Open,
  cells: readonly number[],
  about: (gone: number) => string,
  most: number,
): readonly Open[] | undefined {
  if (open.takes.some(({ state }) => state !== 'out')) return undefined;
  const inside = new Set(cells);
  const isInside: IsInside = (position) => inside.has(open.cells[position] ?? -1);
  const parting = open.takes.filter(({ positions }) => positions.some(isInside) && !positions.every(isInside));
  let opens: readonly Open[] = [open];
  for (const take of parting) {
    // Of all but the last each number by itself, so that the last one's are those of all together.
    const says = take === parting.at(-1) ? about : String;
    const next = opens.flatMap((one) =>
      ranges(one, take, isInside, says).map((range) => withShare(one, take, isInside, range)),
    );
    if (next.length > most) return undefined;
    opens = next;
  }
  return opens;
}

/**
 * The open once for each number of servers that warm up of what is back, where others of it count already.
 * Undefined where they are more than `most`.
 */
export function byWarming(open: Open, most: number): readonly Open[] | undefined {
  let opens: readonly Open[] = [open];
  for (const take of open.takes) {
    const { state } = take;
    if (typeof state !== 'object' || take.positions.every((position) => state.ready.has(position))) continue;
    const warmsUp: IsInside = (position) => state.ready.has(position);
    opens = opens.flatMap((one) =>
      ranges(one, take, warmsUp, String).map((range) => withShare(one, take, warmsUp, range)),
    );
    if (opens.length > most) return undefined;
  }
  return opens.map((one) => ({
    ...one,
    takes: one.takes.map((take): OpenTake => {
      const { state, positions } = take;
      const isBack = typeof state === 'object' && !positions.some((position) => state.ready.has(position));
      return isBack ? { ...take, state: 'back' } : take;
    }),
  }));
}

type IsInside = (position: number) => boolean;

interface Range {
  readonly least: number;
  readonly most: number;
}

/** The numbers of servers that a take can have from there: every one between the least and the most is possible. */
function ranges(open: Open, take: OpenTake, isInside: IsInside, says: (gone: number) => string): readonly Range[] {
  const at = open.takes.indexOf(take);
  const own = weights(open.takes, roomsOf(open), (one, position) => (one === at && isInside(position) ? 1 : 0));
  if (own === undefined) return [];
  const others = open.takes.reduce((sum, { positions, count }) => (positions.every(isInside) ? sum + count : sum), 0);
  const found: Range[] = [];
  let said: string | undefined;
  for (let number = own.least; number <= own.most; number++) {
    const now = says(others + number);
    const last = found.at(-1);
    if (last !== undefined && now === said) found[found.length - 1] = { ...last, most: number };
    else found.push({ least: number, most: number });
    said = now;
  }
  return found;
}

/** The open with a take that has between so many servers from there: the least of them, those that are from elsewhere then in any case, and the others. */
function withShare(open: Open, take: OpenTake, isInside: IsInside, { least, most }: Range): Open {
  const parts: readonly OpenTake[] = [
    { ...take, positions: take.positions.filter(isInside), count: least },
    { ...take, positions: take.positions.filter((position) => !isInside(position)), count: take.count - most },
    { ...take, count: most - least },
  ];
  return { ...open, takes: open.takes.flatMap((one) => (one === take ? parts.filter(({ count }) => count > 0) : one)) };
}
