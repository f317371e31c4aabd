import { roles } from '../../commands/usage/usage.ts';
import type { Analysis } from '../../lint/analysis.ts';
import { rules } from '../../rules/index.ts';
import { lineStart } from '../../syntax/line-start.ts';
import type { Span } from '../../syntax/span.ts';
import { roleDocs } from '../describe/role-docs.ts';
import { type Completion, completionOf, type Offer } from './completion.ts';
import { parameterOffers } from './offers.ts';

/** Completions that the words right before the cursor ask for, whatever is around them; undefined where they ask for nothing. */
export function completeByText(analysis: Analysis, offset: number): readonly Completion[] | undefined {
  const { text } = analysis;
  const before = text.slice(lineStart(text, offset), offset);
  return inSuppression(before, offset) ?? inBraces(analysis, before, offset) ?? inUsage(analysis, before, offset);
}

const directives: readonly Offer[] = [
  {
    label: 'runbook-lint-disable-next-line',
    kind: 'value',
    detail: 'what follows: a step, or a line of a script',
    documentation:
      'Suppresses the findings of a rule on the next step, or inside a script on the next command line. A reason is required.',
  },
  {
    label: 'runbook-lint-disable-file',
    kind: 'value',
    detail: 'the whole file',
    documentation:
      'Suppresses the findings of a rule in the whole file. It stands at the top, and a reason is required.',
  },
];

function inSuppression(before: string, offset: number): readonly Completion[] | undefined {
  const word = /(?:^|\s)#\s*(runbook-[\w-]*|r(?:u(?:n(?:b(?:o(?:ok?)?)?)?)?)?)$/.exec(before)?.[1];
  if (word !== undefined) return all(directives, backTo(offset, word));
  const rule = /(?:^|\s)#\s*runbook-lint-disable-(?:next-line|file)\s(?:[^:]*[\s,])?([\w-]*)$/.exec(before)?.[1];
  if (rule === undefined) return undefined;
  const offers = rules.map(
    ({ id, title, summary }): Offer => ({ label: id, kind: 'value', detail: title, documentation: summary }),
  );
  return all(offers, backTo(offset, rule)).map((one) => ({ ...one, newText: `${one.label}: ` }));
}

function inBraces(analysis: Analysis, before: string, offset: number): readonly Completion[] | undefined {
  const typed = /\{\{\s*([\p{L}\p{M}\p{N}_-]*)$/u.exec(before)?.[1];
  if (typed === undefined || analysis.kind !== 'runbook') return undefined;
  return all(parameterOffers(analysis), backTo(offset, typed));
}

/** A role of a usage line, of an undo or of a batch. */
function inUsage(analysis: Analysis, before: string, offset: number): readonly Completion[] | undefined {
  const typed = /<([\w]*)$/.exec(before)?.[1];
  if (typed === undefined || (analysis.kind !== 'fleet' && analysis.kind !== 'commands')) return undefined;
  const hasEnd = analysis.text[offset] === '>';
  const offers = roles.map(
    (role): Offer => ({ label: role, kind: 'value', detail: roleDocs[role], documentation: roleDocs[role] ?? '' }),
  );
  return all(offers, backTo(offset, typed)).map((one) => ({ ...one, newText: hasEnd ? one.label : `${one.label}>` }));
}

function backTo(offset: number, typed: string): Span {
  return { start: offset - typed.length, end: offset };
}

function all(offers: readonly Offer[], span: Span): readonly Completion[] {
  return offers.map((offer, i) => completionOf(offer, span, i));
}
