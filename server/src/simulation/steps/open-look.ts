import { fallFrom, lowestFall } from '../judgement/falls.ts';
import type { Seeing } from '../judgement/judge.ts';
import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import { weighings } from '../judgement/placings.ts';
import type { Fall } from '../paths/fall.ts';
import { nothingLeft } from '../paths/path.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { Work } from '../work.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { countCell } from '../worlds/factor.ts';
import type { Open } from '../worlds/open.ts';
import { weights } from '../worlds/place.ts';
import { type Gauge, talliesRead } from '../worlds/tallies.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';
import { leastOf, type Moment, mayBeOut } from './moment.ts';
import { fallFound, fallOver } from './open-falls.ts';
import { Keeps } from './open-keeps.ts';
import { lostInPassing } from './open-passes.ts';
import { Takes } from './open-takes.ts';
import { type Measure, RateLook } from './rate-look.ts';
import type { Reading as Lowered } from './restart-notes.ts';

interface Reading extends Lowered {
  readonly witness: Seen | undefined;
}

/** What the gauges read while servers are taken out, over all ways to place these takes and those of the steps before. */
export class Look {
  private readonly world: World;
  private readonly rest: Branch;
  private readonly open: Open;
  private readonly scope: Scope;
  private readonly work: Work;
  private readonly takes: Takes;
  private readonly full: readonly number[];
  private readonly rates: RateLook;
  private readonly keeps: Keeps;
  private readonly known = new Map<string, { readonly least: number; readonly most: number }>();
  private readonly fallen = new Set<string>();
  /** There are more ways than are looked at to say of a part whether it lowers a gauge that may be as low without it. */
  isUndecided = false;

