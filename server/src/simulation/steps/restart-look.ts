import { redundancyLoss, zonesHit } from '../judgement/open-zones.ts';
import { nothingLeft } from '../paths/path.ts';
import type { Rounds } from '../paths/rolling.ts';
import type { Range } from '../paths/run.ts';
import type { Task } from '../plan/plan.ts';
import { type Branch, uncertainRange } from '../worlds/belief.ts';
import { cellWeight, echoRange, type Open, type OpenTake } from '../worlds/open.ts';
import { statusOf } from '../worlds/status.ts';
import type { LocalGauge, Scope, World } from '../worlds/world.ts';

/** A gauge before a restart, and at its lowest. */
export interface Reading {
  readonly before: Range;
  readonly low: Range;
}

/** What the gauges read while the batches pass, over all ways to put them together. */
export class RestartLook {
  private readonly world: World;
  private readonly branch: Branch;
  private readonly scope: Scope;
  private readonly due: readonly number[];
  private readonly rounds: Rounds;
  /** With a surge nothing is ever missing. */
  private readonly surge: boolean;
  private readonly full: readonly number[];

  constructor(world: World, branch: Branch, scope: Scope, due: readonly number[], rounds: Rounds, task: Task) {
    this.world = world;
    this.branch = branch;
    this.scope = scope;
    this.due = due;
    this.rounds = rounds;
    this.surge = task.action.surge;
    this.full = branch.tally;
  }

  reading(local: LocalGauge): Reading {
    const { gauge, value } = local;
    if (gauge.rule === 'rate') return this.rate(local);
    const now = value(this.scope.tallies.map((tally) => this.full[tally] ?? 0));
    if (this.surge) return { before: { worst: now, best: now }, low: { worst: now, best: now } };
    const { tally } = gauge;
    if (tally !== undefined) {
      const weight = (position: number) => cellWeight(this.world, this.scope.cells[position] ?? -1, tally);
      const others = uncertainRange(this.world, this.branch, tally);
      const before = { worst: now + others.worst, best: now + others.best };
      const low = {
        worst: before.worst - this.heaviest(this.rounds.batch, weight),
        best: before.best - this.evenest(weight),
      };
      return { before, low };
    }
    const before = { worst: now, best: now };
    const open = this.firstBatch();
    if (gauge.rule === 'zones') {
      const { least, most } = zonesHit(this.world, open, gauge.subsystem.index, this.full, this.scope);
      return { before, low: { worst: now - most, best: now - least } };
    }
    const held = this.full[gauge.subsystem.index] ?? 0;
    return { before, low: { worst: held - redundancyLoss(this.world, this.branch, open, gauge), best: now } };
  }

  /** The first batch, as servers that left. */
  private firstBatch(): Open {
    const { cells } = this.scope;
    const base = cells.map((cell, i) => ({
      ...(this.branch.known.at(cell) ?? statusOf(0)),
      inService: this.branch.known.at(cell)?.inService ?? this.due[i] ?? 0,
    }));
    const take: OpenTake = {
      positions: cells.map((_, i) => i),
      count: this.rounds.batch,
      origin: '',
      at: this.branch.now,
      state: 'out',
    };
    return { cells, base, takes: [take] };
  }

  /** What so many of the servers weigh at most. */
  private heaviest(servers: number, weight: (position: number) => number): number {
    let sum = 0;
    let left = servers;
    for (const { each, count } of this.byWeight(weight)) {
      const taken = Math.min(left, count);
      sum += taken * each;
      left -= taken;
    }
    return sum;
  }

  private byWeight(weight: (position: number) => number): readonly { readonly each: number; readonly count: number }[] {
    const counts = new Map<number, number>();
    for (const [position, count] of this.due.entries())
      counts.set(weight(position), (counts.get(weight(position)) ?? 0) + count);
    return [...counts].map(([each, count]) => ({ each, count })).sort((a, b) => b.each - a.each);
  }

  /**
   * What the heaviest batch weighs if the batches are put together as well as can be.
   * Exact where the servers weigh the same or nothing; else no batch can do with less than this.
   */
  private evenest(weight: (position: number) => number): number {
    const weights = this.byWeight(weight);
    const { left, batch, rounds } = this.rounds;
    const heavy = weights.filter(({ each }) => each > 0);
    const idle = weights.reduce((sum, { each, count }) => sum + (each > 0 ? 0 : count), 0);
    const must = Math.max(0, left - idle);
    const [only, another] = heavy;
    if (only === undefined || must === 0) return 0;
    if (another !== undefined) {
      let sum = 0;
      let open = must;
      for (const { each, count } of heavy.toReversed()) {
        const taken = Math.min(open, count);
        sum += taken * each;
        open -= taken;
      }
      return Math.ceil(sum / rounds);
    }
    const last = left - (rounds - 1) * batch;
    let each = Math.ceil(must / rounds);
    while ((rounds - 1) * Math.min(each, batch) + Math.min(each, last) < must) each += 1;
    return each * only.each;
  }

  private rate({ gauge }: LocalGauge): Reading {
    const none = { worst: nothingLeft, best: nothingLeft };
    const { index, rate } = gauge.subsystem;
    if (rate === undefined) return { before: none, low: none };
    const units = (position: number) =>
      this.world.cells.cells[this.scope.cells[position] ?? -1]?.group.units[index] ?? 0;
    const { batch, left, rounds, every, first } = this.rounds;
    const together = every === 0 ? rounds : Math.min(rounds, Math.ceil(rate.window / every));
    // Later windows hold fewer of the servers that left before, and no more of these.
    let most = 0;
    for (let upTo = 1; upTo <= together; upTo++) {
      const end = this.branch.now + first + (upTo - 1) * every;
      const servers = Math.min(left, upTo * batch);
      most = Math.max(most, this.heaviest(servers, units) + this.earlier(index, end, rate.window).most);
    }
    const least = this.evenest(units) + this.earlier(index, this.branch.now + first, rate.window).least;
    return {
      before: none,
      low: { worst: most === 0 ? nothingLeft : -most, best: this.evenest(units) === 0 ? nothingLeft : -least },
    };
  }

  /** Units that left before the step within the window that ends then. */
  private earlier(subsystem: number, end: number, window: number): { readonly least: number; readonly most: number } {
    let sum = 0;
    for (const { at, parts } of this.branch.leavings) {
      if (end - at >= window) continue;
      for (const [index, units] of parts) if (index === subsystem) sum += units;
    }
    const echoed = echoRange(this.world, this.branch.echoes, subsystem, (at) => end - at < window);
    return { least: sum + echoed.least, most: sum + echoed.most };
  }

  /** Batches that a window may still hold: it is unknown which servers each was. */
  echo(): Open | undefined {
    if (this.scope.rates.length === 0) return undefined;
    const { batch, left, rounds, every, first } = this.rounds;
    const base = this.due.map((count) => statusOf(count));
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
    const order = this.due
      .map((count, position) => ({
        count,
        position,
        each: cellWeight(this.world, this.scope.cells[position] ?? -1, tally),
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
