import type { Seconds } from '../../model/leaf.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { insertedBefore } from '../telling/step-lines.ts';

/** *Wait 10m first*: the shortest time, in whole minutes where it takes minutes, after which the step breaks nothing. */
export function waitFix(context: FixContext): readonly Fix[] {
  const longest = longestWait(context);
  const tries = (seconds: Seconds): readonly Edit[] | undefined => {
    const edit = insertedBefore(context, context.at, [`wait: ${written(seconds)}`]);
    return edit !== undefined && context.mends([edit]) ? [edit] : undefined;
  };
  const unit = longest >= 60 ? 60 : 1;
  let most = Math.ceil(longest / unit);
  let edits = most === 0 ? undefined : tries(most * unit);
  if (edits === undefined) return [];
  let least = 0;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    const found = tries(middle * unit);
    if (found === undefined) least = middle;
    else [most, edits] = [middle, found];
  }
  return [{ title: `Wait ${written(most * unit)} first`, preferred: false, spelling: false, edits }];
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
