import type { ActionOutcome, Breach, Broken, RateBreach, RedundancyBreach, Witness, ZonesBreach } from '../outcome.ts';
import type { Seen } from '../paths/run.ts';
import type { StepPart, Task } from '../plan/task.ts';
import type { Cell } from '../worlds/cells.ts';
import type { LocalGauge, World } from '../worlds/world.ts';
import { cannotKeepOne, figuresOfPart, type PartFigures, type Seeing } from './judge.ts';
import { type Judged, type RuleName, takingEffects } from './judged.ts';

export type Findings = Pick<ActionOutcome, 'breaches' | 'certain' | 'rates' | 'redundancy' | 'zones'>;

export const noFindings: Findings = {
  breaches: [],
  certain: false,
  rates: { certain: false, breaches: [] },
  redundancy: { certain: false, breaches: [] },
  zones: { certain: false, breaches: [] },
};

const none: ReadonlyMap<Task, Findings> = new Map();

/** What each action of a step breaks, by rule. */
export function findingsOf(seeing: Seeing, { part, own, broken, certain }: Judged): ReadonlyMap<Task, Findings> {
  if (own === undefined || broken.size === 0) return none;
  const byTask = new Map<Task, Findings>();
  for (const [rule, gauges] of broken) {
    for (const { task, breaks, isCertain } of breaking(seeing, part, gauges, certain.has(rule))) {
      const said = findings(seeing.world, rule, breaks, own, isCertain);
      byTask.set(task, { ...(byTask.get(task) ?? noFindings), ...said });
    }
  }
  return byTask;
}

interface Breaking {
  readonly task: Task;
  readonly breaks: readonly LocalGauge[];
  readonly isCertain: boolean;
}

/** The actions that break something, each with what it lowers itself; where only all of them together break it for certain, the first speaks for all. */
function breaking(
  seeing: Seeing,
  { tasks }: StepPart,
  gauges: readonly LocalGauge[],
  isCertain: boolean,
): readonly Breaking[] {
  const [only] = tasks;
  if (only !== undefined && tasks.length === 1) return [{ task: only, breaks: gauges, isCertain }];
  const all = tasks.flatMap((task): readonly Breaking[] => {
    const own = figuresOfPart(seeing, task.part);
    const breaks = gauges.filter(({ at }) => own?.broken.has(at));
    const indices = breaks.map(({ at }) => at);
    return breaks.length === 0
      ? []
      : [{ task, breaks, isCertain: isCertain && cannotKeepOne(seeing, task.part, indices) }];
  });
  const each = turnsTogether(all);
  const speaker = each.find((one) => one.isCertain) ?? each[0];
  const task =
    speaker?.task ?? tasks.find(({ action, still }) => still === undefined && takingEffects.has(action.effect));
  if (task === undefined) return [];
  const isJoint = isCertain && speaker?.isCertain !== true;
  const told = new Set(each.flatMap(({ breaks }) => breaks));
  // What only all of them together break is told of the one that speaks.
  const own = gauges.filter((gauge) => isJoint || !told.has(gauge) || speaker?.breaks.includes(gauge));
  return [{ task, breaks: own, isCertain }, ...each.filter((one) => one !== speaker)];
}

/** What the turns of a loop break is told of one of them: the first that breaks something for certain, else the first that may. */
function turnsTogether(all: readonly Breaking[]): readonly Breaking[] {
  const loops = new Map<string, Breaking>();
  for (const one of all) {
    const key = loopOf(one.task);
    const known = loops.get(key);
    const before = known?.breaks ?? [];
    const breaks = [...before, ...one.breaks.filter((gauge) => !before.includes(gauge))];
    const speaks = known === undefined || (one.isCertain && !known.isCertain) ? one : known;
    loops.set(key, { ...speaks, breaks: breaks.toSorted((a, b) => a.at - b.at) });
  }
  return [...loops.values()];
}

function loopOf({ part, action: { loop } }: Task): string {
  return loop === undefined ? `${part}` : `${loop.start}-${loop.end}`;
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
  const from = own.before[at] ?? none;
  // Where the worst choice has brought it as low before, another is the one under which it falls now.
  const fall =
    worst < from.worst ? { from: from.worst, to: worst } : (own.broken.get(at) ?? { from: from.worst, to: worst });
  return {
    subsystem: gauge.subsystem.name,
    zone: gauge.zone,
    from: { worst: fall.from, best: Math.max(from.best, fall.from) },
    to: { worst: fall.to, best },
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
