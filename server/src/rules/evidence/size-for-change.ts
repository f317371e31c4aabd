import type { StepOutcome } from '../../simulation/outcome.ts';
import type { StepsContext } from '../rule.ts';
import type { Evidence } from './evidence.ts';
import { sizeBefore } from './intended.ts';
import { saidFigures } from './said-figures.ts';
import type { TypedCount } from './typed-counts.ts';

/** "Take four nodes out", "Remove 4 of the workers": what goes, and not what stays. */
const goes = /\b(?:take|remove|drain|retire|terminate|delete|kill|decommission|pull|stop|drop|shed|evict)\b/i;

/**
 * The name of the step says how many are to go, and the command makes that the size that stays:
 * `scale --replicas=4` where four were to be taken out.
 */
export function sizeForChange(
  count: TypedCount,
  outcome: StepOutcome | undefined,
  names: ReadonlySet<string>,
  { capacity }: Pick<StepsContext, 'capacity'>,
): readonly Evidence[] {
  const { effect, alone, name, value, numbers, target } = count;
  if (effect !== 'scale-to' || !alone || name === undefined || !numbers.includes(value) || !goes.test(name)) return [];
  const figures = saidFigures(name, names);
  if (figures.length !== 1 || figures[0]?.of !== 'servers' || figures[0].value !== value) return [];
  const group =
    target.length === 1 ? capacity?.groupByName.get(outcome?.actions[count.action]?.target[0] ?? '') : undefined;
  if (group === undefined || capacity === undefined || outcome === undefined) return [];
  const size = sizeBefore(group, { capacity, figures: outcome.figures });
  const meant = (size ?? 0) - value;
  if (size === undefined || meant <= 0 || meant === value) return [];
  const said = `the name of the step says that ${value} go (“${name}”), and this leaves ${value} of ${size}`;
  return [{ meant, said, looksLike: 'what is to go, where the tool asks for the new size' }];
}
