import type { Seconds } from '../../model/leaf.ts';
import type { Capacity, GroupCapacity } from '../fleet/capacity.ts';
import type { Cells, Pool } from './cells.ts';
import { type Gauge, type Gauges, gaugesOf, talliesRead, type Weights } from './tallies.ts';

/** The fleet as this runbook cuts it. Everything that stays the same while the simulation walks. */
export interface World {
  readonly capacity: Capacity;
  readonly cells: Cells;
  readonly gauges: Gauges;
  /** By the id of a step that a later `restore` names: the cells that the step may have taken servers from. */
  readonly restorable: ReadonlyMap<string, Pool>;
  /** The longest window of a rate, in seconds; 0 where there is none. */
  readonly window: Seconds;
  /** Where there are more ways than this, a choice is not written out. */
  readonly fewWays: number;
  /** What the servers of a group serve. */
  servedBy(group: GroupCapacity): Served;
  /** What the cells of the pool serve, in every gauge, with cells that are followed besides. */
  scopeOf(pool: Pool, besides?: Besides): Scope;
}

/** What servers that are alike serve: enough to say whether a change of theirs breaks a rule where everything is known. */
export interface Served {
  readonly subsystems: readonly string[];
  readonly levels: readonly Gauge[];
  readonly rates: readonly Gauge[];
  /** The subsystems that have a rate, and the units of a server. */
  readonly rated: Rated;
}

export type Rated = readonly (readonly [subsystem: number, units: number])[];

/** Cells that are followed although the step does not name them, and whether every other subsystem's units are watched too. */
export interface Besides {
  readonly cells: readonly number[];
  readonly watchesAll: boolean;
  /** Places in which servers of a cell are kept apart from the others of it, and the changes for which they are. */
  readonly copies: readonly Copy[];
  /** Nothing takes any time to warm up. */
  readonly isTimeless: boolean;
}

export interface Copy {
  readonly cell: number;
  readonly marks: readonly number[];
}

/** What has to be followed while servers of some cells come and go: every subsystem that they serve, in every gauge. */
export interface Scope {
  /** The cells that are followed, and once more for each copy of one. */
  readonly cells: readonly number[];
  readonly followed: readonly number[];
  /** The position of a cell among `cells`; undefined for others. */
  readonly positions: ReadonlyMap<number, number>;
  /** The same with its copies. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** Positions of copies, and by the position what they are kept for. */
  readonly copies: readonly number[];
  readonly marks: readonly (readonly number[])[];
  readonly subsystems: readonly number[];
  /** Their names. */
  readonly names: readonly string[];
  /** Indices of the fleet's tallies, and the way back. */
  readonly tallies: readonly number[];
  readonly gauges: readonly LocalGauge[];
  /** The gauges without the rates. */
  readonly levels: readonly LocalGauge[];
  readonly rates: readonly LocalGauge[];
  /** By the cell's position, in local tallies. */
  readonly weights: readonly Weights[];
  /** By the cell's position: the subsystems that a server serves which have a rate, and its units. */
  readonly rated: readonly Rated[];
  readonly warmup: readonly Seconds[];
  /** By the cell's position. */
  readonly groups: readonly GroupCapacity[];
}

export interface LocalGauge {
  /** Its position among the scope's gauges. */
  readonly at: number;
  readonly gauge: Gauge;
  /** Of a subsystem that the step does not touch, so that no rule speaks of it. */
  readonly isWatched: boolean;
  readonly value: (tally: readonly number[]) => number;
}

const nothing: Besides = { cells: [], watchesAll: false, copies: [], isTimeless: false };

