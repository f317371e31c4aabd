import type { Span } from '../syntax/span.ts';

export type CompletionKind = 'key' | 'name' | 'value' | 'count' | 'tool' | 'verb' | 'option' | 'snippet';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string | undefined;
  /** Markdown. */
  readonly documentation: string | undefined;
  readonly span: Span;
  /** With tab stops where `snippet` is true. */
  readonly newText: string;
  readonly snippet: boolean;
  readonly sortText: string;
}

/** Something that can be chosen, and what is said beside it. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string | undefined;
}

/** The offer in place of what is typed. */
export function completionOf({ label, kind, detail }: Offer, span: Span, order: number): Completion {
  const sortText = String(order).padStart(4, '0');
  return { label, kind, detail, documentation: undefined, span, newText: label, snippet: false, sortText };
}
