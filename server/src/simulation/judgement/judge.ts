import type {
  ActionOutcome,
  Breach,
  Broken,
  Figures,
  RateBreach,
  RedundancyBreach,
  Witness,
  ZonesBreach,
} from '../outcome.ts';
import type { PartNotes, Range, Seen } from '../paths/run.ts';
import type { StepPart, Task } from '../plan/task.ts';
import type { Cell } from '../worlds/cells.ts';
import type { Gauge } from '../worlds/tallies.ts';
import type { LocalGauge, World } from '../worlds/world.ts';

/** Everything that was seen while a step was carried out. */
export interface Seeing {
  readonly world: World;
  readonly gauges: readonly LocalGauge[];
  readonly notes: ReadonlyMap<string, PartNotes>;
  /** One for each branch: the highest lows of its paths, and what they do not follow. */
  readonly ends: readonly End[];
  /** Whether these gauges of a part may all keep their bounds under one choice; undefined: undecided. */
  readonly mayKeep: (part: number, gauges: readonly number[]) => boolean | undefined;
}

export interface End {
  /** By part: the highest low of each gauge. */
  readonly best: ReadonlyMap<number, readonly number[]>;
  readonly others: readonly Figures[];
}

/** What a part of a step does to the gauges, over all of its rounds. */
export interface PartFigures {
  readonly before: readonly Range[];
  readonly low: readonly Range[];
  readonly after: readonly Range[];
  /** Gauges that it lowers below their bound, or further below, in some round. */
  readonly broken: ReadonlySet<number>;
  readonly witness: readonly (Seen | undefined)[];
}

export function figuresOfPart(seeing: Seeing, part: number): PartFigures | undefined {
  const rounds = roundsOf(seeing, part);
  const [first] = rounds;
  const last = rounds.at(-1);
  if (first === undefined || last === undefined) return undefined;
  // In a round that nobody came through nothing was seen.
  const low: Range[] = [];
  const witness: (Seen | undefined)[] = [];
  for (const round of rounds) {
    for (const [i, { worst }] of round.low.entries()) {
      const all = low[i];
      if (all === undefined) low[i] = { worst, best: bestLow(seeing, part, i) };
      else all.worst = Math.min(all.worst, worst);
      const seen = round.witness[i];
      const lowest = witness[i];
      if (seen !== undefined && (lowest === undefined || seen.value < lowest.value)) witness[i] = seen;
    }
  }
  // Where it was not carried out on any path, it would have begun where it was left out.
  const before = first.before.length > 0 ? first.before : first.after;
  return { before, low, after: last.after, broken: brokenIn(seeing, rounds), witness };
}

function roundsOf({ notes }: Seeing, part: number): readonly PartNotes[] {
  const rounds: (readonly [key: string, notes: PartNotes])[] = [];
  for (const round of notes) if (round[1].part === part) rounds.push(round);
  if (rounds.length > 1) rounds.sort(([a], [b]) => inOrder(numbersIn(a), numbersIn(b)));
  return rounds.map(([, own]) => own);
}

