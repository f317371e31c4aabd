import { type Action, rolls } from '../../commands/action.ts';
import type { FixContext, TriedUnit } from '../rule.ts';
import { figureOf } from '../telling/figure.ts';
import { largestSafe, leastBreaking, smallestSafe } from './safe-count.ts';

/** What is tried to find a safe figure for one action of a step. */
export type SafeContext = Pick<FixContext, 'whatIf' | 'actions' | 'outcome' | 'capacity'>;

/** The figure with which an action breaks nothing, here or later. */
export interface SafeFigure {
  /** Servers, or whole percents; 0 where none is safe. */
  readonly value: number;
  readonly unit: TriedUnit;
  /** `largest safe count`, `smallest safe size`. */
  readonly kind: string;
}

/** Undefined where the action has no figure that could be another one. */
export function safeFigure(index: number, context: SafeContext): SafeFigure | undefined {
  const action = context.actions[index];
  const most = action && mostOf(action, index, context);
  if (action === undefined || most === undefined) return undefined;
  const figure = figureOf(action);
  const unit: TriedUnit = figure?.value.unit === 'percent' && action.command !== undefined ? 'percent' : 'servers';
  const value = unit === 'percent' ? safePercent(action, index, context) : safeServers(action, index, most, context);
  return value === undefined ? undefined : { value, unit, kind: kindOf(action, unit) };
}

/** How many servers the action asks for now, at most. */
export function mostOf(action: Action, index: number, { outcome }: SafeContext): number | undefined {
  const figure = figureOf(action)?.value;
  return figure?.unit === 'servers' ? figure.value : outcome?.actions[index]?.count?.most;
}

function safeServers(
  action: Action,
  index: number,
  most: number,
  { whatIf, outcome, capacity }: SafeContext,
): number | undefined {
  const clears = (servers: number) => whatIf.clears(index, servers);
  const breaks = (servers: number) => whatIf.breaksHere(index, servers);
  // The more go for good, the more breaks on the spot; of what comes back in batches that is not so sure.
  if (rolls(action)) return largestSafe(most, clears);
  if (action.effect !== 'scale-to') return largestSafe(leastBreaking(most, breaks), clears);
  const [name = ''] = outcome?.actions[index]?.target ?? [];
  return smallestSafe(most, capacity?.groupByName.get(name)?.size ?? most, clears, breaks);
}

/** The largest whole percentage: a percent option of a command takes no count. */
export function safePercent(action: Action, index: number, { whatIf }: SafeContext): number {
  const typed = figureOf(action)?.value;
  const bound = typed?.unit === 'percent' ? Math.min(101, Math.ceil(typed.value / 1000)) : 0;
  return largestSafe(bound, (percent) => whatIf.clears(index, percent * 1000, 'percent'));
}

/** As a title says it. */
export function kindOf(action: Action, unit: TriedUnit): string {
  if (action.effect === 'scale-to') return 'smallest safe size';
  if (rolls(action) && (action.batch !== undefined || action.amount === undefined)) return 'largest safe batch';
  return unit === 'percent' ? 'largest safe percentage' : 'largest safe count';
}
