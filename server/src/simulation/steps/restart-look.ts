import { type Batches, bestKept, evenest, heaviest, type Sums, type Watched } from '../judgement/batches.ts';
import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import { nothingLeft } from '../paths/path.ts';
import type { Rounds } from '../paths/rolling.ts';
import type { Range } from '../paths/run.ts';
import type { Task } from '../plan/plan.ts';
import type { Work } from '../work.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { cellWeight, echoRange, type Open, type OpenTake } from '../worlds/open.ts';
import { statusOf } from '../worlds/status.ts';
import { type Gauge, talliesRead } from '../worlds/tallies.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';

/** A gauge before a restart, and at its lowest. */
export interface Reading {
  readonly before: Range;
  readonly low: Range;
}

/** What a gauge is a matter of: sums over the batch that is out, and over so many batches in all. */
interface Measure {
  readonly respects: number;
  readonly weights: (position: number) => Sums;
  readonly value: (batch: Sums, before: readonly Sums[], round: number) => number;
  readonly together: number;
}

/** What the gauges read while the batches pass, over all ways to put them together. */
export class RestartLook {
  private readonly world: World;
  private readonly branch: Branch;
  private readonly scope: Scope;
  private readonly batches: Batches;
  private readonly rounds: Rounds;
  /** With a surge nothing is ever missing. */
  private readonly surge: boolean;
  private readonly full: readonly number[];
  private readonly work: Work;

  constructor(
    world: World,
    branch: Branch,
    scope: Scope,
    due: readonly number[],
    rounds: Rounds,
    task: Task,
    work: Work,
  ) {
    this.world = world;
    this.branch = branch;
    this.scope = scope;
    this.batches = { due, left: rounds.left, batch: rounds.batch };
    this.rounds = rounds;
    this.surge = task.action.surge;
    this.full = branch.tally.values();
    this.work = work;
  }

  reading(local: LocalGauge): Reading {
    const { gauge, value } = local;
    this.work.done += 1 + (this.scope.cells.length >> 3);
    if (gauge.rule === 'rate') return this.rate(local);
    const now = value(this.scope.tallies.map((tally) => this.full[tally] ?? 0));
    if (this.surge) return { before: { worst: now, best: now }, low: { worst: now, best: now } };
    const { tally } = gauge;
    if (tally !== undefined) {
      const weight = (position: number) => this.weight(position, tally);
      const others = uncertainRange(this.world, this.branch, tally);
      const before = { worst: now + others.worst, best: now + others.best };
      const { sum, isExact } = evenest(this.batches, weight);
      const best = (isExact ? undefined : this.best([local])) ?? before.best - sum;
      return { before, low: { worst: before.worst - heaviest(this.batches, this.rounds.batch, weight), best } };
    }
    const worst = now - this.mostLost(gauge, now);
    // How well it can go counts only where it may go wrong.
    const best = worst < gauge.bound ? (this.best([local]) ?? now) : now;
    return { before: { worst: now, best: now }, low: { worst, best } };
  }

  /** Whether one way to put the batches together keeps all of these gauges; undefined: undecided. */
  keeps(locals: readonly LocalGauge[]): boolean | undefined {
    if (this.surge && locals.every(({ gauge }) => gauge.rule !== 'rate')) return true;
    const best = this.best(locals, ({ gauge: { bound } }) => bound);
    return best === undefined ? undefined : best >= 0;
  }

  /** The highest that the lowest of some gauges can be kept, counted from what is given for each. */
  private best(locals: readonly LocalGauge[], from = (_: LocalGauge) => 0): number | undefined {
    const measures = locals.map((local) => ({ ...this.measure(local), from: from(local) }));
    const apart = (sums: Sums): readonly Sums[] => {
      const rest = [...sums];
      return measures.map(({ respects }) => rest.splice(0, respects));
    };
    const { rounds } = this.rounds;
    const longest = Math.max(...measures.map(({ together }) => together));
    const isWhole = measures.every(({ together }) => together >= rounds);
    const watched: Watched = {
      weights: (position) => measures.flatMap(({ weights }) => weights(position)),
      value: (batch, before, round) => {
        const own = apart(batch);
        const earlier = before.map(apart);
        const values = measures.map(({ value, together, from: least }, i) => {
          const within = earlier.slice(Math.max(0, earlier.length - together + 1)).map((sums) => sums[i] ?? []);
          return value(own[i] ?? [], within, round) - least;
        });
        return Math.min(...values);
      },
      remembered: (batch, before) => {
        if (longest === 1) return [];
        // Where all batches are in one window, their sum is all that matters.
        if (isWhole) return [batch.map((sum, i) => sum + (before[0]?.[i] ?? 0))];
        return [...before, batch].slice(1 - longest);
      },
    };
    return bestKept(this.batches, watched, this.work);
  }

