import type { Span } from '../syntax/span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One mistake, as a person is told of it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Whole sentences: what, where else, and what to do. */
  readonly message: string;
  /** The word at fault, without its quotes. */
  readonly span: Span;
  readonly related: readonly Related[];
  /** The step's index from 0, with dots inside (`4.1`); undefined where the finding is on no step. */
  readonly step: string | undefined;
  /** The subsystems that fall. */
  readonly subsystems: readonly string[];
  /** The rule says a graver thing of the same step; such a finding is left out unless that is suppressed. */
  readonly isLesser?: boolean;
  /** What the rule needs to work out its fixes when they are asked for. Opaque to everybody else. */
  readonly data?: unknown;
}

/** Another place that has to do with the finding. */
export interface Related {
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  /** The safe one, which an editor offers first. */
  readonly preferred: boolean;
  /** It cannot change what the author meant (spelling, quoting), so that it may be applied unseen on save. */
  readonly spelling: boolean;
  /** In the finding's own file, not overlapping. */
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}