/** Behind the number of the part, those of the rounds, the outer ones first. */
function numbersIn(key: string): readonly number[] {
  return key.split('.').map(Number);
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((round, i) => round !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

const unbroken: ReadonlySet<number> = new Set();

function brokenIn({ gauges }: Seeing, rounds: readonly PartNotes[]): ReadonlySet<number> {
  let broken: Set<number> | undefined;
  for (const { before, low } of rounds) {
    for (const { at, gauge, isWatched } of gauges) {
      if (isWatched || !isLowered(before[at], low[at], gauge.bound)) continue;
      broken ??= new Set();
      broken.add(at);
    }
  }
  return broken ?? unbroken;
}

/** SPEC §5.3: reported where the figure is lowered below, or further below. */
function isLowered(before: Range | undefined, low: Range | undefined, bound: number): boolean {
  if (before === undefined || low === undefined) return false;
  return (low.worst < before.worst && low.worst < bound) || (low.best < before.best && low.best < bound);
}

/** The highest low that some path keeps (SPEC §5.11). Where a part comes to its end on none but paths that are ruled out later, each of its rounds speaks for itself. */
function bestLow(seeing: Seeing, part: number, gauge: number): number {
  const lows = seeing.ends.flatMap(({ best, others }) => {
    const low = best.get(part)?.[gauge];
    return low === undefined ? [] : [low + (others[gauge]?.best ?? 0)];
  });
  if (lows.length > 0) return Math.max(...lows);
  return Math.max(...roundsOf(seeing, part).flatMap(({ low }) => low[gauge]?.best ?? []));
}

/** Whether under every choice one of these gauges falls below its bound in the part; undecided counts as no. */
export function isCertain(seeing: Seeing, part: number, gauges: readonly number[]): boolean {
  if (gauges.length === 0) return false;
  if (cannotKeepOne(seeing, part, gauges)) return true;
  // Each may be kept, but perhaps not by one and the same choice.
  return gauges.length > 1 && seeing.mayKeep(part, gauges) === false;
}

/** Whether one of the gauges alone falls under every choice. */
function cannotKeepOne(seeing: Seeing, part: number, gauges: readonly number[]): boolean {
  return gauges.some((at) => bestLow(seeing, part, at) < (seeing.gauges[at]?.gauge.bound ?? 0));
}

export type Findings = Pick<ActionOutcome, 'breaches' | 'certain' | 'rates' | 'redundancy' | 'zones'>;

export const noFindings: Findings = {
  breaches: [],
  certain: false,
  rates: { certain: false, breaches: [] },
  redundancy: { certain: false, breaches: [] },
  zones: { certain: false, breaches: [] },
};

const ruleNames = ['minimum', 'redundancy', 'zones', 'rate'] as const;
type RuleName = Gauge['rule'];

/** Rules that the steps around this one break under every choice: whichever of the steps in them does it, it is certain. */
export type Inherited = ReadonlySet<RuleName>;

const nobody: ReadonlyMap<Task, Findings> = new Map();

/** What each action of a step breaks; each rule speaks on one of them. */
export function findingsOf(
  seeing: Seeing,
  part: StepPart,
  own: PartFigures | undefined,
  inherited: Inherited,
): { readonly byTask: ReadonlyMap<Task, Findings>; readonly certain: Inherited } {
  if (own === undefined || own.broken.size === 0) return { byTask: nobody, certain: inherited };
  const certain = new Set<RuleName>(inherited);
  const byTask = new Map<Task, Findings>();
  const spoken = new Set<number>();
  const touched = touchedBy(seeing.world, part);
  for (const rule of ruleNames) {
    const gauges = seeing.gauges.filter(
      ({ at, gauge }) =>
        gauge.rule === rule &&
        own.broken.has(at) &&
        touched.has(gauge.subsystem.index) &&
        !(rule === 'redundancy' && spoken.has(gauge.subsystem.index)),
    );
    if (gauges.length === 0) continue;
    if (rule === 'minimum') for (const { gauge } of gauges) spoken.add(gauge.subsystem.index);
    const isSure =
      certain.has(rule) ||
      isCertain(
        seeing,
        part.part,
        gauges.map(({ at }) => at),
      );
    if (isSure) certain.add(rule);
    const task = speaker(
      seeing,
      part,
      gauges.map(({ at }) => at),
    );
    if (task !== undefined)
      byTask.set(task, { ...(byTask.get(task) ?? noFindings), ...findings(seeing.world, rule, gauges, own, isSure) });
  }
  return { byTask, certain };
}

/** Subsystems of which the step itself may take servers; of others, steps beside it and choices that are ruled out may change the figures. */
function touchedBy(world: World, { tasks, inner }: StepPart): ReadonlySet<number> {
  const taking = tasks.filter(({ action }) => takingEffects.has(action.effect));
  const own = taking.flatMap(({ pool }) => world.scopeOf(pool).subsystems);
  return new Set([...own, ...inner.flatMap((one) => [...touchedBy(world, one)])]);
}

const takingEffects: ReadonlySet<Task['action']['effect']> = new Set(['remove', 'restart', 'replace', 'scale-to']);

/** The action on which a rule speaks: the first that breaks it under every choice, else the first that may. */
function speaker(seeing: Seeing, { tasks }: StepPart, gauges: readonly number[]): Task | undefined {
  if (tasks.length <= 1) return tasks[0];
  const breaking = tasks.flatMap((task) => {
    const own = figuresOfPart(seeing, task.part);
    const broken = gauges.filter((gauge) => own?.broken.has(gauge));
    return broken.length === 0 ? [] : [{ task, broken }];
  });
  return (
    (breaking.find(({ task, broken }) => cannotKeepOne(seeing, task.part, broken)) ?? breaking[0])?.task ??
    tasks.find(({ action, still }) => still === undefined && takingEffects.has(action.effect))
  );
}

function findings(
  world: World,
  rule: RuleName,
  gauges: readonly LocalGauge[],
  own: PartFigures,
  certain: boolean,
): Partial<Findings> {
  switch (rule) {
    case 'minimum':
      return { breaches: gauges.map((gauge) => breachOf(world, gauge, own)), certain };
    case 'redundancy': {
      const breaches = gauges.map((gauge): RedundancyBreach => {
        const { loss = 'zones', subsystem } = gauge.gauge;
        return { ...breachOf(world, gauge, own), loss, lost: subsystem.survives[loss] };
      });
      return { redundancy: { certain, breaches } satisfies Broken<RedundancyBreach> };
    }
    case 'zones': {
      const breaches = gauges.map(({ at, gauge }): ZonesBreach => {
        const { worst = 0, best = 0 } = own.low[at] ?? {};
        return { subsystem: gauge.subsystem.name, least: -best, most: -worst, allowed: -gauge.bound };
      });
      return { zones: { certain, breaches } };
    }
    case 'rate': {
      const breaches = gauges.flatMap(({ at, gauge }): RateBreach[] => {
        const { rate, name } = gauge.subsystem;
        const { worst = 0, best = 0 } = own.low[at] ?? {};
        return rate === undefined
          ? []
          : [{ subsystem: name, least: Number.isFinite(best) ? -best : 0, most: -worst, rate }];
      });
      return { rates: { certain, breaches } };
    }
  }
}

function breachOf(world: World, { at, gauge }: LocalGauge, own: PartFigures): Breach {
  const none = { worst: 0, best: 0 };
  const { worst, best } = own.low[at] ?? none;
  return {
    subsystem: gauge.subsystem.name,
    zone: gauge.zone,
    from: { ...(own.before[at] ?? none) },
    to: { worst, best },
    minimum: gauge.bound,
    witness: witnessOf(world, own.witness[at]),
  };
}

/** So many servers of each group that are not in service at the lowest moment and were before. */
function witnessOf({ cells }: World, seen: Seen | undefined): readonly Witness[] {
  if (seen === undefined) return [];
  const { scope, from, to } = seen;
  const byGroup = new Map<string, number>();
  for (const [i, before] of from.entries()) {
    const cell = cells.cells[scope.cells[i] ?? -1];
    const gone = before.inService - (to[i]?.inService ?? 0);
    if (cell === undefined || gone <= 0) continue;
    for (const [group, count] of takenOf(cell, before.inService, gone))
      byGroup.set(group, (byGroup.get(group) ?? 0) + count);
  }
  return [...byGroup].map(([group, count]) => ({ group, count }));
}

/** The groups that so many servers of a cell are of; nothing tells them apart, so that the first go first. */
function takenOf({ members, servers }: Cell, before: number, gone: number): readonly (readonly [string, number])[] {
  const taken: [string, number][] = [];
  let skipped = Math.max(0, servers - before);
  let left = gone;
  for (const [i, { group, servers: own }] of members.entries()) {
    const there = Math.max(0, own - skipped);
    skipped = Math.max(0, skipped - own);
    const count = i === members.length - 1 ? left : Math.min(there, left);
    left -= count;
    if (count > 0) taken.push([group.name, count]);
  }
  return taken;
}
