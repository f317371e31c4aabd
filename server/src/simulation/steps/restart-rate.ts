import { mostPacings } from '../limits.ts';
import { nothingLeft } from '../paths/path.ts';
import type { Range } from '../paths/run.ts';
import type { Work } from '../work.ts';
import { evenest, type Gone, heaviest, lightest, type Sums, type Watched } from '../worlds/batches.ts';
import type { Branch } from '../worlds/belief.ts';
import { echoRange } from '../worlds/echoes.ts';
import { placed } from '../worlds/place.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { Scope, World } from '../worlds/world.ts';
import { type Course, heaviestPaced, mostAtOnce, type Pacing, pacings } from './restart-course.ts';

/** What a gauge is a matter of: sums over the batch that is out, and over those that went less than `window` before it. */
export interface Measure {
  readonly respects: number;
  readonly weights: (position: number) => Sums;
  readonly value: Watched['value'];
  readonly window: number;
}

interface Spread {
  readonly least: number;
  readonly most: number;
}

/** What leaves within a window while the batches of a restart pass. */
export class RestartRate {
  private readonly world: World;
  private readonly branch: Branch;
  private readonly scope: Scope;
  private readonly course: Course;
  private readonly work: Work;
  private readonly known = new Map<Gauge, Range | undefined>();
  /** What left before, by gauge and time: it is asked for each way to put the batches together. */
  private readonly earlierBy = new Map<Gauge, Map<number, Spread>>();

  constructor(world: World, branch: Branch, scope: Scope, course: Course, work: Work) {
    this.world = world;
    this.branch = branch;
    this.scope = scope;
    this.course = course;
    this.work = work;
  }

  /** At its worst exactly; at its best what no way to put the batches together can do better than. Undefined where there are more ways than are looked at. */
  reading(gauge: Gauge): Range | undefined {
    if (!this.known.has(gauge)) this.known.set(gauge, this.read(gauge));
    return this.known.get(gauge);
  }

  private read(gauge: Gauge): Range | undefined {
    const { batch } = this.course;
    const units = (position: number) => this.unitsAt(gauge, position);
    if (heaviest(this.course, batch, units) === 0) return { worst: nothingLeft, best: nothingLeft };
    const most = this.most(gauge);
    return most === undefined ? undefined : { worst: -most, best: this.bound(gauge, units) };
  }

  /** What no way to put the batches together can do better than. */
  private bound(gauge: Gauge, units: (position: number) => number): number {
    const { rounds, left, batch, speeds, pause, surge, longest } = this.course;
    const slowest = speeds.at(-1) ?? 0;
    const every = slowest + pause;
    // So many batches that follow one another are in one window, however slow they are.
    const together = every === 0 ? rounds : Math.min(rounds, Math.ceil(windowOf(gauge) / every));
    const all = lightest(this.course, left, units);
    // All but the last of all batches are whole.
    const inRow = together < rounds ? lightest(this.course, together * batch, units) : all;
    const sum = Math.max(evenest(this.course, units).sum, Math.ceil(all / Math.ceil(rounds / together)), inRow);
    if (sum === 0) return nothingLeft;
    const first = lightest(this.course, batch, units);
    const before = (after: number) => this.earlier(gauge, after).least + this.outLeast(gauge, after);
    const atFirst = first === 0 ? 0 : first + before(surge ? slowest : 0);
    return -Math.max(atFirst, sum + before(longest));
  }

  /** What no way can do better than, though a batch may find fewer than it would: all of them where a window holds them all, else one batch. */
  atLeast(gauge: Gauge): number {
    const { batch, left, longest } = this.course;
    const together = longest < windowOf(gauge) ? left : batch;
    const least = lightest(this.course, together, (position) => this.unitsAt(gauge, position));
    return least === 0 ? nothingLeft : -least;
  }

  /** What no way can do better than, where every batch finds as many as it would. */
  atBest(gauge: Gauge): number {
    return this.atLeast(gauge) === nothingLeft
      ? nothingLeft
      : this.bound(gauge, (position) => this.unitsAt(gauge, position));
  }

  /** Whether nothing that left before the step need be in a window with what leaves now. */
  isAlone(gauge: Gauge): boolean {
    return this.earlier(gauge, 0).least === 0;
  }

