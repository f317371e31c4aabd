import { canKeepAll } from '../judgement/joint.ts';
import type { Seeing } from '../judgement/judge.ts';
import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import { weighings } from '../judgement/placings.ts';
import { type Bound, canKeepBeside } from '../judgement/spare-beside.ts';
import { nothingLeft } from '../paths/path.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { Work } from '../work.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { countCell } from '../worlds/factor.ts';
import { cellWeight, isGone, type Open, roomsOf } from '../worlds/open.ts';
import { placed, weights } from '../worlds/place.ts';
import { type Status, statusOf } from '../worlds/status.ts';
import { talliesRead } from '../worlds/tallies.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';
import { type Measure, RateLook, type Weight } from './rate-look.ts';
import type { Moment } from './removal-script.ts';

interface Reading {
  readonly before: Range;
  readonly low: Range;
  readonly witness: Seen | undefined;
}

/** What the gauges read while servers are taken out, over all ways to place these takes and those of the steps before. */
export class Look {
  private readonly world: World;
  private readonly rest: Branch;
  private readonly open: Open;
  /** How many takes were there before the step. */
  private readonly earlier: number;
  private readonly scope: Scope;
  private readonly work: Work;
  private readonly rooms: readonly number[];
  private readonly full: readonly number[];
  private readonly rates: RateLook;
  private readonly known = new Map<string, { readonly least: number; readonly most: number }>();