  constructor(
    world: World,
    rest: Branch,
    open: Open,
    earlier: number,
    scope: Scope,
    work: Work,
    rates = new RateLook(world, rest, open, earlier),
  ) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.scope = scope;
    this.work = work;
    this.takes = new Takes(world, open, earlier);
    this.rates = rates;
    const full = rest.tally.values();
    for (const [i, cell] of open.cells.entries()) countCell(world, full, cell, open.base[i], 1);
    this.full = full;
    this.keeps = new Keeps(world, rest, open, this.takes, full, this.rates, (...asked) => this.readings(...asked));
  }

  seeing(moments: readonly Moment[]): Seeing {
    const { gauges } = this.scope;
    const notes = new Map<string, PartNotes>();
    const best = new Map<number, readonly number[]>();
    const byPart = new Map<number, Moment[]>();
    for (const moment of moments) {
      const { part } = moment;
      byPart.set(part, [...(byPart.get(part) ?? []), moment]);
      const readings = gauges.map((gauge) => this.reading(gauge, moment));
      // For each gauge some flows, from every take to every cell.
      this.work.done += (gauges.length * this.open.takes.length * this.open.cells.length) >> 3;
      notes.set(moment.key, {
        part,
        before: readings.map(({ before }) => before),
        low: readings.map(({ low }) => low),
        after: this.lastly(moment, readings),
        falls: readings.map(({ fall }) => fall),
        stays: readings.map((reading, i) => this.mayStay(gauges[i], reading, moment)),
        witness: readings.map(({ witness }) => witness),
      });
      const known = best.get(part);
      best.set(
        part,
        readings.map(({ low }, i) => Math.min(low.best, known?.[i] ?? low.best)),
      );
    }
    for (const [part, own] of byPart) best.set(part, this.bestOver(own, best.get(part) ?? []));
    return {
      world: this.world,
      gauges,
      notes,
      ends: [{ best, others: [] }],
      mayKeep: (part, broken, spares) => {
        const locals = broken.flatMap((at) => gauges[at] ?? []);
        const before = notes.get(`${part}`)?.before.map(({ worst }) => worst) ?? [];
        const own = byPart.get(part) ?? [];
        const asked = { moments: own, before, best: best.get(part) ?? [] };
        // What is out at several moments, each at its best, is more than is looked at together.
        if (moments.some(({ rolls }) => rolls !== undefined))
          return locals.some(({ at, gauge }) => (asked.best[at] ?? 0) < gauge.bound) ? false : undefined;
        return spares ? this.keeps.allOrLeft(locals, asked) : this.keeps.all(locals, asked);
      },
    };
  }

  /** What the gauges read when a part is over. */
  private lastly(moment: Moment, readings: readonly Reading[]): Range[] {
    const { rolls } = moment;
    if (rolls === undefined) return readings.map(({ low }) => ({ ...low }));
    if (!rolls.stays.length) return readings.map(({ before }) => ({ ...before }));
    return this.scope.gauges.map((gauge) => this.reading(gauge, { ...moment, own: rolls.stays, rolls: undefined }).low);
  }

  /** Whether a part may leave a gauge as it was, though the best choice does not. */
  private mayStay(local: LocalGauge | undefined, { before, low }: Reading, moment: Moment): boolean {
    if (low.best >= before.best) return true;
    if (local === undefined || low.worst >= local.gauge.bound || moment.task !== undefined) return false;
    const { rule, bound, tally, subsystem } = local.gauge;
    if (rule !== 'rate' && this.keeps.canLeave(tally ?? subsystem.index, moment)) return true;
    if (rule === 'rate' || tally !== undefined || before.worst >= bound) return false;
    // Of what is no sum, what goes may change nothing though it counts.
    const { sure } = moment.begin;
    if (!this.takes.mayLower(local.gauge, moment.own, sure, this.full)) return true;
    const both = this.beforeAndAfter(local, moment, sure).map((measure) => [measure]);
    return this.values(both, [...sure, ...moment.own])?.some(([from = 0, to = 0]) => to >= from) ?? true;
  }

  /** How well a part can go in all of its rounds. Only of what leaves within a window one round may be better than a later one. */
  private bestOver(moments: readonly Moment[], best: readonly number[]): readonly number[] {
    if (moments.length < 2) return best;
    return best.map((value, i) => {
      const local = this.scope.gauges[i];
      if (local?.gauge.rule !== 'rate' || value < local.gauge.bound) return value;
      return Math.max(...(this.readings([local], moments)?.flat() ?? [value]));
    });
  }

  private reading(local: LocalGauge, moment: Moment): Reading {
    const { gauge } = local;
    if (gauge.rule === 'rate') {
      const low = this.rates.reading(gauge, moment);
      const isSure = low.worst >= gauge.bound || low.isExact;
      const best = isSure ? low.best : Math.max(...(this.readings([local], [moment])?.flat() ?? [low.best]));
      return {
        before: { worst: nothingLeft, best: nothingLeft },
        low: { worst: low.worst, best },
        fall: low.worst < nothingLeft ? { from: nothingLeft, to: low.worst } : undefined,
        witness: undefined,
      };
    }
    if (gauge.tally !== undefined) return this.level(gauge, gauge.tally, moment);
    return gauge.rule === 'zones' ? this.zones(local, moment) : this.redundancy(local, moment);
  }

  /** A sum: of the units in service of a subsystem, or of one zone of it. */
  private level({ bound }: Gauge, tally: number, moment: Moment): Reading {
    const { begin, own } = moment;
    const { worst, best } = uncertainRange(this.world, this.rest, tally);
    const held = this.full[tally] ?? 0;
    const span = (sure: readonly number[], may: readonly number[]): Range => ({
      worst: held + worst - this.lost(tally, may).most,
      best: held + best - this.lost(tally, sure).least,
    });
    const before = span(begin.sure, begin.may);
    const gone = [...begin.may, ...own];
    const low = span([], gone);
    const lows = leastOf(moment).map((least) => span([...begin.sure, ...least], []).best);
    low.best = Math.min(before.best - lostInPassing(this.world, this.open, moment, tally), ...lows);
    const fall = fallFrom(before, low, bound, () => fallOver(this.takes, moment, tally, held + worst));
    return {
      before,
      low,
      fall,
      witness: low.worst < before.worst ? this.takes.witness(this.scope, low.worst, tally, gone, own) : undefined,
    };
  }

  /** The same of a gauge that is no sum: some ways to place the takes first, then one after the other. */
  private fallAmong(local: LocalGauge, moment: Moment): Fall | undefined {
    const key = `${moment.part} ${local.at}`;
    const { begin, own, meanwhile } = moment;
    const going = [...own, ...meanwhile];
    // A part that has lowered it in one round has lowered it.
    if (this.fallen.has(key) || !this.takes.mayLower(local.gauge, going, begin.sure, this.full)) return undefined;
    const isAlone = begin.may.length === begin.sure.length;
    const ways = isAlone
      ? [{ gone: begin.sure, own }]
      : [...mayBeOut(begin).map((gone) => ({ gone, own })), { gone: begin.sure, own: going }];
    for (const way of ways) {
      const { takes, places } = this.takes.only([...way.gone, ...way.own], () => 0);
      const taken = { takes, places, own: way.own.map((take) => places.indexOf(take)) };
      const measures = this.beforeAndAfter(local, { ...moment, own: way.own }, way.gone);
      const found = fallFound(this.world, this.open, taken, this.takes.rooms, local.gauge, measures);
      if (found !== undefined) this.fallen.add(key);
      if (found !== undefined) return found;
    }
    const both = this.beforeAndAfter(local, moment, begin.sure).map((measure) => [measure]);
    const all = isAlone ? this.values(both, [...begin.sure, ...own]) : undefined;
    this.isUndecided ||= all === undefined;
    return lowestFall(all ?? []);
  }

  private beforeAndAfter(local: LocalGauge, moment: Moment, gone: readonly number[]): readonly Measure[] {
    const begin = { sure: gone, may: gone };
    return [[], moment.own].flatMap((own) => this.measures(local, [{ ...moment, begin, own }]));
  }

  private lost(tally: number, gone: readonly number[]): { readonly least: number; readonly most: number } {
    const key = `${tally}:${gone.toSorted((a, b) => a - b).join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { takes, weight } = this.takes.only(gone, this.takes.weight(tally, gone));
    const made = weights(takes, this.takes.rooms, weight) ?? { least: 0, most: 0 };
    this.known.set(key, made);
    return made;
  }

  private redundancy(local: LocalGauge, moment: Moment): Reading {
    const { begin, own } = moment;
    const { index } = local.gauge.subsystem;
    const held = this.full[index] ?? 0;
    const worst = (gone: readonly number[]) =>
      held - redundancyLoss(this.world, this.rest, this.takes.openWith(gone), local.gauge);
    const low = worst([...begin.may, ...own]);
    const best = (one: Moment) =>
      low < local.gauge.bound ? Math.max(...(this.readings([local], [one])?.flat() ?? [held])) : held;
    const lows = leastOf(moment).map((least) => best({ ...moment, own: least }));
    const before = { worst: worst(begin.may), best: best({ ...moment, own: [] }) };
    const after = { worst: low, best: Math.min(...lows) };
    const fall = fallFrom(before, after, local.gauge.bound, () => this.fallAmong(local, moment));
    return { before, low: after, fall, witness: undefined };
  }

  private zones(local: LocalGauge, moment: Moment): Reading {
    const [{ gauge, value }, { begin, own }] = [local, moment];
    const known = value(this.scope.tallies.map((tally) => this.full[tally] ?? 0));
    const hit = (gone: readonly number[]) =>
      zonesHit(this.world, this.takes.openWith(gone), gauge.subsystem.index, this.full, this.scope);
    const span = (sure: readonly number[], may: readonly number[]): Range => ({
      worst: known - hit(may).most,
      best: known - hit(sure).least,
    });
    const before = span(begin.sure, begin.may);
    const low = span([], [...begin.may, ...own]);
    low.best = Math.min(...leastOf(moment).map((least) => span([...begin.sure, ...least], []).best));
    const fall = fallFrom(before, low, gauge.bound, () => this.fallAmong(local, moment));
    return { before, low, fall, witness: undefined };
  }

  /** How high the gauges can be kept in these rounds of a part, where nothing else goes: one way to place the takes after the other; undefined where there are too many. */
  private readings(
    locals: readonly LocalGauge[],
    moments: readonly Moment[],
  ): readonly (readonly number[])[] | undefined {
    const gone = moments.flatMap(({ begin, own }) => [...begin.sure, ...own]);
    const measures = locals.map((local) => this.measures(local, moments));
    return this.values(measures, gone, true);
  }

  /** The lowest of some measures each, when these takes have gone. */
  private values(
    measures: readonly (readonly Measure[])[],
    gone: readonly number[],
    lightly = false,
  ): readonly (readonly number[])[] | undefined {
    const all = measures.flatMap((own) => own.flatMap((measure) => measure.weights));
    const { takes, places } = this.takes.only(gone, () => 0);
    const weighed = takes.map(({ count, positions }, take) => ({
      count,
      weights: new Map(
        positions.map((position) => [position, all.map((weight) => weight(places[take] ?? -1, position))]),
      ),
    }));
    return weighings(weighed, this.takes.rooms, this.work, lightly)?.map((sums) => {
      const rest = [...sums];
      return measures.map((own) =>
        Math.min(...own.map(({ weights: { length }, value }) => value(rest.splice(0, length)))),
      );
    });
  }

  /** Of what only falls, the last round is the lowest. */
  private measures({ gauge }: LocalGauge, moments: readonly Moment[]): readonly Measure[] {
    if (gauge.rule === 'rate') return moments.flatMap((moment) => this.rates.measures(gauge, moment));
    const last = moments.at(-1);
    const gone = last === undefined ? [] : [...last.begin.sure, ...last.own];
    const tallies = talliesRead(gauge);
    return [
      {
        weights: tallies.map((tally) => this.takes.weight(tally, gone)),
        value: (lost) => gauge.read?.((tally) => (this.full[tally] ?? 0) - (lost[tallies.indexOf(tally)] ?? 0)) ?? 0,
      },
    ];
  }
}
