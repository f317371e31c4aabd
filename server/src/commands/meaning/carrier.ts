import type { Amount } from '../../model/leaf.ts';
import type { Span } from '../../syntax/span.ts';
import type { Placed, TargetTerm } from '../action.ts';
import { conditionMet } from '../match/conditions.ts';
import type { Match } from '../match/match.ts';
import { placeOf } from '../shell/words/field.ts';
import type { Carrier } from './action.ts';
import { amountOf, batchOf } from './amount.ts';
import { mayBeEmptyIn } from './empty.ts';
import { type CommandTarget, isTargetRole, podsOf, targetOf } from './target.ts';

/**
 * The hosts that a command is carried to, how many of them, and how many at once.
 * What names no hosts of its own (`docker exec`, `chroot`) leaves the command on the host where it runs itself.
 */
export function carrierOf(match: Match, tool: Span, outer: Carrier | undefined): Carrier | undefined {
  const { usage, roles } = match.usage;
  const found = targetOf(match);
  const all = everyoneOf(match, found, tool);
  if (all === undefined && ![...roles].some(isTargetRole)) return outer;
  const everyone: readonly TargetTerm[] =
    all === undefined ? [] : [{ role: 'hosts', text: 'all', span: all, strict: false }];
  const terms = [...found.target.terms, ...everyone];
  const counted = match.bound.some(({ role, field }) => (role === 'count' || role === 'percent') && field.value !== '');
  const { amount, obstacle } = counted
    ? amountOf(match, undefined, tool)
    : { amount: usage.absent?.value === 'one' ? one(tool) : undefined, obstacle: undefined, ...podsOf(match) };
  const { batch } = batchOf(match, undefined, tool);
  const nowhere = { span: tool, why: 'it is not known on which hosts it runs' };
  const lost = terms.some(({ role }) => role !== 'except') ? undefined : nowhere;
  return {
    target: { terms, wholeFleet: found.drawn !== undefined && terms.length === 0 },
    amount,
    batch: batch?.span === tool ? undefined : batch,
    usual: batch?.span === tool ? batch.value : undefined,
    drawn: found.drawn,
    mayBeEmpty: mayBeEmptyIn(match, 'carry'),
    heals: usage.lasts?.value === 'self-healing',
    obstacle: found.obstacle ?? obstacle ?? (found.drawn === undefined ? lost : undefined),
  };
}

/** The word by which it goes to every host: an option, or the verb where naming none means all of them. */
function everyoneOf(match: Match, { target, drawn, obstacle }: CommandTarget, tool: Span): Span | undefined {
  const { allIf, absent } = match.usage.usage;
  const option = conditionMet(
    allIf.flatMap(({ value }) => value ?? []),
    match,
  );
  if (option !== undefined) return option.span;
  const names = target.terms.length > 0 || drawn !== undefined || obstacle !== undefined;
  if (absent?.value !== 'all' || names) return undefined;
  const verb = match.literals.at(-1);
  return verb === undefined ? tool : placeOf(verb);
}

/** One of the servers that are named, nobody knows which. */
function one(span: Span): Placed<Amount> {
  return { value: { unit: 'servers', value: 1 }, span };
}
