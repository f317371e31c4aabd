import { fallFrom, fallOfSum } from '../judgement/falls.ts';
import type { Seeing } from '../judgement/judge.ts';
import type { Figures } from '../outcome.ts';
import { nothingLeft } from '../paths/path.ts';
import type { Work } from '../work.ts';
import { bestKept, evenest, type Gone, heaviest, lightest, type Watched } from '../worlds/batches.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { countCell } from '../worlds/factor.ts';
import { cellWeight, type Open, openRange } from '../worlds/open.ts';
import { placed, type Take } from '../worlds/place.ts';
import { talliesRead } from '../worlds/tallies.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';
import type { RestartAlone } from './beside-waits.ts';
import { readingWith } from './restart-beside-out.ts';
import { type Course, type Way, within, withLightestOut } from './restart-course.ts';
import { notesOf, type Reading, witnessOf } from './restart-notes.ts';
import { type Measure, RestartRate } from './restart-rate.ts';

/** How high some gauges can be kept, and how exactly it is asked (worlds/batches.ts). */
interface Asked {
  readonly course: Course;
  readonly from: (local: LocalGauge) => number;
  readonly enough: number;
  readonly floor: number;
}

const nobody: Gone = { sums: [], lasts: 0 };

/** What the gauges read while the batches pass, over all ways to put them together. */
export class RestartLook {
  private readonly world: World;
  private readonly way: Way;
  private readonly branch: Branch;
  private readonly held: Open | undefined;
  private readonly scope: Scope;
  private readonly course: Course;
  private readonly rates: RestartRate;
  private readonly full: readonly number[];
  private readonly work: Work;
  private readonly patience: number;
  private readonly isWarming: boolean;
  /** With what is out already in its place. */
  private readonly whole: readonly number[];
  /** It is not known of the restart whether it lowers a gauge that may be as low without it. */
  isUndecided = false;

  /** Once the work has come to `patience`, no best way is looked for, and what no way can do better than is said. */
  constructor(world: World, way: Way, scope: Scope, work: Work, patience: number) {
    const { branch, held, course } = way;
    this.world = world;
    this.way = way;
    this.branch = branch;
    this.held = held;
    this.scope = scope;
    this.course = course;
    this.rates = new RestartRate(world, branch, scope, course, work);
    this.full = branch.tally.values();
    this.work = work;
    this.patience = patience;
    this.isWarming = branch.timed.length > 0 || held?.takes.some(({ state }) => state !== 'out') === true;
    const whole = [...this.full];
    for (const [i, cell] of (held?.cells ?? []).entries()) countCell(world, whole, cell, held?.base[i], 1);
    this.whole = whole;
  }

  /** Whether there are few enough ways to say how quickly servers leave; where it is unknown what is out and nothing is said of that, others tell more of what is no sum. */
  isTold(): boolean {
    const { levels, rates } = this.scope;
    const isSum = levels.every(({ gauge }) => gauge.tally !== undefined);
    if (this.held !== undefined && !this.isWarming && rates.length === 0 && !isSum) return false;
    return this.scope.rates.every(({ gauge }) => this.rates.reading(gauge) !== undefined);
  }

  /** Of the restart and of what it is in, and of what stands beside it. */
  seeing(alone: RestartAlone): Seeing {
    const { gauges } = this.scope;
    const readings = gauges.map((gauge) => this.reading(gauge));
    const witness = gauges.map((gauge, i) =>
      witnessOf(this.way, this.scope, gauge, (...at) => this.weight(...at), readings[i]?.low.worst ?? 0),
    );
    const { notes, best } = notesOf(alone, readings, witness);
    return {
      world: this.world,
      gauges,
      notes,
      ends: [{ best, others: [] }],
      mayKeep: (_, broken) => this.keeps(broken.flatMap((at) => gauges[at] ?? [])),
    };
  }

