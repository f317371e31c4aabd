import type { Seconds } from '../model/leaf.ts';
import type { Span } from '../syntax/span.ts';
import type { Action, Maybe, Placed } from './action.ts';
import { oneOf } from './branches.ts';
import { waiting } from './meaning/bare.ts';
import { revived } from './revive.ts';
import type { Drawn } from './shell/drawn.ts';
import type { Timed } from './together.ts';

const idle: ReadonlySet<Action['effect']> = new Set(['block', 'unblock', 'guard-off', 'guard-on', 'none']);

/**
 * What all turns of a loop over names that are not known one by one do, from what one turn does, which stands for all:
 * one server after the other goes, and the turn's time passes before the next.
 * Of turns that do more than to take a server and to bring it back no time is reckoned with, and all servers go at once: the worst case.
 */
export function allTurns(turn: readonly Timed[], { listing, atOnce, atOncePlace }: Drawn): readonly Timed[] {
  const isOfOther = (action: Action) =>
    !isIdle(action) && action.effect !== 'wait' && !isSame(action.target.terms, listing.terms);
  const isOnly = ({ action, together }: Timed) =>
    (together === undefined || together.inFront === true) && !isOfOther(action);
  const actions = turn.map(({ action }) => action);
  const other = actions.find(isOfOther);
  const own = other && visitIn(actions.filter((action) => !isOfOther(action)));
  if (other !== undefined && own?.back !== undefined && doubtIn(own) === undefined)
    return turn.map((one) => (isOfOther(one.action) ? one : { ...one, action: beside(one.action, other) }));
  const visit = listing.ofGroups || !turn.every(isOnly) ? undefined : visitIn(revived(actions));
  const doubt = visit === undefined ? undefined : doubtIn(visit);
  if (visit === undefined || doubt === 'unknown' || atOnce === undefined)
    return turn.filter(({ action }) => action.effect !== 'wait');
  const visits =
    doubt === undefined
      ? everyVisit(visit, atOnce, atOncePlace)
      : oneOf([firstVisit(visit), everyVisit({ ...visit, back: undefined }, atOnce, atOncePlace)], ...doubt);
  return [...actions.filter(isIdle), ...visits].map((action) => ({ action, together: undefined, within: [] }));
}

/**
 * By what it hangs whether a server that goes for certain comes back: where each does, there is one out at a time,
 * which the first of them shows; where none does, all are. `unknown` where they may not go either.
 */
function doubtIn({ goes, back }: Visit): readonly [Maybe, 'branch', number] | 'unknown' | undefined {
  if (back?.maybe === undefined || hangOnOne(goes, back)) return undefined;
  return goes.maybe === undefined ? [back.maybe, 'branch', back.maybe.choices[0]?.number ?? 0] : 'unknown';
}

function firstVisit({ goes, back, away }: Visit): readonly Action[] {
  const one = { value: { unit: 'servers', value: 1 }, span: goes.at } as const;
  return [{ ...goes, effect: 'restart', amount: one, takes: { value: away, span: goes.at }, back: back?.command }];
}

/** It takes nothing out and brings nothing back, as far as anybody knows: what cannot be told is taken to change nothing. */
function isIdle({ effect, mentions, obstacle }: Action): boolean {
  return mentions !== undefined || obstacle !== undefined || effect === 'opaque' || idle.has(effect);
}

/** What each turn brings back is not out all at once; what the turn does elsewhere meanwhile is not followed. */
function beside(action: Action, other: Action): Action {
  const why = 'what the turns of a loop do to other servers beside it is not followed';
  return isIdle(action) || action.effect === 'wait' ? action : { ...action, obstacle: { span: other.at, why } };
}

/** Both are run, or neither. */
function hangOnOne(a: Action, b: Action): boolean {
  return isSame(a.maybe?.choices ?? [], b.maybe?.choices ?? []);
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** How a server goes and comes back in a turn, and the seconds around it. */
interface Visit {
  readonly goes: Action;
  /** What brings it back; undefined where it comes back by itself, or not at all. */
  readonly back: Action | undefined;
  readonly before: Seconds;
  readonly away: Seconds;
  readonly after: Seconds;
}

/** Undefined where no server goes, or where it goes more than once. */
function visitIn(turn: readonly Action[]): Visit | undefined {
  let goes: Action | undefined;
  let back: Action | undefined;
  let isRestarted = false;
  let [before, away, after] = [0, 0, 0];
  for (const action of turn) {
    if (isIdle(action)) continue;
    const isOut = goes?.effect === 'remove' && back === undefined;
    // A service that is restarted where it was stopped comes back by that.
    const isAgain = back !== undefined && back.command === action.command;
    if (action.effect === 'wait') {
      if (action.maybe !== undefined && (goes === undefined || !hangOnOne(action, goes))) continue;
      if (goes === undefined) before += action.seconds;
      else if (isOut) away += action.seconds;
      else after += action.seconds;
    } else if (action.effect === 'restore' && isOut) back = action;
    else if (goes === undefined && (action.effect === 'remove' || action.effect === 'restart')) goes = action;
    else if (goes !== undefined && action.effect === 'remove' && isOut) {
      // What is out already goes no further; the one that is certain counts.
      if (action.maybe === undefined) goes = action;
      else if (goes.maybe !== undefined && !hangOnOne(action, goes)) return undefined;
    } else if (action.effect !== 'restart' || !(isOut || isAgain)) return undefined;
    else isRestarted ||= action.maybe === undefined;
  }
  if (goes === undefined) return undefined;
  // It is out for certain, if not by what may take it out.
  if (isRestarted && goes.maybe !== undefined) {
    if (back === undefined) return undefined;
    goes = { ...goes, maybe: undefined };
  }
  return back === undefined
    ? { goes, back, before, away: 0, after: away + after }
    : { goes, back, before, away, after };
}

/** Where several go at once, the turns overlap, and nobody knows how much time is between them. */
function everyVisit(
  { goes, back, before, away, after }: Visit,
  atOnce: number,
  atOncePlace: Span | undefined,
): readonly Action[] {
  const isTimed = atOnce === 1;
  const pause = isTimed ? before + after : 0;
  if (back === undefined && pause === 0) return [goes];
  const placed = <T>(value: T, span = goes.at): Placed<T> => ({ value, span });
  const paced: Action = {
    ...goes,
    batch: placed({ unit: 'servers', value: atOnce }, atOncePlace),
    pause: placed(pause),
  };
  const rolling: Action =
    back === undefined ? paced : { ...paced, effect: 'restart', takes: placed(isTimed ? away : 0), back: back.command };
  const wait = (seconds: Seconds) => (seconds > 0 && isTimed ? [waiting(seconds, goes.at)] : []);
  return [...wait(before), rolling, ...wait(after)];
}
