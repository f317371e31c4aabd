import type { Span } from '../../syntax/span.ts';
import type { Name } from '../names/occurrence.ts';

export type CompletionKind = 'key' | 'name' | 'value' | 'count' | 'tool' | 'verb' | 'option' | 'snippet';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string | undefined;
  /** Markdown. */
  readonly documentation: string | undefined;
  /** The name that it stands for: its declaration is shown when somebody looks at it. */
  readonly about: Name | undefined;
  readonly span: Span;
  /** With tab stops where `snippet` is true. */
  readonly newText: string;
  readonly snippet: boolean;
  readonly sortText: string;
  /** Where something can be chosen for what comes next: the line break and the spaces up to there, if it stands on a line of its own. */
  readonly goesOn?: string | undefined;
}

/** Something that can be chosen, and what is said beside it. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string | undefined;
  readonly documentation?: string;
  readonly about?: Name;
}

/** The offer in place of what is typed; the offers of one list stand in their own order, after the lists of lower rank. */
export function completionOf(offer: Offer, span: Span, order: number, rank = 0): Completion {
  const { label, kind, detail, documentation, about } = offer;
  const sortText = `${rank}${String(order).padStart(4, '0')}`;
  return { label, kind, detail, documentation, about, span, newText: label, snippet: false, sortText };
}
