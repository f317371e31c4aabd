import type { Action, Choice, Obstacle } from '../action.ts';

/** Takes servers out, for a while or for good. */
const takes: ReadonlySet<Action['effect']> = new Set(['remove', 'restart', 'replace']);
/** Brings servers in. */
const brings: ReadonlySet<Action['effect']> = new Set(['restore', 'add']);
/** Changes nothing that a figure depends on. */
const idle: ReadonlySet<Action['effect']> = new Set(['wait', 'block', 'unblock', 'guard-off', 'guard-on', 'none']);

/**
 * What is to be reckoned with where one of several ways is taken, nobody knows which: all of them, each marked as a maybe.
 * `number`: of the choice, within the script.
 */
export function oneOf(
  ways: readonly (readonly Action[])[],
  place: Obstacle,
  kind: 'branch' | 'failing',
  number: number,
): readonly Action[] {
  const changing = ways.map((actions) => actions.filter(({ effect }) => !idle.has(effect)));
  const some = changing.filter((actions) => actions.length > 0);
  const [first] = some;
  if (first === undefined) return ways.flatMap((actions) => actions.filter(({ effect }) => effect !== 'wait'));
  if (some.length === ways.length && some.every((actions) => isSame(actions, first))) return first;
  const mayBeNone = some.length < ways.length;
  return some.flatMap((actions, way) => {
    const choice: Choice = { number, way, mayBeNone };
    const isRun = (action: Action, index: number) => kind === 'branch' || !isLeftOut(action, actions.slice(0, index));
    return actions.filter(isRun).map((action) => perhaps(action, place, kind, choice));
  });
}

/** It brings back what the failed command before it took out; that it is not run is the worst case. */
function isLeftOut(action: Action, before: readonly Action[]): boolean {
  return brings.has(action.effect) && !before.some((other) => undoes(action, other));
}

function perhaps(action: Action, place: Obstacle, kind: 'branch' | 'failing', choice: Choice): Action {
  // What is done again because it failed may have been done in part; how much of a count is left is not known.
  if (kind === 'failing' && takes.has(action.effect) && action.amount?.value.unit === 'servers')
    return action.obstacle === undefined ? { ...action, maybe: undefined, obstacle: place } : action;
  return { ...action, maybe: { ...place, choices: [choice, ...(action.maybe?.choices ?? [])] } };
}

function undoes(action: Action, before: Action): boolean {
  return takes.has(before.effect) && targetText(before) === targetText(action);
}

function isSame(a: readonly Action[], b: readonly Action[]): boolean {
  return a.length === b.length && a.every((action, index) => signature(action) === signature(b[index]));
}

function targetText({ target }: Action): string {
  return `${target.wholeFleet} ${target.terms.map(({ role, text }) => `${role} ${text}`).join(' ')}`;
}

function signature(action: Action | undefined): string {
  if (action === undefined) return '';
  const { effect, amount, batch, obstacle } = action;
  return JSON.stringify([effect, targetText(action), amount?.value, batch?.value, obstacle?.why]);
}
