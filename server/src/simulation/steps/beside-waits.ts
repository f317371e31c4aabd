import type { Seconds } from '../../model/leaf.ts';
import { onlyTask, partsIn, type StepPart, type Task } from '../plan/task.ts';
import { lastsOf } from './skeleton.ts';

/** A restart or replacement beside which nothing but time passes. */
export interface RestartAlone {
  readonly task: Task;
  /** The restart, and the step around it. */
  readonly parts: readonly number[];
  /** What stands beside it and changes nothing. */
  readonly idle: readonly number[];
  /** How long the step takes at least. */
  readonly lasts: Seconds;
  readonly mayNotBe: boolean;
}

/** The restart that a step is, or that is the only branch of it that changes anything. */
export function restartAlone(root: StepPart): RestartAlone | undefined {
  const own = restartOf(root);
  const mayNotBe = root.input.step.when !== undefined;
  if (own !== undefined) return { task: own, parts: [root.part], idle: [], lasts: 0, mayNotBe };
  if (root.input.step.kind !== 'parallel' || mayNotBe) return undefined;
  const [part, another] = root.inner.filter((one) => !isIdle(one));
  if (part === undefined || another !== undefined || part.input.step.when !== undefined) return undefined;
  const task = restartOf(part);
  if (task === undefined) return undefined;
  const others = root.inner.filter((one) => one !== part);
  return {
    task,
    parts: [root.part, part.part],
    idle: others.flatMap(partsIn),
    lasts: Math.max(root.takes, ...others.map(({ input }) => lastsOf(input))),
    mayNotBe: false,
  };
}

function restartOf(part: StepPart): Task | undefined {
  const task = onlyTask(part);
  if (task === undefined || task.action.maybe !== undefined) return undefined;
  return task.action.effect === 'restart' || task.action.effect === 'replace' ? task : undefined;
}

/** Whether a part changes nothing, and is in any case. */
function isIdle({ input, tasks, inner, times }: StepPart): boolean {
  const isWait = ({ still, action: { effect, maybe } }: Task) =>
    still !== undefined || (effect === 'wait' && maybe === undefined);
  return input.step.when === undefined && times !== undefined && tasks.every(isWait) && inner.every(isIdle);
}
