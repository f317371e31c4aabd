import type { Seconds } from '../../model/leaf.ts';
import { sameItems } from '../../syntax/changed-range.ts';
import type { Span } from '../../syntax/span.ts';
import type { Action, Choice, Maybe, Placed } from '../action.ts';
import { waiting } from '../meaning/bare.ts';
import type { Drawn } from '../shell/words/drawn.ts';
import { oneOf } from './branches.ts';
import { revived } from './revive.ts';
import type { Timed } from './together.ts';

const idle: ReadonlySet<Action['effect']> = new Set(['block', 'unblock', 'guard-off', 'guard-on', 'none']);

/**
 * What all turns of a loop over names that are not known one by one do, from what one turn does, which stands for all:
 * one server after the other goes, and the turn's time passes before the next.
 * Of turns that do more than to take a server and to bring it back no time is reckoned with, and all servers go at once: the worst case.
 */
export function allTurns(turn: readonly Timed[], over: Drawn): readonly Timed[] {
  return turnsOf(turn, over, mostChoices);
}

/** Choices of one turn that are followed; each doubles the ways that there are. */
const mostChoices = 4;

function turnsOf(turn: readonly Timed[], over: Drawn, room: number): readonly Timed[] {
  const maybe = turn.find(({ action }) => !isIdle(action) && action.maybe !== undefined)?.action.maybe;
  const [choice] = maybe?.choices ?? [];
  if (maybe !== undefined && choice !== undefined)
    return room > 0 ? eachWay(turn, maybe, choice, over, room - 1) : withoutWaits(turn);
  const { listing, atOnce, atOncePlace } = over;
  const isOfOther = (action: Action) =>
    !isIdle(action) && action.effect !== 'wait' && !sameItems(action.target.terms, listing.terms);
  const isOnly = ({ action, together }: Timed) =>
    (together === undefined || together.inFront === true) && !isOfOther(action);
  const actions = turn.map(({ action }) => action);
  const other = actions.find(isOfOther);
  const own = other && visitIn(actions.filter((action) => !isOfOther(action)));
  if (other !== undefined && own?.back !== undefined)
    return turn.map((one) => (isOfOther(one.action) ? one : { ...one, action: beside(one.action, other) }));
  const visit = listing.ofGroups || !turn.every(isOnly) ? undefined : visitIn(revived(actions));
  if (visit === undefined || atOnce === undefined) return withoutWaits(turn);
  return [...actions.filter(isIdle), ...everyVisit(visit, atOnce, atOncePlace)].map(byItself);
}

/**
 * Where it is not known which way a turn goes, all turns go the same: of ways that bring each server back one is out at a time
 * however they are mixed, and where one does not, the worst is that all go that way.
 */
function eachWay(
  turn: readonly Timed[],
  maybe: Maybe,
  { number, mayBeNone }: Choice,
  over: Drawn,
  room: number,
): readonly Timed[] {
  const choiceOf = ({ action }: Timed) => action.maybe?.choices.slice(0, 1).find((choice) => choice.number === number);
  const isAlways = (one: Timed) => one.action.maybe === undefined && isIdle(one.action);
  const ways: (number | undefined)[] = [...new Set(turn.flatMap((one) => choiceOf(one)?.way ?? []))];
  if (mayBeNone) ways.push(undefined);
  const taken = ways.map((way) => {
    const own = turn.filter((one) => !isAlways(one) && (choiceOf(one)?.way ?? way) === way);
    return turnsOf(
      own.map((one) => (choiceOf(one) === undefined ? one : decided(one))),
      over,
      room,
    ).map(({ action }) => action);
  });
  return [...turn.filter(isAlways), ...oneOf(taken, maybe, 'branch', number).map(byItself)];
}

/** The way is taken: what the action hangs on besides is left. */
function decided(one: Timed): Timed {
  const { maybe } = one.action;
  if (maybe === undefined) return one;
  const choices = maybe.choices.slice(1);
  return { ...one, action: { ...one.action, maybe: choices.length === 0 ? undefined : { ...maybe, choices } } };
}

function withoutWaits(turn: readonly Timed[]): readonly Timed[] {
  return turn.filter(({ action }) => action.effect !== 'wait');
}

function byItself(action: Action): Timed {
  return { action, together: undefined, within: [] };
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
  let [before, away, after] = [0, 0, 0];
  for (const action of turn) {
    if (isIdle(action)) continue;
    const isOut = goes?.effect === 'remove' && back === undefined;
    // A service that is restarted where it was stopped comes back by that.
    const isAgain = back !== undefined && back.command === action.command;
    if (action.effect === 'wait') {
      if (goes === undefined) before += action.seconds;
      else if (isOut) away += action.seconds;
      else after += action.seconds;
    } else if (action.effect === 'restore' && isOut) back = action;
    else if (goes === undefined && (action.effect === 'remove' || action.effect === 'restart')) goes = action;
    // What is out already goes no further.
    else if (!(action.effect === 'remove' && isOut) && !(action.effect === 'restart' && (isOut || isAgain)))
      return undefined;
  }
  if (goes === undefined) return undefined;
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
