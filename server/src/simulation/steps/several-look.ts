import type { Seeing } from '../judgement/judge.ts';
import { type Bound, canKeepBeside } from '../judgement/spare-beside.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { Task } from '../plan/plan.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { countCell } from '../worlds/factor.ts';
import { cellWeight, isGone, type Open, roomsOf } from '../worlds/open.ts';
import { placed, weights } from '../worlds/place.ts';
import { type Status, statusOf } from '../worlds/status.ts';
import type { Scope, World } from '../worlds/world.ts';

/** One part of a step in one round: what has gone before it begins, for certain and perhaps, and what goes with it; as places of takes. */
export interface Moment {
  readonly part: number;
  /** Of its notes. */
  readonly key: string;
  readonly task: Task | undefined;
  readonly begin: { readonly sure: readonly number[]; readonly may: readonly number[] };
  readonly own: readonly number[];
}

/** What the gauges, all of them sums, read while several removals go on. */
export class SeveralLook {
  private readonly world: World;
  private readonly rest: Branch;
  private readonly open: Open;
  /** How many takes were there before. */
  private readonly earlier: number;
  private readonly scope: Scope;
  private readonly rooms: readonly number[];
  private readonly full: readonly number[];
  private readonly known = new Map<string, { readonly least: number; readonly most: number }>();

  constructor(world: World, rest: Branch, open: Open, earlier: number, scope: Scope) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.earlier = earlier;
    this.scope = scope;
    this.rooms = roomsOf(open);
    const full = rest.tally.values();
    for (const [i, cell] of open.cells.entries()) countCell(world, full, cell, open.base[i], 1);
    this.full = full;
  }

  /** Whether a take has gone by then. */
  counted(gone: readonly number[]): (take: number) => boolean {
    const all = new Set(gone);
    return (take) => take < this.earlier || all.has(take);
  }

  seeing(moments: readonly Moment[]): Seeing {
    const { gauges } = this.scope;
    const notes = new Map<string, PartNotes>();
    const best = new Map<number, readonly number[]>();
    const last = new Map<number, Moment>();
    for (const moment of moments) {
      const { part, begin, own } = moment;
      const end = { sure: [...begin.sure, ...own], may: [...begin.may, ...own] };
      const before = gauges.map(({ gauge }) => this.reading(gauge.tally ?? 0, begin));
      const low = gauges.map(({ gauge }) => this.reading(gauge.tally ?? 0, end));
      const witness = gauges.map(({ gauge }, i) =>
        (low[i]?.worst ?? 0) < (before[i]?.worst ?? 0)
          ? this.witness(low[i]?.worst ?? 0, gauge.tally ?? 0, end.may, own)
          : undefined,
      );
      notes.set(moment.key, { part, before, low, after: low.map((range) => ({ ...range })), witness });
      best.set(
        part,
        low.map((range) => range.best),
      );
      last.set(part, moment);
    }
    return {
      world: this.world,
      gauges,
      notes,
      ends: [{ best, others: [] }],
      mayKeep: (part, broken) => {
        const moment = last.get(part);
        return moment && this.mayKeep(moment, broken);
      },
    };
  }

  private reading(tally: number, { sure, may }: Moment['begin']): Range {
    const { worst, best } = uncertainRange(this.world, this.rest, tally);
    const held = this.full[tally] ?? 0;
    return { worst: held + worst - this.lost(tally, may).most, best: held + best - this.lost(tally, sure).least };
  }

  private lost(tally: number, gone: readonly number[]): { readonly least: number; readonly most: number } {
    const key = `${tally}:${gone.toSorted((a, b) => a - b).join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = weights(this.open.takes, this.rooms, this.weight(tally, gone)) ?? { least: 0, most: 0 };
    this.known.set(key, made);
    return made;
  }

  private weight(tally: number, gone: readonly number[]): (take: number, position: number) => number {
    const counts = this.counted(gone);
    return (take, position) =>
      counts(take) && isGone(this.open.takes[take], position)
        ? cellWeight(this.world, this.open.cells[position] ?? -1, tally)
        : 0;
  }

  /** So many servers of each cell that go with the part, where as much as can be is lost of a tally. */
  private witness(value: number, tally: number, gone: readonly number[], own: readonly number[]): Seen | undefined {
    const worst = placed(this.open.takes, this.rooms, this.weight(tally, gone));
    if (worst === undefined) return undefined;
    const from = this.scope.cells.map((cell): Status => statusOf(this.rooms[this.open.cells.indexOf(cell)] ?? 0));
    const to = [...from];
    for (const index of own) {
      for (const [i, position] of this.open.takes[index]?.positions.entries() ?? []) {
        const place = this.scope.positions.get(this.open.cells[position] ?? -1);
        if (place !== undefined) to[place] = statusOf((to[place]?.inService ?? 0) - (worst.taken[index]?.[i] ?? 0));
      }
    }
    return { value, scope: this.scope, from, to };
  }

  private mayKeep({ begin, own }: Moment, broken: readonly number[]): boolean | undefined {
    const gone = [...begin.sure, ...own];
    const bounds = broken.flatMap((at): Bound[] => {
      const gauge = this.scope.gauges[at]?.gauge;
      if (gauge?.tally === undefined) return [];
      return [{ tally: gauge.tally, atLeast: gauge.bound, weight: this.weight(gauge.tally, gone) }];
    });
    return canKeepBeside(this.world, this.rest, this.open, this.full, bounds);
  }
}
