import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import { weighings } from '../judgement/placings.ts';
import { type Bound, canKeepBeside } from '../judgement/spare-beside.ts';
import type { Figures } from '../outcome.ts';
import { nothingLeft } from '../paths/path.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { Work } from '../work.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { countCell } from '../worlds/factor.ts';
import { cellWeight, echoRange, groupAt, isGone, type Open, roomsOf } from '../worlds/open.ts';
import { placed, weights } from '../worlds/place.ts';
import { type Status, statusOf } from '../worlds/status.ts';
import { type Gauge, talliesRead } from '../worlds/tallies.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';

/** What the gauges read before and after the removal, over all ways to place its servers and those of the steps before. */
export class Look {
  private readonly world: World;
  private readonly rest: Branch;
  private readonly open: Open;
  private readonly scope: Scope;
  private readonly rooms: readonly number[];
  private readonly full: readonly number[];
  private readonly work: Work;
  constructor(world: World, rest: Branch, open: Open, scope: Scope, rulesOut: boolean, work: Work) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.work = work;
    // A removal that rules some ways of the steps before out changes what is known of every subsystem.
    this.scope = rulesOut
      ? world.scopeOf(
          { cells: scope.cells },
          {
            cells: [],
            watchesAll: true,
            copies: [],
            isTimeless: false,
          },
        )
      : scope;
    this.rooms = roomsOf(open);
    const full = rest.tally.values();
    for (const [i, cell] of open.cells.entries()) countCell(world, full, cell, open.base[i], 1);
    this.full = full;
  }

  seeing(part: number) {
    const { gauges } = this.scope;
    const readings = gauges.map((gauge) => this.reading(gauge));
    // For each gauge some flows, from every take to every cell.
    this.work.done += (gauges.length * this.open.takes.length * this.open.cells.length) >> 3;
    const notes: PartNotes = {
      part,
      before: readings.map(({ before }) => before),
      low: readings.map(({ low }) => low),
      after: readings.map(({ low }) => ({ ...low })),
      witness: readings.map(({ witness }) => witness),
    };
    const best = new Map([[part, readings.map(({ low }) => low.best)]]);
    return {
      world: this.world,
      gauges,
      notes: new Map([[`${part}`, notes]]),
      ends: [{ best, others: [] }],
      mayKeep: (_: number, broken: readonly number[]) => this.mayKeep(broken, readings),
    };
  }

  private reading(local: LocalGauge): {
    readonly before: Range;
    readonly low: Range;
    readonly witness: Seen | undefined;
  } {
    const { gauge } = local;
    if (gauge.rule === 'rate') return this.rate(local);
    if (gauge.tally !== undefined) return this.level(gauge.tally);
    return gauge.rule === 'zones' ? this.zones(local) : this.redundancy(local);
  }

  /** A sum: of the units in service of a subsystem, or of one zone of it. */
  private level(tally: number) {
    const { least, most } = this.lost((take, position) => this.weight(take, position, tally));
    const earlier = this.lostBefore((take, position) => this.weight(take, position, tally));
    const { worst, best } = this.others(tally);
    const held = this.full[tally] ?? 0;
    const low = { worst: held + worst - most, best: held + best - least };
    const before = { worst: held + worst - earlier.most, best: held + best - earlier.least };
    return { before, low, witness: low.worst < before.worst ? this.witness(low.worst, tally) : undefined };
  }

  private get last(): number {
    return this.open.takes.length - 1;
  }

  private weight(take: number, position: number, tally: number): number {
    return isGone(this.open.takes[take], position) ? cellWeight(this.world, this.open.cells[position] ?? -1, tally) : 0;
  }

  private lost(weight: (take: number, position: number) => number) {
    return weights(this.open.takes, this.rooms, weight) ?? { least: 0, most: 0 };
  }

  private lostBefore(weight: (take: number, position: number) => number) {
    return weights(this.open.takes.slice(0, -1), this.rooms, weight) ?? { least: 0, most: 0 };
  }

  /** What the cells that are not followed add, beyond what is known. */
  private others(tally: number): Figures {
    return uncertainRange(this.world, this.rest, tally);
  }

  private rate({ gauge }: LocalGauge) {
    const { own, recent, known } = this.rated(gauge);
    const all = this.lost(recent);
    const left = this.lost(own);
    const low = {
      worst: left.most === 0 ? nothingLeft : -(known.most + all.most),
      best: left.least === 0 ? nothingLeft : -(known.least + all.least),
    };
    return { before: { worst: nothingLeft, best: nothingLeft }, low, witness: undefined };
  }

  /** What a server of each take weighs that leaves now, and that has left within the window; and what else has. */
  private rated({ subsystem: { index, rate } }: Gauge) {
    const units = (position: number) => groupAt(this.world, this.open, position)?.units[index] ?? 0;
    const isRecent = (at: number) => rate !== undefined && this.rest.now - at < rate.window;
    let sum = 0;
    for (const { at, parts } of this.rest.leavings) {
      if (isRecent(at)) for (const [subsystem, left] of parts) if (subsystem === index) sum += left;
    }
    const { least, most } = echoRange(this.world, this.rest.echoes, index, isRecent);
    return {
      own: (take: number, position: number) => (take === this.last ? units(position) : 0),
      recent: (take: number, position: number) =>
        isRecent(this.open.takes[take]?.at ?? Number.NEGATIVE_INFINITY) ? units(position) : 0,
      known: { least: sum + least, most: sum + most },
    };
  }

  private redundancy(local: LocalGauge) {
    const { index } = local.gauge.subsystem;
    const before = this.open.takes.slice(0, -1);
    const held = this.full[index] ?? 0;
    const worst = (takes: Open['takes']) =>
      held - redundancyLoss(this.world, this.rest, { ...this.open, takes }, local.gauge);
    const low = worst(this.open.takes);
    // How well it can go counts only where it may go wrong.
    const best = (takes: Open['takes']) =>
      low < local.gauge.bound ? Math.max(...(this.readings([local], takes)?.flat() ?? [held])) : held;
    return {
      before: { worst: worst(before), best: best(before) },
      low: { worst: low, best: best(this.open.takes) },
      witness: undefined,
    };
  }

  /** What the gauges read together, one way to place the takes after the other; undefined where there are too many. */
  private readings(locals: readonly LocalGauge[], takes: Open['takes']): readonly (readonly number[])[] | undefined {
    const measures = locals.map((local) => this.measure(local));
    const weighed = takes.map(({ count, positions }, take) => ({
      count,
      weights: new Map(
        positions.map((position) => [
          position,
          measures.flatMap(({ weights: own }) => own.map((weight) => weight(take, position))),
        ]),
      ),
    }));
    return weighings(weighed, this.rooms, this.work)?.map((sums) => {
      const rest = [...sums];
      return measures.map(({ weights: own, value }) => value(rest.splice(0, own.length)));
    });
  }

  /** What a gauge is a matter of, as sums over the takes. */
  private measure({ gauge }: LocalGauge): Measure {
    if (gauge.rule === 'rate') {
      const { own, recent, known } = this.rated(gauge);
      return { weights: [own, recent], value: ([left, all = 0]) => (left === 0 ? nothingLeft : -(known.least + all)) };
    }
    const tallies = talliesRead(gauge);
    return {
      weights: tallies.map((tally) => (take, position) => this.weight(take, position, tally)),
      value: (lost) => gauge.read?.((tally) => (this.full[tally] ?? 0) - (lost[tallies.indexOf(tally)] ?? 0)) ?? 0,
    };
  }

  private zones({ gauge, value }: LocalGauge) {
    const known = value(this.scope.tallies.map((tally) => this.full[tally] ?? 0));
    const after = zonesHit(this.world, this.open, gauge.subsystem.index, this.full, this.scope);
    const earlier = zonesHit(
      this.world,
      { ...this.open, takes: this.open.takes.slice(0, -1) },
      gauge.subsystem.index,
      this.full,
      this.scope,
    );
    const before = { worst: known - earlier.most, best: known - earlier.least };
    return { before, low: { worst: known - after.most, best: known - after.least }, witness: undefined };
  }

  /** So many servers of each cell of the removal, where as much as can be is lost of a tally. */
  private witness(value: number, tally: number): Seen | undefined {
    const worst = placed(this.open.takes, this.rooms, (take, position) => this.weight(take, position, tally));
    const take = this.open.takes[this.last];
    const taken = worst?.taken[this.last];
    if (take === undefined || taken === undefined) return undefined;
    const from = this.scope.cells.map((cell): Status => statusOf(this.rooms[this.open.cells.indexOf(cell)] ?? 0));
    const to = [...from];
    for (const [i, position] of take.positions.entries()) {
      const place = this.scope.positions.get(this.open.cells[position] ?? -1);
      if (place !== undefined) to[place] = statusOf((from[place]?.inService ?? 0) - (taken[i] ?? 0));
    }
    return { value, scope: this.scope, from, to };
  }

  private mayKeep(broken: readonly number[], readings: readonly { readonly low: Range }[]): boolean | undefined {
    const locals = broken.flatMap((at) => this.scope.gauges[at] ?? []);
    if (locals.some(({ at, gauge }) => (readings[at]?.low.best ?? 0) < gauge.bound)) return false;
    if (locals.length < 2) return true;
    if (locals.some(({ gauge }) => gauge.tally === undefined))
      return this.readings(locals, this.open.takes)?.some((values) =>
        values.every((value, i) => value >= (locals[i]?.gauge.bound ?? 0)),
      );
    const bounds = locals.flatMap(({ gauge: { tally, bound: atLeast } }): Bound[] =>
      tally === undefined ? [] : [{ tally, atLeast, weight: (take, position) => this.weight(take, position, tally) }],
    );
    return canKeepBeside(this.world, this.rest, this.open, this.full, bounds);
  }
}

/** What a gauge is a matter of, as sums over takes. */
interface Measure {
  readonly weights: readonly ((take: number, position: number) => number)[];
  readonly value: (lost: readonly number[]) => number;
}