  private reading(local: LocalGauge): Reading {
    const { gauge, value } = local;
    this.work.done += 1 + (this.scope.cells.length >> 3);
    if (gauge.rule === 'rate') return this.rate(local);
    const now = value(this.scope.tallies.map((tally) => this.full[tally] ?? 0));
    const { tally } = gauge;
    const { surge } = this.course;
    if (this.held !== undefined && tally === undefined) return this.besideOut(local);
    if (surge && tally === undefined)
      return { before: { worst: now, best: now }, low: { worst: now, best: now }, fall: undefined };
    if (tally !== undefined) {
      const weight = (position: number) => this.weight(position, tally);
      const others = uncertainRange(this.world, this.branch, tally);
      const before = { worst: now + others.worst, best: now + others.best };
      if (surge) return { before, low: { ...before }, fall: undefined };
      // The lightest choice of what is out already is the best: a heavier one makes no batch lighter by more than it is heavier itself.
      const light = withLightestOut(this.course, weight);
      const { sum, isExact } = evenest(light, weight);
      const bound = before.best - sum;
      const evenly = (isExact ? undefined : this.best([local], { course: light, enough: bound })) ?? bound;
      // While something warms up, nothing of it counts yet when the first batch goes.
      const best = this.isWarming
        ? Math.min(evenly + this.coming(tally), before.best - lightest(this.course, this.course.batch, weight))
        : evenly;
      const low = { worst: before.worst - this.mostOf(tally, weight), best };
      const fall = fallFrom(before, low, gauge.bound, () => {
        const takes = this.takes();
        return fallOfSum(
          takes,
          this.course.due,
          (_, position) => weight(position),
          [takes.length - 1],
          before.worst + (this.held === undefined ? 0 : this.lostOf(this.held, tally)),
        );
      });
      return { before, low, fall };
    }
    const { worst } = this.readingWith(local, this.course.batch);
    // How well it can go counts only where it may go wrong. While something warms up the first batch is the worst: what comes later only adds.
    const best = worst < gauge.bound && !this.isWarming ? (this.best([local], { enough: now }) ?? now) : now;
    return {
      before: { worst: now, best: now },
      low: { worst, best },
      fall: worst < now ? { from: now, to: worst } : undefined,
    };
  }

  /** A gauge that is no sum, where it is unknown what is out already. */
  private besideOut(local: LocalGauge): Reading {
    const before = this.readingWith(local, 0);
    const low = this.course.surge ? before : this.readingWith(local, this.course.batch);
    const fall = fallFrom(before, low, local.gauge.bound, () => {
      this.isUndecided = true;
      return undefined;
    });
    return { before: { ...before }, low: { ...low }, fall };
  }

  private readingWith(local: LocalGauge, count: number): Figures {
    return readingWith(this.world, this.way, this.scope, local, this.whole, count);
  }

  /** What a tally gains when everything is warm. */
  private coming(tally: number): number {
    const { world, held } = this;
    const { known, timed } = this.branch;
    const open =
      held === undefined
        ? 0
        : openRange(world, { ...held, takes: held.takes.filter(({ state }) => state === 'out') }, tally).best -
          openRange(world, held, tally).best;
    return timed.reduce((sum, cell) => {
      const warming = known.at(cell)?.warming ?? [];
      return sum + cellWeight(world, cell, tally) * warming.reduce((all, { count }) => all + count, 0);
    }, open);
  }

  /** What a tally loses at worst by a batch, besides what it has lost at worst by what is out already. */
  private mostOf(tally: number, weight: (position: number) => number): number {
    const { held, course } = this;
    if (held === undefined) return heaviest(course, course.batch, weight);
    const both = placed(this.takes(), course.due, (_, position) => weight(position));
    return (both?.weight ?? 0) - this.lostOf(held, tally);
  }

  /** What is out already, and a batch. */
  private takes(): readonly Take[] {
    const { out, due, batch } = this.course;
    return [...out, { positions: due.map((_, position) => position), count: batch }];
  }

  /** What a tally has lost at worst by what is out already. */
  private lostOf(held: Open, tally: number): number {
    return openRange(this.world, { ...held, takes: [] }, tally).best - openRange(this.world, held, tally).worst;
  }

