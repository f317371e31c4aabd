import { rules } from '../rules/index.ts';
import { didYouMean, UsageError } from './cli-options.ts';

const ids = rules.map(({ id }) => id);

/** Throws a `UsageError` where there is no rule of that id, with those that there are. */
export function refuseUnknownRule(id: string): void {
  if (ids.includes(id)) return;
  throw new UsageError(`There is no rule \`${id}\`.${didYouMean(id, ids) || ` There are ${ids.join(', ')}.`}`);
}
