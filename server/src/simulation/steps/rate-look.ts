import type { Limit } from '../judgement/joint.ts';
import { nothingLeft } from '../paths/path.ts';
import type { Range } from '../paths/run.ts';
import type { Branch } from '../worlds/belief.ts';
import { echoRange } from '../worlds/echoes.ts';
import { groupAt, type Open, roomsOf } from '../worlds/open.ts';
import { placed, placedWith, weights } from '../worlds/place.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { World } from '../worlds/world.ts';
import type { Moment } from './moment.ts';

/** What a server of a take weighs from a position. */
export type Weight = (take: number, position: number) => number;

/** What a gauge is a matter of, as sums over takes. */
export interface Measure {
  readonly weights: readonly Weight[];
  readonly value: (lost: readonly number[]) => number;
}

/** What leaves within a window while servers are taken out, over all ways to place the takes. */
export class RateLook {
  private readonly world: World;
  protected readonly rest: Branch;
  protected readonly open: Open;
  protected readonly earlier: number;
  protected readonly rooms: readonly number[];

  constructor(world: World, rest: Branch, open: Open, earlier: number) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.earlier = earlier;
    this.rooms = roomsOf(open);
  }

  /** A window counts for the part where servers of the subsystem leave with it. Exact at its best where all of them leave at once. */
  reading(gauge: Gauge, moment: Moment): Range & { readonly isExact: boolean } {
    const times = this.timesOf(moment);
    let [worst, best] = [nothingLeft, nothingLeft];
    for (const at of times) {
      worst = Math.min(worst, this.worstAt(gauge, moment, at));
      best = Math.min(best, this.bestAt(gauge, moment, at));
    }
    return { worst, best, isExact: times.length < 2 };
  }

  /** At each time at which something leaves with the part, as sums. */
  measures(gauge: Gauge, { begin, own }: Moment): readonly Measure[] {
    return this.timesOf({ own }).map((at): Measure => {
      const known = this.known(gauge, at).least;
      return {
        weights: [this.leaving(gauge, own, at), this.recent(gauge, [...begin.sure, ...own], at)],
        value: ([left, all = 0]) => (left === 0 ? nothingLeft : -(known + all)),
      };
    });
  }

  /** What must not leave more than, at any time; undefined where that is not certain. */
  limits(gauge: Gauge, moments: readonly Moment[]): readonly Limit[] | undefined {
    if (gauge.rule !== 'rate') return undefined;
    return moments.flatMap((moment) =>
      this.timesOf(moment).map(
        (at): Limit => ({
          slack: -gauge.bound - this.known(gauge, at).least,
          weight: this.recent(gauge, [...moment.begin.sure, ...moment.own], at),
        }),
      ),
    );
  }

  private timesOf({ own }: Pick<Moment, 'own'>): readonly number[] {
    return [...new Set(own.flatMap((take) => this.open.takes[take]?.at ?? []))];
  }

  private worstAt(gauge: Gauge, { begin, own }: Moment, at: number): number {
    const gone = [...begin.may, ...own];
    const recent = this.recent(gauge, gone, at);
    const leaving = this.leaving(gauge, own, at);
    const { takes } = this.open;
    const value = (sum: number) => -(this.known(gauge, at).most + sum);
    const all = placed(takes, this.rooms, recent);
    const isLeft = all?.taken.some((row, take) =>
      row.some((count, i) => count > 0 && leaving(take, takes[take]?.positions[i] ?? -1) > 0),
    );
    if (all === undefined || isLeft) return all === undefined ? nothingLeft : value(all.weight);
    // Another way leaves more, but nothing of it now.
    const other = placedWith(takes, this.rooms, recent, own, (take, position) => leaving(take, position) > 0);
    return other === undefined ? nothingLeft : value(other.weight);
  }

  private bestAt(gauge: Gauge, { begin, own }: Moment, at: number): number {
    const { takes } = this.open;
    const least = weights(takes, this.rooms, this.leaving(gauge, own, at))?.least ?? 0;
    if (least === 0) return nothingLeft;
    const sum = weights(takes, this.rooms, this.recent(gauge, [...begin.sure, ...own], at))?.least ?? 0;
    return -(this.known(gauge, at).least + sum);
  }

  /** What a server weighs that leaves at a time with the part. */
  private leaving(gauge: Gauge, own: readonly number[], at: number): Weight {
    return (take, position) =>
      own.includes(take) && this.open.takes[take]?.at === at ? this.units(gauge, position) : 0;
  }

  /** What a server weighs that has left within the window which ends at a time, if no more than these have gone. */
  protected recent(gauge: Gauge, gone: readonly number[], at: number): Weight {
    const all = new Set(gone);
    return (take, position) => {
      const left = this.open.takes[take]?.at ?? Number.NEGATIVE_INFINITY;
      return (take < this.earlier || all.has(take)) && isWithin(gauge, left, at) ? this.units(gauge, position) : 0;
    };
  }

  protected units({ subsystem: { index } }: Gauge, position: number): number {
    return groupAt(this.world, this.open, position)?.units[index] ?? 0;
  }

  /** What else has left within the window that ends at a time. */
  protected known(gauge: Gauge, end: number): { readonly least: number; readonly most: number } {
    const { index } = gauge.subsystem;
    let sum = 0;
    for (const { at, parts } of this.rest.leavings) {
      if (isWithin(gauge, at, end)) for (const [subsystem, left] of parts) if (subsystem === index) sum += left;
    }
    const { least, most } = echoRange(this.world, this.rest.echoes, index, (at) => isWithin(gauge, at, end));
    return { least: sum + least, most: sum + most };
  }
}

function isWithin({ subsystem: { rate } }: Gauge, at: number, end: number): boolean {
  return rate !== undefined && at <= end && end - at < rate.window;
}