  /** Whether one way to put the batches together keeps all of these gauges; undefined: undecided. */
  private keeps(locals: readonly LocalGauge[]): boolean | undefined {
    if (this.isWarming) return undefined;
    if (this.course.surge && locals.every(({ gauge }) => gauge.rule !== 'rate')) return true;
    const best = this.best(locals, { from: ({ gauge: { bound } }) => bound, enough: 0, floor: 0 });
    return best === undefined ? undefined : best >= 0;
  }

  /** The highest that the lowest of some gauges can be kept, counted from what is given for each. */
  private best(locals: readonly LocalGauge[], asked: Partial<Asked> & { enough: number }): number | undefined {
    const { course = this.course, from = () => 0, enough, floor = Number.NEGATIVE_INFINITY } = asked;
    if (this.work.done > this.patience) return undefined;
    const measures = locals.map((local) => ({ ...this.measure(local), from: from(local) }));
    const apart = ({ sums, lasts }: Gone): readonly Gone[] => {
      const rest = [...sums];
      return measures.map(({ respects }) => ({ sums: rest.splice(0, respects), lasts }));
    };
    const window = Math.max(0, ...measures.map((measure) => measure.window));
    const { lasts, pause, longest } = this.course;
    // What left before the step counts less, the more time has passed.
    const isAlone = locals.every(({ gauge }) => gauge.rule !== 'rate' || this.rates.isAlone(gauge));
    const isWhole = isAlone && measures.every((measure) => longest < measure.window);
    const watched: Watched = {
      weights: (position) => measures.flatMap(({ weights }) => weights(position)),
      // Where nothing is a matter of time, servers that are slow are like those that are not.
      lasts: (position) => (window === 0 || isWhole ? 0 : (lasts[position] ?? 0)),
      pause: window === 0 || isWhole ? 0 : pause,
      value: (batch, before, start) => {
        const [only, another] = measures;
        if (only !== undefined && another === undefined) return only.value(batch, before, start) - only.from;
        const own = apart(batch);
        const earlier = before.map(apart);
        const values = measures.map(
          ({ value, from: least }, i) =>
            value(
              own[i] ?? nobody,
              earlier.map((gone) => gone[i] ?? nobody),
              start,
            ) - least,
        );
        return Math.min(...values);
      },
      remembered: (batch, before) => {
        if (window === 0) return [];
        // Where all batches are in one window, their sum is all that matters.
        if (isWhole) return [{ sums: batch.sums.map((sum, i) => sum + (before[0]?.sums[i] ?? 0)), lasts: 0 }];
        return within([...before, batch], this.course, window);
      },
      horizon: window,
      enough,
      floor,
    };
    return bestKept(course, watched, this.work);
  }

  private measure({ gauge }: LocalGauge): Measure {
    if (gauge.rule === 'rate') return this.rates.measure(gauge);
    const tallies = talliesRead(gauge);
    const more = gauge.tally === undefined ? 0 : uncertainRange(this.world, this.branch, gauge.tally).best;
    return {
      respects: tallies.length,
      weights: (position) => tallies.map((tally) => this.weight(position, tally)),
      value: ({ sums: lost }) =>
        more + (gauge.read?.((tally) => (this.full[tally] ?? 0) - (lost[tallies.indexOf(tally)] ?? 0)) ?? 0),
      window: 0,
    };
  }

  private weight(position: number, tally: number): number {
    return cellWeight(this.world, this.scope.cells[position] ?? -1, tally);
  }

  private rate(local: LocalGauge): Reading {
    const { gauge } = local;
    const { worst, best: bound } = this.rates.reading(gauge) ?? { worst: nothingLeft, best: nothingLeft };
    const best = worst < gauge.bound ? (this.best([local], { enough: bound }) ?? bound) : bound;
    const fall = worst < nothingLeft ? { from: nothingLeft, to: worst } : undefined;
    return { before: { worst: nothingLeft, best: nothingLeft }, low: { worst, best }, fall };
  }
}