  constructor(world: World, rest: Branch, open: Open, earlier: number, scope: Scope, work: Work) {
    this.world = world;
    this.rest = rest;
    this.open = open;
    this.earlier = earlier;
    this.scope = scope;
    this.work = work;
    this.rooms = roomsOf(open);
    this.rates = new RateLook(world, rest, open, earlier);
    const full = rest.tally.values();
    for (const [i, cell] of open.cells.entries()) countCell(world, full, cell, open.base[i], 1);
    this.full = full;
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
        after: readings.map(({ low }) => ({ ...low })),
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
      mayKeep: (part, broken) => this.mayKeep(byPart.get(part) ?? [], broken, best.get(part) ?? []),
    };
  }

  /** What is seen where the step asks for more than there is, so that it does not come to its end. */
  before(moments: readonly Moment[]): Seeing {
    const seeing = this.seeing(moments.map((moment) => ({ ...moment, own: [] })));
    const nowhere = () => ({ worst: Number.POSITIVE_INFINITY, best: Number.NEGATIVE_INFINITY });
    const notes = new Map(
      [...seeing.notes].map(([key, own]) => [
        key,
        { ...own, low: own.low.map(nowhere), after: own.after.map(nowhere), witness: [] },
      ]),
    );
    return { ...seeing, notes, ends: [], mayKeep: () => false };
  }

  /** How well a part can go in all of its rounds. Only of what leaves within a window one round may be better than a later one. */
  private bestOver(moments: readonly Moment[], best: readonly number[]): readonly number[] {
    if (moments.length < 2) return best;
    return best.map((value, i) => {
      const local = this.scope.gauges[i];
      if (local?.gauge.rule !== 'rate' || value === nothingLeft || value < local.gauge.bound) return value;
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
        witness: undefined,
      };
    }
    if (gauge.tally !== undefined) return this.level(gauge.tally, moment);
    return gauge.rule === 'zones' ? this.zones(local, moment) : this.redundancy(local, moment);
  }

  /** A sum: of the units in service of a subsystem, or of one zone of it. */
  private level(tally: number, { begin, own }: Moment): Reading {
    const { worst, best } = uncertainRange(this.world, this.rest, tally);
    const held = this.full[tally] ?? 0;
    const span = (sure: readonly number[], may: readonly number[]): Range => ({
      worst: held + worst - this.lost(tally, may).most,
      best: held + best - this.lost(tally, sure).least,
    });
    const before = span(begin.sure, begin.may);
    const low = span([...begin.sure, ...own], [...begin.may, ...own]);
    const isLower = low.worst < before.worst;
    return { before, low, witness: isLower ? this.witness(low.worst, tally, [...begin.may, ...own], own) : undefined };
  }

  private lost(tally: number, gone: readonly number[]): { readonly least: number; readonly most: number } {
    const key = `${tally}:${gone.toSorted((a, b) => a - b).join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { takes, weight } = this.only(gone, this.weight(tally, gone));
    const made = weights(takes, this.rooms, weight) ?? { least: 0, most: 0 };
    this.known.set(key, made);
    return made;
  }

  /** What a tally loses by a server of a take that has gone by then. */
  private weight(tally: number, gone: readonly number[]): Weight {
    const all = new Set(gone);
    return (take, position) =>
      (take < this.earlier || all.has(take)) && isGone(this.open.takes[take], position)
        ? cellWeight(this.world, this.open.cells[position] ?? -1, tally)
        : 0;
  }

  /** The takes that have gone by then, and a weight of all takes by their places among these: who comes later finds servers all the same. */
  private only(gone: readonly number[], weight: Weight) {
    const places: number[] = [];
    for (const take of this.open.takes.keys()) if (take < this.earlier || gone.includes(take)) places.push(take);
    const takes = places.flatMap((place) => this.open.takes[place] ?? []);
    const own: Weight = (take, position) => weight(places[take] ?? -1, position);
    return { takes, places, weight: own };
  }

  private openWith(gone: readonly number[]): Open {
    return { ...this.open, takes: this.open.takes.filter((_, take) => take < this.earlier || gone.includes(take)) };
  }

  private redundancy(local: LocalGauge, moment: Moment): Reading {
    const { begin, own } = moment;
    const { index } = local.gauge.subsystem;
    const held = this.full[index] ?? 0;
    const worst = (gone: readonly number[]) =>
      held - redundancyLoss(this.world, this.rest, this.openWith(gone), local.gauge);
    const low = worst([...begin.may, ...own]);
    const best = (one: Moment) =>
      low < local.gauge.bound ? Math.max(...(this.readings([local], [one])?.flat() ?? [held])) : held;
    return {
      before: { worst: worst(begin.may), best: best({ ...moment, own: [] }) },
      low: { worst: low, best: best(moment) },
      witness: undefined,
    };
  }

  private zones({ gauge, value }: LocalGauge, { begin, own }: Moment): Reading {
    const known = value(this.scope.tallies.map((tally) => this.full[tally] ?? 0));
    const hit = (gone: readonly number[]) =>
      zonesHit(this.world, this.openWith(gone), gauge.subsystem.index, this.full, this.scope);
    const span = (sure: readonly number[], may: readonly number[]): Range => ({
      worst: known - hit(may).most,
      best: known - hit(sure).least,
    });
    return {
      before: span(begin.sure, begin.may),
      low: span([...begin.sure, ...own], [...begin.may, ...own]),
      witness: undefined,
    };
  }

  /** What the gauges read at their lowest in these rounds of a part, where nothing else goes: one way to place the takes after the other; undefined where there are too many. */
  private readings(
    locals: readonly LocalGauge[],
    moments: readonly Moment[],
  ): readonly (readonly number[])[] | undefined {
    const measures = locals.map((local) => this.measures(local, moments));
    const all = measures.flatMap((own) => own.flatMap((measure) => measure.weights));
    const { takes, places } = this.only(
      moments.flatMap(({ begin, own }) => [...begin.sure, ...own]),
      () => 0,
    );
    const weighed = takes.map(({ count, positions }, take) => ({
      count,
      weights: new Map(
        positions.map((position) => [position, all.map((weight) => weight(places[take] ?? -1, position))]),
      ),
    }));
    return weighings(weighed, this.rooms, this.work)?.map((sums) => {
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
        weights: tallies.map((tally) => this.weight(tally, gone)),
        value: (lost) => gauge.read?.((tally) => (this.full[tally] ?? 0) - (lost[tallies.indexOf(tally)] ?? 0)) ?? 0,
      },
    ];
  }

  /** So many servers of each cell that go with the part, where as much as can be is lost of a tally. */
  private witness(value: number, tally: number, gone: readonly number[], own: readonly number[]): Seen | undefined {
    const { takes, places, weight } = this.only(gone, this.weight(tally, gone));
    const worst = placed(takes, this.rooms, weight);
    if (worst === undefined) return undefined;
    const from = this.scope.cells.map((cell): Status => statusOf(this.rooms[this.open.cells.indexOf(cell)] ?? 0));
    const to = [...from];
    for (const index of own) {
      for (const [i, position] of this.open.takes[index]?.positions.entries() ?? []) {
        const place = this.scope.positions.get(this.open.cells[position] ?? -1);
        if (place !== undefined)
          to[place] = statusOf((to[place]?.inService ?? 0) - (worst.taken[places.indexOf(index)]?.[i] ?? 0));
      }
    }
    return { value, scope: this.scope, from, to };
  }

  private mayKeep(moments: readonly Moment[], broken: readonly number[], best: readonly number[]): boolean | undefined {
    const locals = broken.flatMap((at) => this.scope.gauges[at] ?? []);
    if (locals.some(({ at, gauge }) => (best[at] ?? 0) < gauge.bound)) return false;
    if (locals.length < 2) return true;
    const last = moments.at(-1);
    const gone = last === undefined ? [] : [...last.begin.sure, ...last.own];
    const bounds = locals.flatMap(({ gauge: { tally, bound: atLeast } }): Bound[] =>
      tally === undefined ? [] : [{ tally, atLeast, weight: this.weight(tally, gone) }],
    );
    if (bounds.length === locals.length) return canKeepBeside(this.world, this.rest, this.open, this.full, bounds);
    const all = this.readings(locals, moments);
    if (all !== undefined)
      return all.some((values) => values.every((value, i) => value >= (locals[i]?.gauge.bound ?? 0)));
    const limits = locals.map(({ gauge }) => this.rates.limits(gauge, moments));
    return limits.includes(undefined)
      ? undefined
      : canKeepAll(
          this.open.takes,
          this.rooms,
          limits.flatMap((own) => own ?? []),
        ) === true || undefined;
  }
}
