import type { Action, Obstacle, Placed } from '../action.ts';
import type { Together, Turn } from '../shell/state/command.ts';

/** An action, and what runs at the same time as it. */
export interface Timed {
  readonly action: Action;
  readonly together: Together | undefined;
  /** The turns of the loops around it, from the outermost inwards. */
  readonly within: readonly Turn[];
}

const comesBack: ReadonlySet<Action['effect']> = new Set(['restart', 'replace']);
const brings: ReadonlySet<Action['effect']> = new Set(['restore', 'add', 'unblock', 'guard-on']);

/**
 * Puts actions that run at the same time into an order that is no better than any that they may have:
 * what goes first, then what comes back by itself as one restart of all of it, then what is brought back.
 */
export function inOrder(actions: readonly Timed[]): readonly Action[] {
  const ordered: Action[] = [];
  for (let from = 0; from < actions.length; ) {
    const id = actions[from]?.together?.id;
    let to = from + 1;
    while (id !== undefined && to < actions.length && actions[to]?.together?.id === id) to += 1;
    const group = actions.slice(from, to);
    ordered.push(...(group.length === 1 ? group.map(({ action }) => action) : atOnce(group)));
    from = to;
  }
  return ordered;
}

function atOnce(group: readonly Timed[]): readonly Action[] {
  const all = group.map(({ action }) => action);
  // Commands in the foreground run one after the other, whatever goes on beside them that changes nothing.
  if (group.every(({ together }) => together?.inFront === true)) return all;
  // So do those of one job, beside which the others only let time pass.
  const waits = all.filter(({ effect }) => effect === 'wait');
  const [first, ...more] = group.filter(({ action }) => action.effect !== 'wait').map(({ together }) => together?.job);
  if (first !== undefined && more.every((job) => job === first))
    return [...all.filter(({ effect }) => effect !== 'wait'), ...waits];
  const limits = (isIt: (limit: Together['limit']) => boolean) =>
    group.find(({ together }) => together !== undefined && isIt(together.limit))?.together;
  const together =
    limits((limit) => limit === 'unknown') ?? limits((limit) => limit !== undefined) ?? group[0]?.together;
  const rolling = all.filter(({ effect }) => comesBack.has(effect));
  const back = all.filter(({ effect }) => brings.has(effect));
  const gone = all.filter((action) => ![rolling, back, waits].some((list) => list.includes(action)));
  const isThrottled = together?.limit === 'unknown' || (together?.isGate === true && back.length > 0);
  const one = rolling.length === 1 ? rolling : asOne(rolling, together, loopOf(group));
  const isHeld = isThrottled && back.length > 0 && gone.length > 1;
  const held = (some: readonly Action[]) => (isHeld ? some.map(unknown) : some);
  return [...held(gone), ...one, ...held(back), ...waits];
}

const why = 'it is not waited for, so that how many are down at once is not known';

/** The loop whose turns run at the same time: those of the loops around it go on one after the other. */
function loopOf(group: readonly Timed[]): Action['loop'] {
  const [first] = group;
  const inside = first?.within.find(({ at }, depth) => group.some(({ within }) => within[depth]?.at !== at));
  return (inside ?? first?.within[0])?.extent;
}

/** One restart of everything that they restart; as they are, with an obstacle, where that is another thing. */
function asOne(rolling: readonly Action[], together: Together | undefined, around: Action['loop']): readonly Action[] {
  const [first] = rolling;
  if (first === undefined) return [];
  const { limit, limitPlace: place } = together ?? {};
  if (limit === 'unknown') return rolling.map(unknown);
  const isPlain = rolling.every(
    ({ effect, target, amount, batch, obstacle }) =>
      effect === first.effect &&
      obstacle === undefined &&
      amount === undefined &&
      (batch === undefined || batch.value.unit === 'all') &&
      target.terms.length > 0 &&
      target.terms.every(({ role }) => role === first.target.terms[0]?.role && role !== 'selector'),
  );
  if (!isPlain) return rolling.map(unknown);
  const terms = rolling.flatMap(({ target }) => target.terms);
  const batch: Placed<{ unit: 'servers'; value: number }> | undefined =
    limit === undefined ? undefined : { value: { unit: 'servers', value: limit }, span: place ?? first.at };
  const { loop: _, ...one } = first;
  const whole = place === undefined && around !== undefined ? { loop: around } : {};
  return [{ ...one, ...whole, target: { terms, wholeFleet: false }, batch }];
}

function unknown(action: Action): Action {
  const obstacle: Obstacle = { span: action.at, why };
  return action.obstacle === undefined ? { ...action, obstacle } : action;
}
