import type { Effect } from '../../model/commands.ts';
import type { Amount, Seconds } from '../../model/leaf.ts';
import { parseAmount, parseCount, parseDuration, parsePercent } from '../../model/quantity.ts';
import type { Span } from '../../syntax/span.ts';
import type { Bounds, Obstacle, Placed } from '../action.ts';
import type { Bound } from '../match/bind.ts';
import { conditionMet } from '../match/conditions.ts';
import type { Match } from '../match/match.ts';
import { placeOf, unknownIn } from '../shell/words/field.ts';
import { podsOf } from './target.ts';

/** How many servers a command means. */
export interface CommandAmount {
  /** Undefined: all that is targeted. */
  readonly amount: Placed<Amount> | undefined;
  readonly bounds?: Bounds;
  readonly everythingAt: Span | undefined;
  readonly obstacle: Obstacle | undefined;
  /** It is what it means that none is given, which says nothing of hosts that are named. */
  readonly isAbsent?: boolean;
}

const none = { amount: undefined, everythingAt: undefined };

/** The amount that a command gives, or what it means that it gives none (docs/commands.md, `absent`). */
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
    if (both) return { ...none, obstacle: { span: placeOf(percentage.field), why, advice: 'Give one of them.' } };
    return mixedUp(given, roles) ?? readAmount(given);
  }
  const instances = instancesOf(match, verb);
  if (instances !== undefined) return instances;
  const pods = podsOf(match);
  if (pods !== undefined) return { ...none, obstacle: undefined, ...pods };
  if (effect === 'scale-to') return boundsOf(match) ?? lacking(effect, verb);
  if (effect === 'add') return lacking(effect, verb);
  const named = match.bound.some(({ role, field }) => (role === 'hosts' || role === 'pod') && field.value !== '');
  const countable = roles.has('count') || roles.has('percent') || roles.has('hosts') || roles.has('instance');
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
        isAbsent: true,
      };
    case 'error':
      return { ...lacking(effect, place), isAbsent: true };
  }
}

/** The option that an empty value belongs to, since the value has no characters to stand on. */
function emptyPlace(match: Match, { field }: Bound): Span {
  return match.given.find(({ values }) => values.includes(field))?.nameSpan ?? placeOf(field);
}

function lacking(effect: Effect | undefined, span: Span): CommandAmount {
  const why = `it does not say ${effect === 'scale-to' ? 'to which size' : 'how many'}`;
  return { ...none, obstacle: { span, why } };
}

/** As many as there are ids of instances, nobody knows of which servers; undefined where none is given. */
function instancesOf({ bound }: Match, verb: Span): CommandAmount | undefined {
  const ids = bound.filter(({ role, field }) => role === 'instance' && field.value !== '').map(({ field }) => field);
  const [first] = ids;
  if (first === undefined) return undefined;
  const obstacle = ids.map((field) => unknownIn(field)).find((unknown) => unknown !== undefined);
  if (obstacle !== undefined) return { ...none, obstacle };
  const everything = ids.find(({ value }) => value === '*');
  if (everything !== undefined) return { amount: undefined, everythingAt: placeOf(everything), obstacle: undefined };
  const count = new Set(ids.map(({ value }) => value)).size;
  return { ...none, amount: { value: { unit: 'servers', value: count }, span: verb }, obstacle: undefined };
}

/** The bounds of a group's size; undefined where none is given. */
function boundsOf(match: Match): CommandAmount | undefined {
  const given = [lastOf(match, 'least'), lastOf(match, 'most')];
  if (given.every((bound) => bound === undefined || bound.field.value === '')) return undefined;
  const [least, most] = given.map((bound) => {
    const value = parseCount(bound?.field.value ?? '');
    return bound === undefined || value === undefined ? undefined : { value, span: placeOf(bound.field) };
  });
  const odd = given.find((bound, i) => bound !== undefined && [least, most][i] === undefined);
  const why = `\`${odd?.field.value ?? ''}\` is no number of servers`;
  const obstacle = odd && (unknownIn(odd.field) ?? { span: placeOf(odd.field), why });
  return { ...none, bounds: { least, most }, obstacle };
}

/** A percentage where a tool takes a number, and percentages elsewhere. */
function mixedUp({ role, field }: Bound, roles: ReadonlySet<string>): CommandAmount | undefined {
  if (role !== 'count' || !roles.has('percent') || field.value?.endsWith('%') !== true) return undefined;
  const why = `\`${field.value}\` is a percentage, and stands where a number of servers is meant`;
  return { ...none, obstacle: { span: placeOf(field), why } };
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
    return { batch: { value: everything ? { unit: 'all' } : value, span }, obstacle: undefined };
  }
  return { batch: spoken(written ?? byRole?.absent?.value, verb), obstacle: undefined };
}

/** The speed of the usage itself, where it is no role. */
export function declaredSpeed(match: Match): string | undefined {
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
