import type { Seconds } from '../../model/leaf.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { insertedBefore } from './step-lines.ts';

/** *Wait 10m first*: the shortest time, in whole minutes where it takes minutes, after which the step breaks nothing. */
export function waitFix(context: FixContext): readonly Fix[] {
  const shortest = shortestTime(context, (seconds) => {
    const edit = insertedBefore(context, context.at, [`wait: ${written(seconds)}`]);
    return edit && [edit];
  });
  if (shortest === undefined) return [];
  const { seconds, edits } = shortest;
  return [{ title: `Wait ${written(seconds)} first`, preferred: false, spelling: false, edits }];
}

/** The shortest time for which the edits mend the finding; undefined where none does. */
export function shortestTime(
  context: FixContext,
  editsFor: (seconds: Seconds) => readonly Edit[] | undefined,
): { readonly seconds: Seconds; readonly edits: readonly Edit[] } | undefined {
  const longest = longestWait(context);
  const tries = (seconds: Seconds): readonly Edit[] | undefined => {
    const edits = editsFor(seconds);
    return edits !== undefined && context.mends(edits) ? edits : undefined;
  };
  const unit = longest >= 60 ? 60 : 1;
  let most = Math.ceil(longest / unit);
  let edits = most === 0 ? undefined : tries(most * unit);
  if (edits === undefined) return undefined;
  let least = 0;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    const found = tries(middle * unit);
    if (found === undefined) least = middle;
    else [most, edits] = [middle, found];
  }
  return { seconds: most * unit, edits };
}

/** After so long, no window reaches back to earlier steps, and all that came back is warm. */
function longestWait({ capacity }: FixContext): Seconds {
  const windows = (capacity?.subsystems ?? []).map(({ rate }) => rate?.window ?? 0);
  const warmups = (capacity?.groups ?? []).map(({ warmup }) => warmup);
  return Math.max(0, ...windows, ...warmups);
}

/** `10m`, `1h`, `90s`. */
export function written(seconds: Seconds): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
