import type { Finding } from '../../rules/finding.ts';
import type { ReadingProblem } from '../../rules/rule.ts';
import type { Span } from '../../syntax/span.ts';
import { checkReading } from '../check-step.ts';
import type { Severities } from '../severity.ts';
import type { NamedRule } from './comment.ts';
import type { Suppression, Suppressions } from './suppression.ts';

/** The suppressions of a file and of its steps, in the coordinates of the file, and what has become of them. */
export interface PlacedSuppressions extends Suppressions {
  /** The step, by its index, that a suppression covers as a whole. */
  stepOf(suppression: Suppression): number | undefined;
  /** Whether everything that the suppression covers was checked, so that one without effect can be told. */
  isJudged(suppression: Suppression): boolean;
}

/** The findings without those that a comment suppresses, and with one for each comment that suppresses nothing. */
export function suppress(
  findings: readonly Finding[],
  suppressions: PlacedSuppressions,
  severities: Severities,
  text: string,
): readonly Finding[] {
  const { list, mistakes } = suppressions;
  if (list.length + mistakes.length === 0) return findings;
  const used = new Set<NamedRule>();
  const left = withoutSuppressed(findings, suppressions, used);
  const unused = list.flatMap((suppression) =>
    suppressions.isJudged(suppression) ? unusedIn(suppression, used, severities, text) : [],
  );
  const reports = checkReading([...mistakes, ...unused], severities, undefined);
  return [...left, ...withoutSuppressed(reports, suppressions, new Set())];
}

function withoutSuppressed(findings: readonly Finding[], { list, stepOf }: PlacedSuppressions, used: Set<NamedRule>) {
  const byRule = new Map<string, { readonly name: NamedRule; readonly suppression: Suppression }[]>();
  for (const suppression of list) {
    for (const name of suppression.comment.rules) {
      byRule.set(name.id, [...(byRule.get(name.id) ?? []), { name, suppression }]);
    }
  }
  return findings.filter((finding) => {
    const hits = (byRule.get(finding.rule) ?? []).filter(({ suppression }) =>
      covers(suppression, stepOf(suppression), finding),
    );
    for (const { name } of hits) used.add(name);
    return hits.length === 0;
  });
}

function covers(suppression: Suppression, step: number | undefined, finding: Finding): boolean {
  if (suppression.covers === 'file') return true;
  if (step !== undefined) return finding.step === `${step}` || finding.step?.startsWith(`${step}.`) === true;
  if (suppression.covers === 'next') return false;
  const { start, end } = suppression.covers;
  return start <= finding.span.start && finding.span.start <= end;
}

/** One report a rule; a rule that is switched off would have had nothing to say, so it is not held against the comment. */
function unusedIn(
  { comment, covers: area }: Suppression,
  used: ReadonlySet<NamedRule>,
  severities: Severities,
  text: string,
): readonly ReadingProblem[] {
  const idle = comment.rules.filter((name) => !used.has(name) && severities.get(name.id) !== 'off');
  const where = area === 'file' ? 'in this file' : 'in what follows';
  return idle.map((name) => {
    const isAll = idle.length === comment.rules.length && comment.mistakes.length === 0;
    const span = isAll ? lineOf(comment.span, text) : inList(name, comment.rules);
    return {
      rule: 'unused-suppression',
      message: `This suppresses nothing: there is no finding of \`${name.id}\` ${where}. Remove it.`,
      span: name.span,
      replacement: { title: 'Remove the suppression', span, newText: '', spelling: false },
    };
  });
}

/** The comment with the white space around it; the whole line, where nothing else is on it. */
function lineOf({ start, end }: Span, text: string): Span {
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? '')) from--;
  if (from > 0 && !/[\r\n\uFEFF]/.test(text[from - 1] ?? '')) return { start: from, end };
  const rest = /[ \t]*(?:\r\n|\n|\r)?/y;
  rest.lastIndex = end;
  return { start: from, end: end + (rest.exec(text)?.[0].length ?? 0) };
}

/** The name with the comma that it does not need any more. */
function inList(name: NamedRule, names: readonly NamedRule[]): Span {
  const i = names.indexOf(name);
  const next = names[i + 1];
  if (next !== undefined) return { start: name.span.start, end: next.span.start };
  return { start: names[i - 1]?.span.end ?? name.span.start, end: name.span.end };
}
