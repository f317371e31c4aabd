import { type Facts, unitsOf } from './gauges.ts';
import { sum } from './lists.ts';
import { stepOf } from './tasks.ts';
import type { Leaving, Round, Server, World } from './world.ts';

/** The same world, from which these servers leave at that time, because of that change; those not in service leave nothing. */
export function leave(facts: Facts, world: World, going: readonly Server[], time: number, change: string): World {
  const serving = going.filter(({ state }) => state.is === 'in');
  const units = facts.subsystems.map(({ name }, s) =>
    facts.limits[s] === undefined ? 0 : sum(serving.map((one) => unitsOf(one, name))),
  );
  if (units.every((one) => one === 0)) return world;
  const leavings = [...world.leavings, { time, units }].toSorted((a, b) => a.time - b.time);
  const hasty = units.map((one, s) => one > 0 && isTooMuch(facts, leavings, s, time));
  const rounds = world.rounds.map((round) =>
    isChangeIn(change, round) ? { ...round, hasty: hasty.map((is, s) => is || (round.hasty[s] ?? false)) } : round,
  );
  return { ...world, leavings, rounds };
}

/** Whether it is a change of this round of a step, or of a step inside that is under way. */
function isChangeIn(change: string, { name, open }: Round): boolean {
  return change.startsWith(`${name}/`) || (open && stepOf(change).startsWith(`${stepOf(name)}.`));
}

/** Whether some window that holds this time holds too much. Two leavings exactly one window apart do not share one. */
function isTooMuch({ limits }: Facts, leavings: readonly Leaving[], s: number, time: number): boolean {
  const limit = limits[s];
  if (limit === undefined) return false;
  const starts = leavings.filter((one) => one.time <= time && time < one.time + limit.window);
  return starts.some(({ time: start }) => {
    const within = leavings.filter((one) => start <= one.time && one.time < start + limit.window);
    return sum(within.map(({ units }) => units[s] ?? 0)) > limit.units;
  });
}

/** Leavings that no later one can share a window with are forgotten. */
export function forgetful({ limits }: Facts, world: World): World {
  const longest = Math.max(0, ...limits.map((limit) => limit?.window ?? 0));
  return { ...world, leavings: world.leavings.filter(({ time }) => world.time < time + longest) };
}
