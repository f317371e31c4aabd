import type { Plan } from '../plan/plan.ts';
import type { StepPart, Task } from '../plan/task.ts';
import { type Belief, uncertainIn } from '../worlds/belief.ts';

/**
 * The plan of a step that holds others, in which what has nothing to restore does nothing:
 * nothing of its target is out, and the step itself takes nothing of it out for longer than a batch.
 */
export function withoutIdleRestores(before: Belief, plan: Plan): Plan {
  const { root } = plan;
  if (root.inner.length === 0) return plan;
  const taken = new Set(takenIn(root));
  const isIdle = ({ still, action, pool }: Task) =>
    still === undefined &&
    action.effect === 'restore' &&
    pool.cells.every((cell) => !taken.has(cell) && isComplete(before, cell));
  const told = withStill(root, isIdle);
  return told === root ? plan : { ...plan, root: told };
}

function takenIn({ tasks, inner }: StepPart): readonly number[] {
  const takes = ({ still, action: { effect } }: Task) =>
    still === undefined && (effect === 'remove' || effect === 'scale-to');
  return [...tasks.filter(takes).flatMap(({ pool }) => pool.cells), ...inner.flatMap(takenIn)];
}

/** Whether nothing is out of the cell, whatever is the case. */
function isComplete({ branches }: Belief, cell: number): boolean {
  return branches.every((branch) => !uncertainIn(branch).has(cell) && branch.known.at(cell)?.outs.length === 0);
}

function withStill(part: StepPart, isIdle: (task: Task) => boolean): StepPart {
  // With something else beside it, a script has begun with what restores nothing.
  const isNothing = part.tasks.some(isIdle) && part.tasks.every((task) => task.still !== undefined || isIdle(task));
  const tasks = isNothing
    ? part.tasks.map((task): Task => (isIdle(task) ? { ...task, still: nothingOut(task) } : task))
    : part.tasks;
  const inner = part.inner.map((one) => withStill(one, isIdle));
  const isSame = tasks === part.tasks && inner.every((one, i) => one === part.inner[i]);
  return isSame ? part : { ...part, tasks, inner };
}

function nothingOut({ action: { restores }, selection }: Task): Task['still'] {
  return {
    idle: 'nothing-out',
    target: restores === undefined ? selection.names : [restores.value],
    count: { least: 0, most: 0 },
  };
}
