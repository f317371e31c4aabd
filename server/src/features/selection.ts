import type { Analysis } from '../lint/analysis.ts';
import { lineEnd, lineStart } from '../syntax/line-start.ts';
import { pathAt } from '../syntax/locate.ts';
import { type Span, sameSpan, shift, touches } from '../syntax/span.ts';
import type { Scalar } from '../syntax/tree.ts';
import { nameAt } from './names/names.ts';
import { stepAt, withInner } from './steps/steps.ts';

/** What a selection at an offset grows through, the smallest first; each holds the one before it. */
export function selectionsAt(analysis: Analysis, offset: number): readonly Span[] {
  const spans: Span[] = [...wordSpans(analysis, offset), ...nodeSpans(analysis, offset)];
  spans.push({ start: 0, end: analysis.text.length });
  const name = nameAt(analysis, offset);
  if (name !== undefined) spans.push(name.span);
  const chain: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    if (!touches(span, offset) || span.end === span.start) continue;
    const last = chain.at(-1);
    const grows = last === undefined || (span.start <= last.start && last.end <= span.end);
    const isSame = last !== undefined && sameSpan(last, span);
    if (grows && !isSame) chain.push(span);
  }
  return chain.length > 0 ? chain : [{ start: offset, end: offset }];
}

/** The plain word, and in a command its word, the command and the line. */
function* wordSpans(analysis: Analysis, offset: number): Generator<Span> {
  const before =
    /[\p{L}\p{M}\p{N}_.-]*$/u.exec(analysis.text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^[\p{L}\p{M}\p{N}_.-]*/u.exec(analysis.text.slice(offset, offset + 200))?.[0].length ?? 0;
  yield { start: offset - before, end: offset + after };
  const here = analysis.kind === 'runbook' ? stepAt(analysis, offset) : undefined;
  if (here === undefined) return;
  for (const { commands } of withInner(here.reading)) {
    for (const { span, words } of commands) {
      for (const word of words) yield shift(word.span, here.place.offset);
      yield shift(span, here.place.offset);
    }
  }
}

/** Values, entries and steps around the offset. */
function* nodeSpans(analysis: Analysis, offset: number): Generator<Span> {
  const here = analysis.kind === 'runbook' ? stepAt(analysis, offset) : undefined;
  const place = here !== undefined && touches(here.place.span, offset) ? here.place : undefined;
  const start = place?.offset ?? 0;
  for (const { node, entry, index } of pathAt(place === undefined ? analysis.root : place.node, offset - start)) {
    if (entry !== undefined) {
      yield shift(entry.key.span, start);
      yield shift(entry.span, start);
      if (entry.value?.kind === 'scalar') yield* scalarSpans(entry.value, start, analysis.text, offset);
    }
    const item = node.kind === 'sequence' && index !== undefined ? node.items[index] : undefined;
    if (item?.kind === 'scalar') yield* scalarSpans(item, start, analysis.text, offset);
    yield shift(node.span, start);
  }
  if (place === undefined) return;
  yield place.span;
  if (analysis.kind !== 'runbook') return;
  const [first, last] = [analysis.steps[0], analysis.steps.at(-1)];
  if (first !== undefined && last !== undefined) yield { start: first.span.start, end: last.span.end };
}

function* scalarSpans(
  { span, outer, style, source }: Scalar,
  start: number,
  text: string,
  offset: number,
): Generator<Span> {
  yield shift(
    { start: span.start, end: Math.max(span.start, Math.min(span.end, outer.start + source.trimEnd().length)) },
    start,
  );
  yield shift({ start: outer.start, end: outer.start + source.trimEnd().length }, start);
  if (style !== 'literal' && style !== 'folded') return;
  const from = lineStart(text, offset);
  const line = text.slice(from, lineEnd(text, offset));
  yield { start: from + line.length - line.trimStart().length, end: from + line.trimEnd().length };
}
