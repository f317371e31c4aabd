import type { Effect } from '../model/commands.ts';
import type { Amount, Seconds } from '../model/leaf.ts';
import { parseAmount, parseCount, parseDuration, parsePercent } from '../model/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Obstacle, Placed } from './action.ts';
import { conditionMet, type Match } from './match.ts';
import type { Bound } from './match-bind.ts';
import { placeOf, unknownIn } from './shell-field.ts';

/** How many servers a command means. */
export interface CommandAmount {
  /** Undefined: all that is targeted. */
  readonly amount: Placed<Amount> | undefined;
  readonly everythingAt: Span | undefined;
  readonly obstacle: Obstacle | undefined;
}

const none = { amount: undefined, everythingAt: undefined };

/** The amount that a command gives, or what it means that it gives none (SPEC §3, `absent`). */
export function amountOf(match: Match, effect: Effect | undefined, verb: Span): CommandAmount {
  const { usage, roles } = match.usage;
  const all = conditionMet(
    usage.allIf.flatMap(({ value }) => value ?? []),
    match,
  );
  const count = lastOf(match, 'count');
  const percentage = lastOf(match, 'percent');
  const given =
    [count, percentage].find((bound) => bound !== undefined && bound.field.value !== '') ?? count ?? percentage;
  const empty = given?.field.value === '' ? given : undefined;
  if (all !== undefined && effect !== 'scale-to')
    return { amount: undefined, everythingAt: all.span, obstacle: undefined };
  if (given !== undefined && empty === undefined) {
    const both = given === count && percentage !== undefined && percentage.field.value !== '';
    const why = 'both a count and a percentage are given';
    return both ? { ...none, obstacle: { span: placeOf(percentage.field), why } } : readAmount(given);
  }
  if (effect === 'scale-to' || effect === 'add') return lacking(match, effect, verb);
  const named = match.bound.some(({ role, field }) => role === 'hosts' && field.value !== '');
  const countable = roles.has('count') || roles.has('percent') || roles.has('hosts');
  const place = empty === undefined ? verb : emptyPlace(match, empty);
  if (named) return { ...none, obstacle: undefined };
  switch (usage.absent?.value ?? (countable ? 'error' : 'all')) {
    case 'all':
      return { amount: undefined, everythingAt: place, obstacle: undefined };
    case 'one':
      return {
        amount: { value: { unit: 'servers', value: 1 }, span: place },
        everythingAt: undefined,
        obstacle: undefined,
      };
    case 'error':
      return lacking(match, effect, place);
  }
}

/** The option that an empty value belongs to, since the value has no characters to stand on. */
function emptyPlace(match: Match, { field }: Bound): Span {
  return match.given.find(({ values }) => values.includes(field))?.nameSpan ?? placeOf(field);
}

function lacking({ bound }: Match, effect: Effect | undefined, span: Span): CommandAmount {
  const bounds = bound.find(({ role }) => role === 'most' || role === 'least');
  const why =
    bounds === undefined
      ? `it does not say ${effect === 'scale-to' ? 'to which size' : 'how many'}`
      : 'what a lower or upper bound does to a group is not worked out yet';
  return { ...none, obstacle: { span: bounds ? placeOf(bounds.field) : span, why } };
}

function lastOf(match: Match, role: string): Bound | undefined {
  return match.bound.findLast((bound) => bound.role === role);
}

function readAmount({ role, field }: Bound): CommandAmount {
  if (field.value === undefined) return { ...none, obstacle: unknownIn(field) };
  const span = placeOf(field);
  const text = role === 'percent' && /^[\d.]+$/.test(field.value) ? `${field.value}%` : field.value;
  const value = role === 'percent' ? percent(text) : parseAmount(text);
  if (value === undefined) return { ...none, obstacle: { span, why: `\`${field.value}\` is no ${role} of servers` } };
  return { amount: { value, span }, everythingAt: value.unit === 'all' ? span : undefined, obstacle: undefined };
}

function percent(text: string): Amount | undefined {
  const value = parsePercent(text);
  return value === undefined ? undefined : { unit: 'percent', value };
}

/** How many go at once; undefined: all at once. */
export function batchOf(
  match: Match,
  speed: string | undefined,
  verb: Span,
): { readonly batch: Placed<Amount> | undefined; readonly obstacle: Obstacle | undefined } {
  const declared = match.usage.usage.speed;
  const byRole = declared !== undefined && 'batch' in declared ? declared : undefined;
  const given = lastOf(match, 'batch');
  const written = speed ?? (byRole === undefined ? declaredSpeed(match) : undefined);
  if (given !== undefined && given.field.value !== '') {
    if (given.field.value === undefined) return { batch: undefined, obstacle: unknownIn(given.field) };
    const span = placeOf(given.field);
    const value = parseAmount(given.field.value);
    if (value === undefined)
      return { batch: undefined, obstacle: { span, why: `\`${given.field.value}\` is no batch` } };
    // Where a tool takes 0 for a batch (xargs -P 0, docker --update-parallelism 0), it means no limit.
    const everything = value.unit === 'all' || value.value === 0;
    return { batch: everything ? undefined : { value, span }, obstacle: undefined };
  }
  return { batch: spoken(written ?? byRole?.absent?.value, verb), obstacle: undefined };
}

function declaredSpeed(match: Match): string | undefined {
  const { speed } = match.usage.usage;
  return speed !== undefined && !('batch' in speed) ? speed.value : undefined;
}

/** The default of a platform's own rolling rule. */
const controllerDefault: Amount = { unit: 'percent', value: 25_000 };

function spoken(speed: string | undefined, span: Span): Placed<Amount> | undefined {
  if (speed === 'one-by-one') return { value: { unit: 'servers', value: 1 }, span };
  if (speed === 'controller') return { value: controllerDefault, span };
  const value = parseAmount(speed ?? '');
  return value === undefined || value.unit === 'all' ? undefined : { value, span };
}

/** The time between batches; a bare number is seconds. What cannot be read takes no time, the worst case. */
export function pauseOf(match: Match): Placed<Seconds> | undefined {
  const given = lastOf(match, 'pause');
  const text = given?.field.value;
  if (given === undefined || text === undefined) return undefined;
  const value = parseCount(text) ?? parseDuration(text);
  return value === undefined ? undefined : { value, span: placeOf(given.field) };
}
