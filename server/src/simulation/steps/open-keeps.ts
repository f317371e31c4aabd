import { canKeepAll } from '../judgement/joint.ts';
import { type Bound, canKeepBeside } from '../judgement/spare-beside.ts';
import { mostLeft } from '../limits.ts';
import type { Branch } from '../worlds/belief.ts';
import { cellWeight, type Open } from '../worlds/open.ts';
import { placed } from '../worlds/place.ts';
import type { LocalGauge, World } from '../worlds/world.ts';
import type { Moment } from './moment.ts';
import type { Takes } from './open-takes.ts';
import type { RateLook } from './rate-look.ts';

/** What the gauges read in these rounds of a part, one way to place the takes after the other; undefined where there are too many. */
export type Readings = (
  locals: readonly LocalGauge[],
  moments: readonly Moment[],
) => readonly (readonly number[])[] | undefined;

/** Of which part it is asked whether it keeps some gauges: its rounds, and by gauge the least before it and the most that it can keep. */
export interface Asked {
  readonly moments: readonly Moment[];
  readonly before: readonly number[];
  readonly best: readonly number[];
}

/** Whether one way to place the takes keeps some gauges all at once. */
export class Keeps {
  private readonly world: World;
  private readonly rest: Branch;
  private readonly open: Open;
  private readonly takes: Takes;
  private readonly full: readonly number[];
  private readonly rates: RateLook;
  private readonly readings: Readings;

  constructor(
    world: World,
    rest: Branch,
    open: Open,
    takes: Takes,
    full: readonly number[],
    rates: RateLook,
    readings: Readings,
  ) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.takes = takes;
    this.full = full;
    this.rates = rates;
    this.readings = readings;
  }

  /** Whether the servers of a part can all be such as do not count for a sum. */
  canLeave(tally: number, { begin, own }: Moment): boolean {
    const mine = new Set(own);
    const { takes, weight } = this.takes.only([...begin.sure, ...own], (take, position) =>
      mine.has(take) ? -cellWeight(this.world, this.open.cells[position] ?? -1, tally) : 0,
    );
    return placed(takes, this.takes.rooms, weight)?.weight === 0;
  }

  /** Whether all of them keep their bounds; undefined where that is not decided. */
  all(locals: readonly LocalGauge[], { moments, best }: Asked): boolean | undefined {
    if (locals.some(({ at, gauge }) => (best[at] ?? 0) < gauge.bound)) return false;
    if (locals.length < 2) return true;
    const bounds = this.boundsOf(locals, moments);
    if (bounds !== undefined) return canKeepBeside(this.world, this.rest, this.open, this.full, bounds);
    const all = this.readings(locals, moments);
    if (all !== undefined)
      return all.some((values) => values.every((value, i) => value >= (locals[i]?.gauge.bound ?? 0)));
    const limits = locals.map(({ gauge }) => this.rates.limits(gauge, moments));
    return limits.includes(undefined)
      ? undefined
      : canKeepAll(
          this.open.takes,
          this.takes.rooms,
          limits.flatMap((own) => own ?? []),
        ) === true || undefined;
  }

  /** The same where a gauge that the part leaves as it was counts as kept: some of those that may have been below their bounds are left, and the others kept. */
  allOrLeft(locals: readonly LocalGauge[], asked: Asked): boolean | undefined {
    const [moment, another] = asked.moments;
    if (moment === undefined || another !== undefined) return this.all(locals, asked);
    const low = locals.filter(({ at, gauge }) => (asked.before[at] ?? 0) < gauge.bound);
    if (low.length > mostLeft) return undefined;
    let unsure = false;
    for (let some = 0; some < 2 ** low.length; some++) {
      const left = low.filter((_, i) => (some & (2 ** i)) !== 0);
      const kept = this.allBut(left, locals, moment, asked);
      if (kept === true) return true;
      unsure ||= kept === undefined;
    }
    return unsure ? undefined : false;
  }

  /** Whether some gauges are left as they were, and all others kept. */
  private allBut(
    left: readonly LocalGauge[],
    locals: readonly LocalGauge[],
    { own }: Moment,
    asked: Asked,
  ): boolean | undefined {
    const { moments, best } = asked;
    if (left.length === 0) return this.all(locals, asked);
    const others = locals.filter((local) => !left.includes(local));
    if (others.some(({ at, gauge }) => (best[at] ?? 0) < gauge.bound)) return false;
    const bounds = this.boundsOf(others, moments);
    const spared = left.flatMap(({ gauge: { tally } }) => tally ?? []);
    if (bounds === undefined || spared.length < left.length) return undefined;
    const isLeft = (position: number) =>
      spared.every((tally) => cellWeight(this.world, this.open.cells[position] ?? -1, tally) === 0);
    const takes = this.open.takes.map((take, i) =>
      own.includes(i) ? { ...take, positions: take.positions.filter(isLeft) } : take,
    );
    if (placed(takes, this.takes.rooms, () => 0) === undefined) return false;
    return bounds.length === 0 || canKeepBeside(this.world, this.rest, { ...this.open, takes }, this.full, bounds);
  }

  /** Undefined where they are not all sums. */
  private boundsOf(locals: readonly LocalGauge[], moments: readonly Moment[]): readonly Bound[] | undefined {
    const last = moments.at(-1);
    const gone = last === undefined ? [] : [...last.begin.sure, ...last.own];
    const bounds = locals.flatMap(({ gauge: { tally, bound: atLeast } }): Bound[] =>
      tally === undefined ? [] : [{ tally, atLeast, weight: this.takes.weight(tally, gone) }],
    );
    return bounds.length === locals.length ? bounds : undefined;
  }
}
