import type { Action } from '../commands/action.ts';
import type { StepReading } from '../commands/read-step.ts';
import type { WhatIf } from '../rules/rule.ts';
import type { StepOutcome } from '../simulation/outcome.ts';
import { simulateWith, type Walk } from '../simulation/simulate.ts';

/**
 * Tries other amounts in one step of a walk.
 * An amount clears when no simulation rule says anything, on this step or a later one, that it would not say too if the action were not there.
 * `path` is the step's index, with those inside it after dots.
 */
export function whatIf(walk: Walk, path: readonly number[]): WhatIf {
  const [index = 0] = path;
  const baselines = new Map<number, ReadonlySet<string>>();
  const complaintsWith = (change: (action: Action) => Action, action: number) => {
    const step = walk.steps[index];
    if (step === undefined) return new Set<string>();
    const reading = changed(step as StepReading, path.slice(1), action, change);
    return complaints(simulateWith(walk, index, reading).outcomes, index);
  };
  return {
    clears(action, servers) {
      const baseline = baselines.get(action) ?? complaintsWith((old) => ({ ...old, effect: 'none' }), action);
      baselines.set(action, baseline);
      const now = complaintsWith((old) => withServers(old, servers), action);
      return [...now].every((complaint) => baseline.has(complaint));
    },
  };
}

/** The action with another number in place of the one that bounds how many go at once: the batch of a restart, else the amount. */
function withServers(action: Action, servers: number): Action {
  const value = { unit: 'servers', value: servers } as const;
  const rolls = action.effect === 'restart' || action.effect === 'replace';
  const key = rolls && (action.batch !== undefined || action.amount === undefined) ? 'batch' : 'amount';
  return { ...action, [key]: { value, span: action[key]?.span ?? action.at } };
}

function changed(
  reading: StepReading,
  path: readonly number[],
  index: number,
  change: (action: Action) => Action,
): StepReading {
  const [next, ...rest] = path;
  if (next !== undefined) {
    const inner = reading.inner.map((step, i) => (i === next ? changed(step, rest, index, change) : step));
    return { ...reading, inner };
  }
  return { ...reading, actions: reading.actions.map((action, i) => (i === index ? change(action) : action)) };
}

/** What the simulation rules would say of the steps from `from` on, one line for each. */
function complaints(outcomes: readonly StepOutcome[], from: number): ReadonlySet<string> {
  const lines = new Set<string>();
  const gather = (outcome: StepOutcome, path: string) => {
    for (const action of outcome.actions) {
      for (const { subsystem } of action.breaches) lines.add(`${path} ${subsystem} ${action.certain}`);
      for (const { subsystem, least, rate } of action.rates)
        lines.add(`${path} rate ${subsystem} ${least > rate.limit}`);
      if (action.exceeds !== undefined) lines.add(`${path} exceeds ${action.exceeds.asked > action.exceeds.best}`);
    }
    if (outcome.verdict === 'unknown') lines.add(`${path} unknown`);
    for (const [i, step] of outcome.steps.entries()) gather(step, `${path}.${i}`);
  };
  for (const [i, outcome] of outcomes.entries()) if (i >= from) gather(outcome, `${i}`);
  return lines;
}
