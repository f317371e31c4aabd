import type { Field } from '../shell/words/field.ts';
import type { UsageItem, UsageWord } from '../usage/items.ts';
import { literalOf } from '../usage/items.ts';
import { type Bound, bindParts } from './bind.ts';

/** How far the words of a command that are no options fit those of a usage. */
export interface OperandMatch {
  readonly bound: readonly Bound[];
  /** Words that are literals of the usage: the verb. */
  readonly literals: readonly Field[];
  /** Operands that were used. */
  readonly used: number;
  /** A role that has no word; undefined where nothing is missing. */
  readonly missing: UsageWord | undefined;
}

/** Ways that are tried; a usage line of sane size needs a handful. */
const mostWays = 2000;

/**
 * Fits operands to the words of a usage; undefined where a literal does not fit.
 * Of several ways the one that leaves nothing missing and uses the most words is taken.
 */
export function matchOperands(items: readonly UsageItem[], operands: readonly Field[]): OperandMatch | undefined {
  let best: OperandMatch | undefined;
  let ways = 0;
  const isDone = () => best !== undefined && best.missing === undefined && best.used === operands.length;
  const offer = (match: OperandMatch) => {
    if (best === undefined || rank(match) > rank(best)) best = match;
  };
  const rank = (match: OperandMatch) =>
    match.literals.length * 1_000_000 + (match.missing === undefined ? 500_000 : 0) + match.used;

  const walk = (list: List | undefined, match: OperandMatch): void => {
    if (++ways > mostWays || isDone()) return;
    if (list === undefined) {
      offer(match);
      return;
    }
    const { item, next } = list;
    if (item.kind === 'word') fit(item, next, match);
    else if (item.kind === 'choice') for (const branch of item.branches) walk(listOf(branch, next), match);
    else {
      if (item.kind === 'optional') walk(listOf(item.items, next), match);
      walk(next, match);
    }
  };

  const fit = (item: UsageWord, next: List | undefined, match: OperandMatch): void => {
    const literal = literalOf(item);
    const operand = operands[match.used];
    const carries = item.parts.some((part) => part.kind === 'role' && part.role === 'command' && part.repeated);
    if (literal === '--' || carries) walk(next, match);
    else if (literal !== undefined) {
      if (operand?.value !== literal) return;
      walk(next, { ...match, used: match.used + 1, literals: [...match.literals, operand] });
    } else if (operand === undefined) offer({ ...match, missing: match.missing ?? item });
    else fitRole(item, next, match);
  };

  const fitRole = (item: UsageWord, next: List | undefined, match: OperandMatch): void => {
    const repeated = item.parts.some((part) => part.kind === 'role' && part.repeated);
    const most = repeated ? operands.length : match.used + 1;
    const found: (readonly Bound[])[] = [];
    for (let at = match.used; at < most; at++) {
      const field = operands[at];
      const bound = field && bindParts(item.parts, field);
      if (bound === undefined) break;
      found.push(bound);
    }
    for (let count = found.length; count > 0; count--) {
      const bound = match.bound.concat(found.slice(0, count).flat());
      walk(next, { ...match, bound, used: match.used + count });
      if (isDone() || ways > mostWays) return;
    }
  };

  walk(listOf(items, undefined), { bound: [], literals: [], used: 0, missing: undefined });
  return best;
}

interface List {
  readonly item: UsageItem;
  readonly next: List | undefined;
}

function listOf(items: readonly UsageItem[], next: List | undefined): List | undefined {
  return items.reduceRight<List | undefined>((rest, item) => ({ item, next: rest }), next);
}
