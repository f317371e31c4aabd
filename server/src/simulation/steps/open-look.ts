import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import { type Bound, canKeepBeside } from '../judgement/spare-beside.ts';
import type { Figures } from '../outcome.ts';
import { nothingLeft } from '../paths/path.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { countCell } from '../worlds/factor.ts';
import { cellWeight, echoRange, isGone, type Open, roomsOf } from '../worlds/open.ts';
import { placed, weights } from '../worlds/place.ts';
import { type Status, statusOf } from '../worlds/status.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';

/** What the gauges read before and after the removal, over all ways to place its servers and those of the steps before. */
export class Look {
  private readonly world: World;
  private readonly rest: Branch;
  private readonly open: Open;
  private readonly scope: Scope;
  private readonly rooms: readonly number[];
  private readonly full: readonly number[];
  /** The removal rules some ways of the steps before out. */
  private readonly rulesOut: boolean;

  constructor(world: World, rest: Branch, open: Open, scope: Scope, rulesOut: boolean) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.rulesOut = rulesOut;
    this.scope = rulesOut ? world.scopeOf({ cells: scope.cells }, { cells: [], watchesAll: true }) : scope;
    this.rooms = roomsOf(open);
    const full = [...rest.tally];
    for (const [i, cell] of open.cells.entries()) countCell(world, full, cell, open.base[i], 1);
    this.full = full;
  }

  seeing(part: number) {
    const { gauges } = this.scope;
    const readings = gauges.map((gauge) => this.reading(gauge));
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
    const earlier = this.rulesOut
      ? this.lost((take, position) => (take === this.last ? 0 : this.weight(take, position, tally)))
      : this.lostBefore((take, position) => this.weight(take, position, tally));
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
    const { index, rate } = gauge.subsystem;
    const units = (position: number) =>
      this.world.cells.cells[this.open.cells[position] ?? -1]?.group.units[index] ?? 0;
    const isRecent = (at: number) => rate !== undefined && this.rest.now - at < rate.window;
    const weight = (take: number, position: number) =>
      isRecent(this.open.takes[take]?.at ?? -Infinity) ? units(position) : 0;
    const { least, most } = this.lost(weight);
    const own = this.lost((take, position) => (take === this.last ? units(position) : 0));
    let known = 0;
    for (const { at, parts } of this.rest.leavings) {
      if (isRecent(at)) for (const [subsystem, left] of parts) if (subsystem === index) known += left;
    }
    const echoed = echoRange(this.world, this.rest.echoes, index, isRecent);
    const low = {
      worst: own.most === 0 ? nothingLeft : -(known + most + echoed.most),
      best: own.least === 0 ? nothingLeft : -(known + least + echoed.least),
    };
    return { before: { worst: nothingLeft, best: nothingLeft }, low, witness: undefined };
  }

  /** The worst is exact; that none may keep it is only said where that is sure. */
  private redundancy({ gauge }: LocalGauge) {
    const { index } = gauge.subsystem;
    const after = redundancyLoss(this.world, this.rest, this.open, gauge);
    const earlier = redundancyLoss(this.world, this.rest, { ...this.open, takes: this.open.takes.slice(0, -1) }, gauge);
    const held = this.full[index] ?? 0;
    const before = { worst: held - earlier, best: held };
    return { before, low: { worst: held - after, best: held }, witness: undefined };
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
    const bounds: Bound[] = [];
    for (const at of broken) {
      const gauge = this.scope.gauges[at]?.gauge;
      const low = readings[at]?.low;
      if (gauge === undefined || low === undefined) continue;
      if (low.best < gauge.bound) return false;
      const { tally, bound: atLeast } = gauge;
      if (tally === undefined) continue;
      bounds.push({ tally, atLeast, weight: (take, position) => this.weight(take, position, tally) });
    }
    if (bounds.length < 2) return true;
    return canKeepBeside(this.world, this.rest, this.open, this.full, bounds);
  }
}
