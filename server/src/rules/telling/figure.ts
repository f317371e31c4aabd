import { type Action, type Placed, rolls } from '../../commands/action.ts';
import type { Amount } from '../../model/leaf.ts';

/** The upper bound of a group, which is the size that it goes down to. */
export function upperBound({ bounds }: Action): Placed<Amount> | undefined {
  const most = bounds?.most;
  return most && { value: { unit: 'servers', value: most.value }, span: most.span };
}

/**
 * The figure that bounds how many go at once: the batch of a restart, else the amount.
 * Undefined also where it stands for what is not written, so that there is nothing to point at.
 */
export function figureOf(action: Action): Placed<Amount> | undefined {
  const figure = rolls(action) ? (action.batch ?? action.amount) : (action.amount ?? upperBound(action));
  const written = figure !== undefined && figure.span.start !== action.at.start;
  return written ? figure : undefined;
}