  private measure({ gauge }: LocalGauge): Measure {
    if (gauge.rule === 'rate') {
      const { units, together, endOf, window } = this.rated(gauge);
      return {
        respects: 1,
        weights: (position) => [units(position)],
        value: ([left = 0], before, round) =>
          left === 0
            ? nothingLeft
            : -(before.reduce((sum, [one = 0]) => sum + one, left) + this.earlier(gauge, endOf(round), window).least),
        together,
      };
    }
    const tallies = talliesRead(gauge);
    const more = gauge.tally === undefined ? 0 : uncertainRange(this.world, this.branch, gauge.tally).best;
    return {
      respects: tallies.length,
      weights: (position) => tallies.map((tally) => this.weight(position, tally)),
      value: (lost) =>
        more + (gauge.read?.((tally) => (this.full[tally] ?? 0) - (lost[tallies.indexOf(tally)] ?? 0)) ?? 0),
      together: 1,
    };
  }

  private weight(position: number, tally: number): number {
    return cellWeight(this.world, this.scope.cells[position] ?? -1, tally);
  }

  /** What a gauge that is no sum loses at worst, while a batch is out. */
  private mostLost(gauge: Gauge, now: number): number {
    const { cells } = this.scope;
    const base = cells.map((cell, i) => ({
      ...(this.branch.known.at(cell) ?? statusOf(0)),
      inService: this.branch.known.at(cell)?.inService ?? this.batches.due[i] ?? 0,
    }));
    const take: OpenTake = {
      positions: cells.map((_, i) => i),
      count: this.rounds.batch,
      origin: '',
      at: this.branch.now,
      state: 'out',
    };
    const open: Open = { cells, base, takes: [take] };
    if (gauge.rule === 'zones') return zonesHit(this.world, open, gauge.subsystem.index, this.full, this.scope).most;
    const held = this.full[gauge.subsystem.index] ?? 0;
    return now - held + redundancyLoss(this.world, this.branch, open, gauge);
  }

  private rate(local: LocalGauge): Reading {
    const { gauge } = local;
    const { units, together, endOf, window } = this.rated(gauge);
    const { batch, left } = this.rounds;
    // Later windows hold fewer of the servers that left before, and no more of these.
    let most = 0;
    for (let upTo = 1; upTo <= together; upTo++) {
      const servers = Math.min(left, upTo * batch);
      const own = heaviest(this.batches, servers, units);
      most = Math.max(most, own + this.earlier(gauge, endOf(upTo - 1), window).most);
    }
    const { sum } = evenest(this.batches, units);
    const worst = heaviest(this.batches, batch, units) === 0 ? nothingLeft : -most;
    const bound = sum === 0 ? nothingLeft : -(sum + this.earlier(gauge, endOf(0), window).least);
    const best = worst < gauge.bound ? (this.best([local]) ?? bound) : bound;
    return { before: { worst: nothingLeft, best: nothingLeft }, low: { worst, best } };
  }

  private rated({ subsystem: { index, rate } }: Gauge) {
    const { rounds, every, first } = this.rounds;
    const window = rate?.window ?? 0;
    return {
      units: (position: number) => this.world.cells.cells[this.scope.cells[position] ?? -1]?.group.units[index] ?? 0,
      window,
      /** Batches that one window may hold. */
      together: every === 0 ? rounds : Math.max(1, Math.min(rounds, Math.ceil(window / every))),
      endOf: (round: number) => this.branch.now + first + round * every,
    };
  }

  /** Units that left before the step within the window that ends then. */
  private earlier(
    { subsystem }: Gauge,
    end: number,
    window: number,
  ): { readonly least: number; readonly most: number } {
    let sum = 0;
    for (const { at, parts } of this.branch.leavings) {
      if (end - at >= window) continue;
      for (const [index, units] of parts) if (index === subsystem.index) sum += units;
    }
    const echoed = echoRange(this.world, this.branch.echoes, subsystem.index, (at) => end - at < window);
    return { least: sum + echoed.least, most: sum + echoed.most };
  }

  /** Batches that a window may still hold: it is unknown which servers each was. */
  echo(): Open | undefined {
    if (this.scope.rates.length === 0) return undefined;
    const { batch, left, rounds, every, first } = this.rounds;
    const base = this.batches.due.map((count) => statusOf(count));
    const positions = base.map((_, i) => i);
    const takes: OpenTake[] = [];
    for (let round = 0; round < rounds; round++) {
      const at = this.branch.now + first + round * every;
      takes.push({ positions, count: Math.min(batch, left - round * batch), origin: '', at, state: 'back' });
    }
    return { cells: this.scope.cells, base, takes };
  }

  witness({ gauge, at }: LocalGauge, value: number) {
    const { tally } = gauge;
    if (tally === undefined || this.surge) return undefined;
    const order = this.batches.due
      .map((count, position) => ({
        count,
        position,
        each: this.weight(position, tally),
      }))
      .sort((a, b) => b.each - a.each);
    const from = this.scope.cells.map((cell) => this.branch.known.at(cell) ?? statusOf(0));
    const to = [...from];
    let left = this.rounds.batch;
    for (const { count, position } of order) {
      const taken = Math.min(left, count);
      left -= taken;
      to[position] = statusOf((from[position]?.inService ?? 0) - taken);
    }
    return at >= 0 ? { value, scope: this.scope, from, to } : undefined;
  }
}
