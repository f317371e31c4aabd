import type { Plan } from '../plan/plan.ts';
import type { StepPart } from '../plan/task.ts';
import { standIn } from './notes.ts';
import type { Run } from './run.ts';

interface Tried {
  readonly ended: Run['ended'];
  readonly runs: readonly Pick<Run, 'notes' | 'unlooked'>[];
  readonly clamped: ReadonlyMap<string, number>;
}

/**
 * A task that asks for more than there is, in a step that comes to its end on no path: under no choice can it be carried out as it says.
 * So it takes what there is. Of the rounds of a repeat the first such one, and in it the last such task of the text.
 */
export function stuckIn(
  { root }: Plan,
  { ended, runs, clamped }: Tried,
): { readonly key: string; readonly task: number } | undefined {
  if (ended.size === 0) return undefined;
  const isOver = (part: number, turn: string) =>
    runs.some((run) => {
      const own = `${part}${turn}`;
      const key = standIn(run, own);
      // A round that was left out, because the last is like it, asks for more than there is where the last does.
      const isClamped = key !== own && [...clamped.keys()].some((one) => one.endsWith(key.slice(`${part}`.length)));
      return !isClamped && hasEnded(run.notes, part, key);
    });
  const units = unitsIn(root);
  for (const turn of new Set([...ended.values()].map((one) => one.turn))) {
    for (const unit of units) {
      const stuck = tasksNotOver(unit, (part) => isOver(part, turn), false).findLast(
        (task) => ended.has(`${task}${turn}`) && !clamped.has(`${task}${turn}`),
      );
      if (stuck !== undefined) return { key: `${stuck}${turn}`, task: stuck };
    }
  }
  return undefined;
}

/** The same of a step of a round that came to its end on no path, and in which there are no others. */
export function stuckInRound({ ended, clamped, turn }: Run, { tasks }: StepPart): number | undefined {
  return tasks
    .map(({ part }) => part)
    .findLast((task) => ended.has(`${task}${turn}`) && !clamped.has(`${task}${turn}`));
}

function hasEnded(notes: Run['notes'], part: number, turn: string): boolean {
  for (const [key, round] of notes) if (round.part === part && round.low.length > 0 && isIn(key, turn)) return true;
  return false;
}

function isIn(key: string, turn: string): boolean {
  return key === turn || key.startsWith(`${turn}.`);
}

/** Steps that are carried out one after another, whatever repeats they are in. */
function unitsIn(part: StepPart): readonly StepPart[] {
  return part.input.step.kind === 'repeat' ? part.inner.flatMap(unitsIn) : [part];
}

/** Tasks that are, at some depth, in a step that is not over. */
function tasksNotOver(
  { part, tasks, inner }: StepPart,
  isOver: (part: number) => boolean,
  isAround: boolean,
): readonly number[] {
  const isOpen = isAround || !isOver(part);
  const own = isOpen ? tasks.map((task) => task.part) : [];
  return [...own, ...inner.flatMap((one) => tasksNotOver(one, isOver, isOpen))];
}
