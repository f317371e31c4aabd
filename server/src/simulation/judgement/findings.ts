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

/** What each action of a step breaks; each rule speaks on one of them. */
export function findingsOf(seeing: Seeing, { part, own, broken, certain }: Judged): ReadonlyMap<Task, Findings> {
  if (own === undefined || broken.size === 0) return none;
  const byTask = new Map<Task, Findings>();
  for (const [rule, gauges] of broken) {
    const indices = gauges.map(({ at }) => at);
    const task = speaker(seeing, part, indices);
    if (task === undefined) continue;
    const said = findings(seeing.world, rule, gauges, own, certain.has(rule));
    byTask.set(task, { ...(byTask.get(task) ?? noFindings), ...said });
  }
  return byTask;
}

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
