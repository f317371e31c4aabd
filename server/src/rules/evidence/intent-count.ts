import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import { placeOf } from '../telling/places.ts';
import { counted } from '../telling/words.ts';
import { type Change, changeOf, type Intended, type Mismatch, type Performed } from './intended.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

/** A step that touches more or fewer servers than it is meant to. */
export function intentCount(intended: Intended): Mismatch | undefined {
  const said = intended.intent.count?.value;
  if (said === undefined || said.unit === 'all') return undefined;
  const counting = countingFor(intended);
  const [first] = counting;
  if (first === undefined) return undefined;
  if (said.unit === 'percent') return percentOf(first, counting, said.value);
  const ranges = counting.map((one) => rangeOf(one, intended));
  const sum = ranges.reduce<Range>((all, range) => add(all, range), { least: 0, most: 0 });
  // Of what brings back nothing it is said that there is nothing to bring back.
  const isIdle = sum.most === 0 && counting.every(({ outcome }) => outcome.action.effect === 'restore');
  if (isIdle) return undefined;
  if (sum.least <= said.value && said.value <= sum.most) return undefined;
  if (counting.length === 1 && meansSize(first, said.value, intended)) return undefined;
  const figure = counting.length === 1 ? figureFor(first, said.value, intended) : undefined;
  return {
    message: messageOf(counting, sum, said.value, intended),
    span: placeOf(first.outcome.action),
    ...(figure === undefined ? {} : { instead: { of: first.outcome, figure } }),
  };
}

/** The figure with which a change would touch as many servers as is said; of a new size, the size that this leaves. */
function figureFor(one: Performed, said: number, intended: Intended): number | undefined {
  const change = changeOf(one, intended);
  const { action, count } = one.outcome;
  if (one.unclear || one.times !== 1 || change?.count === undefined || said === 0) return undefined;
  if (action.effect !== 'scale-to' || intended.intent.effect?.value === 'scale-to') return said;
  const difference = change.count.most - said;
  const figure = (count?.most ?? 0) + (change.direction === 'out' ? difference : -difference);
  return count === undefined || figure < 0 ? undefined : figure;
}

/** The changes that the count is about: of the intended effect, else what goes before what comes. */
function countingFor(intended: Intended): readonly Performed[] {
  const { performed, intent } = intended;
  const back = intent.effect?.value === 'restore' || intent.effect?.value === 'add';
  const directions = performed.map((one) => changeOf(one, intended)?.direction);
  const comes = back || !directions.some((direction) => direction === 'out' || direction === 'roll');
  return performed.filter((_, i) => directions[i] === undefined || (directions[i] === 'in') === comes);
}

const anyNumber: Range = { least: 0, most: Number.POSITIVE_INFINITY };

function rangeOf(one: Performed, intended: Intended): Range {
  const change: Change | undefined = changeOf(one, intended);
  const size = intended.intent.effect?.value === 'scale-to' ? one.outcome.count : change?.count;
  if (one.unclear || size === undefined) return anyNumber;
  const named = hostsOf(one, intended);
  const [least, most] = [Math.min(size.least, named ?? size.least), Math.max(size.most, named ?? size.most)];
  return one.times === undefined
    ? { least: 0, most: Number.POSITIVE_INFINITY }
    : { least: least * one.times, most: most * one.times };
}

/** Hosts that are named; some of them may be out already, which makes the command no other. */
function hostsOf({ outcome: { action } }: Performed, { capacity }: Intended): number | undefined {
  const { byHosts, parts } = resolveTarget(action.target, capacity, []);
  if (!byHosts || action.amount !== undefined) return undefined;
  return parts.reduce((sum, { hosts, group }) => sum + (hosts?.size ?? group.size), 0);
}

function add(a: Range, b: Range): Range {
  return { least: a.least + b.least, most: a.most + b.most };
}

/** Without an effect in the intent, the count beside a new size may be that size. */
function meansSize({ outcome }: Performed, said: number, { intent }: Intended): boolean {
  return intent.effect === undefined && outcome.action.effect === 'scale-to' && outcome.count?.most === said;
}

function percentOf(first: Performed, counting: readonly Performed[], said: number): Mismatch | undefined {
  const amount = first.outcome.action.amount?.value;
  if (counting.length > 1 || first.unclear || amount?.unit !== 'percent' || amount.value === said) return undefined;
  const message = `This is about ${amount.value / 1000} % of the servers, and the intent says ${said / 1000} %. Correct the step, or its intent.`;
  return { message, span: placeOf(first.outcome.action) };
}

function messageOf(counting: readonly Performed[], sum: Range, said: number, intended: Intended): string {
  const together = counting.length > 1 || counting.some(({ times }) => times !== 1) ? ' in all' : '';
  const open = sum.most === Number.POSITIVE_INFINITY ? `at least ${counted(sum.least, 'server')}` : undefined;
  const range = `between ${sum.least} and ${counted(sum.most, 'server')}`;
  const asked = sum.least === sum.most ? counted(sum.most, 'server') : (open ?? range);
  const size = counting[0]?.outcome.action.effect === 'scale-to' ? counting[0].outcome.count?.most : undefined;
  const what =
    size !== undefined && intended.intent.effect?.value !== 'scale-to'
      ? `A size of ${size} changes the group by ${counted(sum.most, 'server')}`
      : `This is about ${asked}${together}`;
  return `${what}, and the intent says ${said}. Correct the count, or the intent.`;
}
