import assert from 'node:assert/strict';
import type { Span } from '../../server/src/syntax/span.ts';

/**
 * Fixtures speak YAML with markers, not offsets: `⟦…⟧` encloses a span, `‸` stands for the cursor.
 * None of the three means anything to YAML or to a shell.
 */
export interface Marked {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly cursor: number | undefined;
}

/** The text without its markers, and where they stood; spans in the order of their opening. */
export function marked(source: string): Marked {
  let text = '';
  const spans: { start: number; end: number }[] = [];
  const open: number[] = [];
  let cursor: number | undefined;
  for (const char of source) {
    if (char === '⟦') {
      open.push(spans.length);
      spans.push({ start: text.length, end: -1 });
    } else if (char === '⟧') {
      const span = spans[open.pop() ?? -1];
      assert.ok(span, 'a marker closes that was not opened');
      span.end = text.length;
    } else if (char === '‸') cursor = text.length;
    else text += char;
  }
  assert.equal(open.length, 0, 'a marker is not closed');
  return { text, spans, cursor };
}

/** The text with markers put around the spans: what a failing comparison shows. */
export function mark(text: string, spans: readonly Span[]): string {
  const at = new Map<number, string>();
  for (const span of spans) {
    at.set(span.start, `${at.get(span.start) ?? ''}⟦`);
    at.set(span.end, `⟧${at.get(span.end) ?? ''}`);
  }
  let out = '';
  for (let i = 0; i <= text.length; i++) out += (at.get(i) ?? '') + (text[i] ?? '');
  return out;
}
