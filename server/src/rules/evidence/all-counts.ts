import type { Capacity } from '../../simulation/fleet/capacity.ts';
import { changedRange } from '../../syntax/changed-range.ts';
import type { NotedStep } from '../noted-step.ts';
import type { TypedCount } from './typed-counts.ts';

/** Every count of the runbook. */
interface AllCounts {
  readonly all: readonly TypedCount[];
  /** Beside each count the index of its top-level step. */
  readonly at: readonly number[];
  /** Indexes of the counts that may be other than what their own step says. */
  readonly doubtful: readonly number[];
}

/** What was gathered last against a fleet: most edits change the counts of one step, or of none. */
const lastOf = new WeakMap<Capacity, AllCounts & { readonly steps: readonly NotedStep[] }>();

/** Gathers the counts of all steps; where nothing of them changed, the list from before. */
export function allCounts(steps: readonly NotedStep[], capacity: Capacity | undefined): AllCounts {
  const known = capacity && lastOf.get(capacity);
  const counts = (known && after(known, known.steps, steps)) ?? gathered(steps);
  if (capacity !== undefined) lastOf.set(capacity, { ...counts, steps });
  return counts;
}

function gathered(steps: readonly NotedStep[]): AllCounts {
  const all: TypedCount[] = [];
  const at: number[] = [];
  steps.forEach(({ counts }, i) => {
    counts.forEach((count) => {
      all.push(count);
      at.push(i);
    });
  });
  return { all, at, doubtful: doubtfulIn(all, 0) };
}

function doubtfulIn(counts: readonly TypedCount[], from: number): readonly number[] {
  return counts.flatMap((count, i) => (isDoubtful(count) ? [from + i] : []));
}

/** A slip of the key away from a figure of the step's name or description, or their figure itself as the size that stays. */
function isDoubtful({ near, effect, numbers, value }: TypedCount): boolean {
  return near !== undefined || (effect === 'scale-to' && numbers.includes(value));
}

/** With those of the changed steps in place of theirs; undefined where there are more of them now, or fewer. */
function after(known: AllCounts, old: readonly NotedStep[], steps: readonly NotedStep[]): AllCounts | undefined {
  const { from, to } = changedRange(old, steps);
  if (old.length !== steps.length) return undefined;
  let counts: AllCounts = known;
  for (let i = from; i < to; i++) {
    const [before, now] = [old[i]?.counts ?? [], steps[i]?.counts ?? []];
    if (before === now) continue;
    if (before.length !== now.length) return undefined;
    const first = known.at.indexOf(i);
    const others = counts.doubtful.filter((index) => index < first || index >= first + now.length);
    counts = {
      all: counts.all.toSpliced(first, now.length, ...now),
      at: known.at,
      doubtful: [...others, ...doubtfulIn(now, first)].sort((a, b) => a - b),
    };
  }
  return counts;
}
