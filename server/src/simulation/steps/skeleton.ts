import type { Action } from '../../commands/action.ts';
import { waiting } from '../../commands/meaning/bare.ts';
import type { Seconds } from '../../model/leaf.ts';

import type { StepPart, StepToSimulate, Task } from '../plan/task.ts';
import type { Belief } from '../worlds/belief.ts';
import { servingIn } from '../worlds/serving.ts';
import type { World } from '../worlds/world.ts';
import type { Course } from './restart-course.ts';
import { courseAmong } from './restarts-beside.ts';

/** The step with nothing left of it but the time that passes between its changes; undefined where that depends on which servers they are of. */
export function skeletonOf(world: World, belief: Belief, part: StepPart): StepToSimulate | undefined {
  return isEven(part) ? waitsOf(world, belief, part) : undefined;
}

/** How long a skeleton takes. */
export function lastsOf({ step, actions, inner }: StepToSimulate): Seconds {
  const each = inner.map(lastsOf);
  const sum = each.reduce((all, one) => all + one, 0);
  const times = step.kind === 'repeat' ? (step.times?.value ?? 1) : 1;
  const inside = step.kind === 'parallel' ? Math.max(0, ...each) : times * sum;
  const waits = actions.reduce((all, { seconds }) => all + seconds, 0);
  return Math.max(step.takes?.value ?? 0, waits + inside);
}

/** Either nothing is restarted, or nothing else changes what there is to restart. */
function isEven(part: StepPart): boolean {
  const effects = effectsIn(part);
  return !effects.some(rolls) || effects.every((effect) => rolls(effect) || effect === 'wait');
}

function effectsIn({ tasks, inner }: StepPart): readonly Action['effect'][] {
  const own = tasks.filter(({ still }) => still === undefined).map(({ action }) => action.effect);
  return [...own, ...inner.flatMap(effectsIn)];
}

function rolls(effect: Action['effect']): boolean {
  return effect === 'restart' || effect === 'replace';
}

function waitsOf(world: World, belief: Belief, part: StepPart): StepToSimulate | undefined {
  const actions: Action[] = [];
  for (const task of part.tasks) {
    const own = task.still === undefined ? waitsIn(world, belief, task) : [];
    if (own === undefined) return undefined;
    actions.push(...own);
  }
  const inner: StepToSimulate[] = [];
  for (const one of part.inner) {
    const own = waitsOf(world, belief, one);
    if (own === undefined) return undefined;
    inner.push(own);
  }
  // What a restart takes is what one batch of it does.
  const isRolling = part.tasks.some(({ action }) => rolls(action.effect));
  const step = isRolling ? { ...part.input.step, takes: undefined } : part.input.step;
  return { step, actions, inner };
}

function waitsIn(world: World, belief: Belief, task: Task): readonly Action[] | undefined {
  const { action } = task;
  if (action.maybe !== undefined) return undefined;
  if (action.effect === 'wait') return [action];
  if (!rolls(action.effect)) return (action.pause?.value ?? 0) > 0 ? undefined : [];
  const course = courseIn(world, belief, task);
  const [lasts, other] = course?.speeds ?? [];
  if (course === undefined || other !== undefined) return undefined;
  const each = [lasts ?? 0, course.pause]
    .filter((seconds) => seconds > 0)
    .map((seconds) => waiting(seconds, action.at));
  const waits = Array.from({ length: course.rounds }, () => each).flat();
  return course.pause > 0 ? waits.slice(0, -1) : waits;
}

/** How a restart goes, where that is the same whatever is the case. */
function courseIn(world: World, belief: Belief, task: Task): Course | undefined {
  if (task.action.eachGroup === true) return undefined;
  const scope = world.scopeOf(task.pool);
  let course: Course | undefined;
  for (const branch of belief.branches) {
    const { held = [], all } = servingIn(branch, scope.cells) ?? {};
    if (all === undefined || all.worst < all.best) return undefined;
    const own = courseAmong(world, scope, task, held, all.best);
    if (course !== undefined && (own.rounds !== course.rounds || `${own.speeds}` !== `${course.speeds}`))
      return undefined;
    course = own;
  }
  return course;
}