  measure(gauge: Gauge): Measure {
    const { pause, surge } = this.course;
    const window = windowOf(gauge);
    return {
      respects: 1,
      weights: (position) => [this.unitsAt(gauge, position)],
      value: (batch, before, start) => {
        const left = sumIn(batch);
        if (left === 0) return nothingLeft;
        let sum = left + this.earlier(gauge, surge ? start + batch.lasts : start).least;
        let age = 0;
        for (let i = before.length - 1; i >= 0; i--) {
          const [one, after] = [before[i], before[i + 1] ?? batch];
          age += pause + ((surge ? after : one)?.lasts ?? 0);
          if (age >= window) break;
          sum += sumIn(one);
        }
        return -sum;
      },
      window,
    };
  }

  /** The most that a window holds: some batches one after the other, and what left before the step. */
  private most(gauge: Gauge): number | undefined {
    const { rounds, surge, batch, left } = this.course;
    const window = windowOf(gauge);
    const units = (position: number) => this.unitsAt(gauge, position);
    const last = left - (rounds - 1) * batch;
    const atOnce = mostAtOnce(this.course);
    let most = 0;
    let looked = 0;
    for (let count = 1; count <= rounds; count++) {
      const isAll = count === rounds;
      let found = false;
      const look = (paced: readonly Pacing[], free: number, end: (span: number) => number) => {
        for (const { paced: own, span } of paced) {
          const sum = heaviestPaced(
            this.course,
            own,
            free,
            units,
            ({ at }) => this.branch.now + end(span) - at < window,
          );
          if (sum === undefined) continue;
          found = true;
          most = Math.max(most, sum + this.earlier(gauge, end(span)).most);
        }
        if (this.course.speeds.length > 1) looked += paced.length;
      };
      if (!surge) {
        // Nobody waits for the last one, which may be the smaller one.
        look(this.paced(count - 1, undefined, window), isAll ? last : batch, (span) => span);
      } else {
        const partial = isAll && last < batch ? last : undefined;
        if (count === 1) look([{ paced: [], span: 0 }], partial ?? batch, () => Number.POSITIVE_INFINITY);
        else look(this.paced(count - 1, partial, window), batch, () => Number.POSITIVE_INFINITY);
        // Where what left before counts, all of them have to be over in time.
        look(this.paced(count, partial, window + this.course.pause), 0, (span) => span - this.course.pause);
      }
      if (looked > mostPacings) return undefined;
      // More of them find no room in a window, or not enough servers that are fast.
      if (!found && count > atOnce) break;
    }
    return most;
  }

  private paced(count: number, partial: number | undefined, window: number): readonly Pacing[] {
    const found: Pacing[] = [];
    // Fewer of those that take no time are in it only where there are no other batches left, of which the last may be a smaller one.
    const least = count < this.course.rounds - 2 ? mostAtOnce(this.course) : 0;
    for (const one of pacings(this.course, count, partial, window, least)) {
      found.push(one);
      if (found.length > mostPacings) break;
    }
    return found;
  }

  private unitsAt({ subsystem: { index } }: Gauge, position: number): number {
    return this.world.cells.cells[this.scope.cells[position] ?? -1]?.group.units[index] ?? 0;
  }

  /** The same of what is out still, at least. */
  private outLeast(gauge: Gauge, after: number): number {
    const { out, due } = this.course;
    const end = this.branch.now + after;
    const isCounted = out.map(({ at }) => end - at < windowOf(gauge));
    return isCounted.some((is) => is)
      ? -(placed(out, due, (take, position) => (isCounted[take] ? -this.unitsAt(gauge, position) : 0))?.weight ?? 0)
      : 0;
  }

  /** Units that left before the step within the window that ends so long after its beginning. */
  private earlier(gauge: Gauge, after: number): Spread {
    const known = this.earlierBy.get(gauge) ?? new Map<number, Spread>();
    const found = known.get(after) ?? this.heard(gauge, after);
    this.earlierBy.set(gauge, known.set(after, found));
    return found;
  }

  private heard(gauge: Gauge, after: number): Spread {
    const { index } = gauge.subsystem;
    const window = windowOf(gauge);
    const end = this.branch.now + after;
    let sum = 0;
    for (const { at, parts } of this.branch.leavings) {
      if (end - at >= window) continue;
      for (const [subsystem, units] of parts) if (subsystem === index) sum += units;
    }
    // Each way in which it may have been is looked at.
    for (const echo of this.branch.echoes) this.work.done += echo.length >> 1;
    const echoed = echoRange(this.world, this.branch.echoes, index, (at) => end - at < window);
    return { least: sum + echoed.least, most: sum + echoed.most };
  }
}

function windowOf({ subsystem: { rate } }: Gauge): number {
  return rate?.window ?? 0;
}

function sumIn(gone: Gone | undefined): number {
  return gone?.sums[0] ?? 0;
}
