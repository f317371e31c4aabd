import type { Action, Obstacle } from './action.ts';

/** Takes servers out, for a while or for good. */
const takes: ReadonlySet<Action['effect']> = new Set(['remove', 'restart', 'replace']);
/** Brings servers in. */
const brings: ReadonlySet<Action['effect']> = new Set(['restore', 'add']);
/** Changes nothing that a figure depends on. */
const idle: ReadonlySet<Action['effect']> = new Set(['wait', 'block', 'unblock', 'guard-off', 'guard-on', 'none']);

/**
 * What is to be reckoned with where one of several ways is taken, nobody knows which: the worst of them, marked as a maybe.
 * Where it cannot be said which is the worst, none of them can be told.
 */
export function worstWay(
  ways: readonly (readonly Action[])[],
  place: Obstacle,
  kind: 'branch' | 'failing',
): readonly Action[] {
  const changing = ways.map((actions) => actions.filter(({ effect }) => !idle.has(effect)));
  const some = changing.filter((actions) => actions.length > 0);
  const [first] = some;
  if (first === undefined) return ways.flatMap((actions) => actions.filter(({ effect }) => effect !== 'wait'));
  if (some.length === ways.length && some.every((actions) => isSame(actions, first))) return first;
  if (some.length === 1) return first.flatMap((action, index) => perhaps(action, first.slice(0, index), place, kind));
  const worst = some.find((actions) => some.every((others) => isAtLeast(actions, others)));
  if (worst !== undefined) return worst.map((action) => ({ ...action, maybe: place }));
  return some.flat().map((action) => obstructed(action, place));
}

/** One action of the only way in which something happens. */
function perhaps(
  action: Action,
  before: readonly Action[],
  place: Obstacle,
  kind: 'branch' | 'failing',
): readonly Action[] {
  if (kind === 'failing') {
    // What is done again because it failed may have been done in part; how much of a count is left is not known.
    if (takes.has(action.effect) && action.amount?.value.unit === 'servers') return [obstructed(action, place)];
    // It brings back what the failed command before it took out; that it is not run is the worst case.
    if (brings.has(action.effect) && !before.some((other) => undoes(action, other))) return [];
  }
  return [{ ...action, maybe: place }];
}

function undoes(action: Action, before: Action): boolean {
  return takes.has(before.effect) && targetText(before) === targetText(action);
}

function obstructed(action: Action, place: Obstacle): Action {
  return action.obstacle === undefined ? { ...action, maybe: undefined, obstacle: place } : action;
}

function isSame(a: readonly Action[], b: readonly Action[]): boolean {
  return a.length === b.length && a.every((action, index) => signature(action) === signature(b[index]));
}

/** Whether it takes as much as the other way from the same target, or from more hosts. */
function isAtLeast(a: readonly Action[], b: readonly Action[]): boolean {
  const [one, ...more] = a;
  const [other, ...others] = b;
  if (one === undefined || other === undefined || more.length > 0 || others.length > 0) return false;
  if (one.effect !== other.effect || one.effect !== 'remove') return false;
  if (one.obstacle !== undefined || other.obstacle !== undefined) return false;
  if (targetText(one) === targetText(other)) {
    const [many, few] = [sizeOf(one), sizeOf(other)];
    return many !== undefined && few !== undefined && many >= few;
  }
  if (one.amount !== undefined || other.amount !== undefined) return false;
  const words = new Set(one.target.terms.map(({ role, text }) => `${role} ${text}`));
  const areHosts = [...one.target.terms, ...other.target.terms].every(({ role }) => role === 'hosts');
  return areHosts && other.target.terms.every(({ role, text }) => words.has(`${role} ${text}`));
}

function sizeOf({ amount }: Action): number | undefined {
  if (amount === undefined || amount.value.unit === 'all') return Number.POSITIVE_INFINITY;
  return amount.value.unit === 'servers' ? amount.value.value : undefined;
}

function targetText({ target }: Action): string {
  return `${target.wholeFleet} ${target.terms.map(({ role, text }) => `${role} ${text}`).join(' ')}`;
}

function signature(action: Action | undefined): string {
  if (action === undefined) return '';
  const { effect, amount, batch, obstacle } = action;
  return JSON.stringify([effect, targetText(action), amount?.value, batch?.value, obstacle?.why]);
}
