import type { Span } from './span.ts';
import type { Replacement } from './tree.ts';

/** The text as a quoted value, in the quotes that need no escapes. */
export function inQuotes(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/** The text put in quotes where it stands; `spelling` says that it cannot have been meant otherwise. */
export function quoting(text: string, span: Span, spelling = true): Replacement | undefined {
  if (/[\r\n]/.test(text)) return undefined;
  return { title: `Put it in quotes: ${inQuotes(shortened(text))}`, span, newText: inQuotes(text), spelling };
}

/** As much of a text as a message quotes. */
export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
