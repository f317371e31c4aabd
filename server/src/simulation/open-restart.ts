import { type Belief, type Branch, uncertainRange } from './belief.ts';
import type { CarriedOut } from './carry-out.ts';
import { passTime } from './elapse.ts';
import { cellWeight, type Open, type OpenTake } from './open.ts';
import { redundancyLoss, zonesHit } from './open-zones.ts';
import { nothingLeft } from './path.ts';
import type { Plan, Task } from './plan.ts';
import { planned, type Rounds, roundsOf } from './rolling.ts';
import type { PartNotes, Range, TaskNotes } from './run.ts';
import { waysToSplit } from './splits.ts';
import { isOpenTouched, isTouched } from './starts.ts';
import { statusOf } from './status.ts';
import type { LocalGauge, Scope, World } from './world.ts';

/** How many ways to put one batch together, times what can be left after it, are followed one by one. */
const mostFollowed = 5_000;

/**
 * A restart or replacement of many cells, whose batches can be put together in more ways than are worth following.
 * Undefined where it is another kind of step, or where the ways are few: then every path is followed.
 */
export function restartOpenly(world: World, belief: Belief, plan: Plan): CarriedOut | undefined {
  const [branch] = belief.branches;
  const task = plainRestart(plan);
  if (branch === undefined || belief.branches.length > 1 || task === undefined || plan.pool.cells.length < 2)
    return undefined;
  const scope = world.scopeOf(plan.pool);
  if (branch.factors.some((factor) => isTouched(world, factor, scope, true))) return undefined;
  if (branch.open.some((open) => isOpenTouched(world, open, scope, true)) || branch.timed.length > 0) return undefined;
  const statuses = scope.cells.map((cell) => branch.known.at(cell) ?? statusOf(0));
  const notes: TaskNotes = {
    count: undefined,
    lacks: undefined,
    there: undefined,
    ended: 0,
    went: 0,
    alreadyOut: undefined,
  };
  const rolling = planned(
    world,
    scope,
    { statuses },
    task,
    scope.cells.map((_, i) => i),
    notes,
  );
  const { due, left, batch } = rolling;
  if (left === 0 || left <= batch || rolling.ofEach !== undefined || followable(due, batch)) return undefined;
  const rounds = roundsOf(scope, rolling);
  const look = new Look(world, branch, scope, due, rounds, task);
  const tasks: TaskNotes[] = [];
  tasks[task.part] = notes;
  const after = passTime(world, { branches: [{ ...branch, echoes: look.echoes() }] }, rounds.lasts + plan.root.takes);
  return { after, seeing: look.seeing(plan.root.part), tasks, clamped: new Set() };
}

function plainRestart({ root }: Plan): Task | undefined {
  const [task, other] = root.tasks;
  if (task === undefined || other !== undefined || task.still !== undefined || root.inner.length > 0) return undefined;
  if (root.input.step.when !== undefined || task.action.maybe !== undefined || task.isNamed) return undefined;
  return task.action.effect === 'restart' || task.action.effect === 'replace' ? task : undefined;
}

function followable(due: readonly number[], batch: number): boolean {
  const boxes = due.filter((count) => count > 0);
  if (boxes.length < 2) return true;
  let states = 1;
  for (const count of boxes) states = Math.min(states * (count + 1), mostFollowed + 1);
  return states * waysToSplit(boxes, batch, mostFollowed) <= mostFollowed;
}

/** What the gauges read while the batches pass, over all ways to put them together. */
class Look {
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

  seeing(part: number) {
    const { gauges } = this.scope;
    const readings = gauges.map((gauge) => this.reading(gauge));
    const notes: PartNotes = {
      part,
      before: readings.map(({ before }) => before),
      low: readings.map(({ low }) => low),
      after: readings.map(({ before }) => ({ ...before })),
      witness: gauges.map((gauge, i) => this.witness(gauge, readings[i]?.low.worst ?? 0)),
    };
    const best = new Map([[part, readings.map(({ low }) => low.best)]]);
    return {
      world: this.world,
      gauges,
      notes: new Map([[`${part}`, notes]]),
      ends: [{ best, others: [] }],
      mayKeep: (_: number, broken: readonly number[]) =>
        broken.every((at) => (readings[at]?.low.best ?? 0) >= (gauges[at]?.gauge.bound ?? 0)),
    };
  }

  private reading(local: LocalGauge): { readonly before: Range; readonly low: Range } {
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

  private rate({ gauge }: LocalGauge): { readonly before: Range; readonly low: Range } {
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
      most = Math.max(most, this.heaviest(servers, units) + this.earlier(index, end, rate.window));
    }
    const least = this.evenest(units) + this.earlier(index, this.branch.now + first, rate.window);
    return {
      before: none,
      low: { worst: most === 0 ? nothingLeft : -most, best: this.evenest(units) === 0 ? nothingLeft : -least },
    };
  }

  /** Units that left before the step within the window that ends then. */
  private earlier(subsystem: number, end: number, window: number): number {
    let sum = 0;
    for (const { at, parts } of this.branch.leavings) {
      if (end - at >= window) continue;
      for (const [index, units] of parts) if (index === subsystem) sum += units;
    }
    return sum;
  }

  /** Batches that a window may still hold: it is unknown which servers each was. */
  echoes(): readonly Open[] {
    if (this.scope.rates.length === 0) return this.branch.echoes;
    const { batch, left, rounds, every, first } = this.rounds;
    const base = this.due.map((count) => statusOf(count));
    const positions = base.map((_, i) => i);
    const takes: OpenTake[] = [];
    for (let round = 0; round < rounds; round++) {
      const at = this.branch.now + first + round * every;
      takes.push({ positions, count: Math.min(batch, left - round * batch), origin: '', at, state: 'back' });
    }
    return [...this.branch.echoes, { cells: this.scope.cells, base, takes }];
  }

  private witness({ gauge, at }: LocalGauge, value: number) {
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