export function worldOf(
  capacity: Capacity,
  cells: Cells,
  restorable: ReadonlyMap<string, Pool>,
  fewWays: number,
): World {
  const gauges = gaugesOf(capacity);
  const bySubsystem = capacity.subsystems.map((_, index) =>
    gauges.gauges.filter(({ subsystem }) => subsystem.index === index),
  );
  const talliesBySubsystem = capacity.subsystems.map(({ index, servedBy }) =>
    talliesOf(
      gauges,
      index,
      servedBy.map(({ group }) => group.index),
      bySubsystem[index] ?? [],
    ),
  );
  /** By the group's index: the subsystems that it serves. */
  const served: number[][] = capacity.groups.map(() => []);
  for (const { index, servedBy } of capacity.subsystems)
    for (const { group } of servedBy) served[group.index]?.push(index);
  const scopes = new WeakMap<Pool, Scope>();
  const window = capacity.subsystems.reduce((longest, { rate }) => Math.max(longest, rate?.window ?? 0), 0);
  const scopeOf = (pool: Pool, besides: Besides = nothing): Scope => {
    const { cells: more, watchesAll, copies, isTimeless } = besides;
    if (more.length > 0 || watchesAll || copies.length > 0 || isTimeless) return makeScope(pool, besides);
    const known = scopes.get(pool) ?? makeScope(pool, besides);
    scopes.set(pool, known);
    return known;
  };
  const ofGroup: Served[] = [];
  const servedBy = (group: GroupCapacity): Served => (ofGroup[group.index] ??= makeServed(group));
  return { capacity, cells, gauges, restorable, window, fewWays, servedBy, scopeOf };

  function makeServed(group: GroupCapacity): Served {
    const subsystems = served[group.index] ?? [];
    const own = subsystems.flatMap((index) => bySubsystem[index] ?? []);
    return {
      subsystems: namesOf(subsystems),
      levels: own.filter(({ rule }) => rule !== 'rate'),
      rates: own.filter(({ rule }) => rule === 'rate'),
      rated: ratedIn(group, subsystems),
    };
  }

  function namesOf(subsystems: readonly number[]): readonly string[] {
    return subsystems.flatMap((index) => capacity.subsystems[index]?.name ?? []);
  }

  function ratedIn({ units }: GroupCapacity, subsystems: readonly number[]): Rated {
    return subsystems.flatMap((index) => {
      const each = units[index] ?? 0;
      return each > 0 && capacity.subsystems[index]?.rate !== undefined ? [[index, each] as const] : [];
    });
  }

  function makeScope(pool: Pool, besides: Besides): Scope {
    const followed = [...pool.cells, ...besides.cells];
    const all = [...followed, ...besides.copies.map(({ cell }) => cell)];
    const groups = all.flatMap((cell) => cells.cells[cell]?.group ?? []);
    const touched = groups.slice(0, pool.cells.length);
    const subsystems = [...new Set(touched.flatMap(({ index }) => served[index] ?? []))].sort((a, b) => a - b);
    const watched = besides.watchesAll
      ? capacity.subsystems.flatMap(({ index }) => (subsystems.includes(index) ? [] : [index]))
      : [];
    const tallies = [...new Set([...subsystems.flatMap((index) => talliesBySubsystem[index] ?? []), ...watched])];
    const place = new Map(tallies.map((tally, i) => [tally, i]));
    const inLocal = (list: Weights['inService']) =>
      list.flatMap(({ tally, units }) => {
        const at = place.get(tally);
        return at === undefined ? [] : [{ tally: at, units }];
      });
    const isUnits = ({ rule, zone }: Gauge) => rule === 'minimum' && zone === undefined;
    const asked = subsystems.flatMap((index) => bySubsystem[index] ?? []);
    // What only comes back lowers nothing, so that nothing is asked but what there is.
    const own = pool.onlyReturns === true ? asked.filter(({ rule, linear }) => rule !== 'rate' && linear) : asked;
    const local = [...own, ...watched.flatMap((index) => bySubsystem[index]?.filter(isUnits) ?? [])].map(
      (gauge, at): LocalGauge => {
        const isWatched = at >= own.length;
        const { read, tally } = gauge;
        const only = tally === undefined ? undefined : place.get(tally);
        if (only !== undefined) return { at, gauge, isWatched, value: (values) => values[only] ?? 0 };
        return { at, gauge, isWatched, value: (values) => read?.((index) => values[place.get(index) ?? -1] ?? 0) ?? 0 };
      },
    );
    return {
      cells: all,
      followed,
      positions: new Map(followed.map((cell, i) => [cell, i])),
      places: placesOf(all),
      copies: besides.copies.map((_, i) => followed.length + i),
      marks: [...followed.map(() => noMarks), ...besides.copies.map(({ marks }) => marks)],
      subsystems,
      names: namesOf(subsystems),
      tallies,
      gauges: local,
      levels: local.filter(({ gauge }) => gauge.rule !== 'rate'),
      rates: local.filter(({ gauge }) => gauge.rule === 'rate'),
      weights: groups.map((group) => {
        const own = gauges.weights[group.index];
        return { inService: inLocal(own?.inService ?? []), out: inLocal(own?.out ?? []) };
      }),
      rated: groups.map((group) => ratedIn(group, subsystems)),
      warmup: groups.map((group) => (besides.isTimeless ? 0 : group.warmup)),
      groups,
    };
  }
}

const noMarks: readonly number[] = [];

function placesOf(cells: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [position, cell] of cells.entries()) {
    const known = places.get(cell);
    if (known === undefined) places.set(cell, [position]);
    else known.push(position);
  }
  return places;
}

/** Every tally that a gauge of the subsystem reads. */
function talliesOf(
  gauges: Gauges,
  subsystem: number,
  groups: readonly number[],
  own: readonly Gauge[],
): readonly number[] {
  const read = new Set([subsystem, ...own.flatMap(talliesRead)]);
  const counted = new Set(
    groups.flatMap((group) =>
      [...(gauges.weights[group]?.inService ?? []), ...(gauges.weights[group]?.out ?? [])].map(({ tally }) => tally),
    ),
  );
  return [...read].filter((tally) => tally === subsystem || counted.has(tally));
}
