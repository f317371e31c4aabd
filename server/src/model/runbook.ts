import type { Span } from '../syntax/span.ts';
import type { Scalar } from '../syntax/tree.ts';
import type { Amount, Leaf, Pair, ParameterUse, Seconds } from './leaf.ts';

/** Everything of a runbook but its steps (docs/runbook.md). */
export interface RunbookHead {
  readonly title: Leaf<string> | undefined;
  /** The key `runbook`: where findings about the whole file stand. */
  readonly titleKey: Span | undefined;
  readonly description: Leaf<string> | undefined;
  /** Paths as written, relative to the runbook. Empty: the nearest fleet up the tree. */
  readonly fleets: readonly Leaf<string>[];
  readonly environment: Leaf<string> | undefined;
  readonly window:
    | { readonly during: Leaf<string> | undefined; readonly timezone: Leaf<string> | undefined; readonly span: Span }
    | undefined;
  readonly parameters: readonly Parameter[];
  /** False where they may stand under a key or in a form that is not read. */
  readonly parametersAreRead: boolean;
}

export interface Parameter {
  readonly name: Leaf<string>;
  readonly description: Leaf<string> | undefined;
  readonly default: Leaf<string> | undefined;
  readonly minimum: Leaf<number> | undefined;
  readonly maximum: Leaf<number> | undefined;
  readonly allowed: readonly Leaf<string>[] | undefined;
  /** False where something of it cannot be read, which may be meant for a bound. */
  readonly isRead: boolean;
}

export type StepKind =
  | 'run'
  | 'remove'
  | 'restore'
  | 'restart'
  | 'replace'
  | 'scale'
  | 'wait'
  | 'check'
  | 'manual'
  | 'parallel'
  | 'repeat';

/** One step, as written, with the parameters' values put in. All spans count from the start of the step's block. */
export type Step = StepHead & StepBody;

export interface StepHead {
  /** The key that says what the step is (`remove`), or the step's first key where none does. */
  readonly key: Span;
  /** The whole step without the dash. */
  readonly span: Span;
  readonly name: Leaf<string> | undefined;
  readonly id: Leaf<string> | undefined;
  readonly description: Leaf<string> | undefined;
  readonly takes: Leaf<Seconds> | undefined;
  readonly permanent: boolean;
  readonly when: Leaf<string> | undefined;
  readonly intent: Intent | undefined;
  /** Every `{{ name }}` in the step, wherever it stands. */
  readonly uses: readonly ParameterUse[];
}

export type StepBody =
  | { readonly kind: 'run'; readonly script: Scalar }
  | {
      readonly kind: 'remove';
      readonly target: Target;
      readonly count: Leaf<Amount> | undefined;
      readonly batch: Leaf<Amount> | undefined;
      readonly pause: Leaf<Seconds> | undefined;
    }
  | {
      readonly kind: 'restore';
      readonly step: Leaf<string> | undefined;
      readonly target: Target | undefined;
      readonly count: Leaf<Amount> | undefined;
    }
  | {
      readonly kind: 'restart' | 'replace';
      readonly target: Target;
      readonly count: Leaf<Amount> | undefined;
      readonly batch: Leaf<Amount> | undefined;
      readonly pause: Leaf<Seconds> | undefined;
      readonly takes: Leaf<Seconds> | undefined;
      readonly surge: boolean;
    }
  | { readonly kind: 'scale'; readonly target: Target; readonly to: Leaf<number> | undefined }
  | { readonly kind: 'wait'; readonly duration: Leaf<Seconds> | undefined }
  | {
      readonly kind: 'check';
      readonly text: Leaf<string> | undefined;
      readonly subsystem: Leaf<string> | undefined;
      readonly atLeast: Leaf<Amount> | undefined;
    }
  | { readonly kind: 'manual'; readonly text: Leaf<string> | undefined }
  | { readonly kind: 'parallel'; readonly steps: readonly Step[] }
  | { readonly kind: 'repeat'; readonly times: Leaf<number> | undefined; readonly steps: readonly Step[] }
  /** Damaged or not of the right form; another finding says so, and it is taken to change nothing. */
  | {
      readonly kind: 'broken';
      readonly tried: StepKind | undefined;
      /** As far as it can be read. */
      readonly target: Target | undefined;
    };

/** Which servers; several keys together narrow (docs/runbook.md). */
export interface Target {
  readonly subsystem: Leaf<string> | undefined;
  readonly group: Leaf<string> | undefined;
  /** Words in node-set notation. */
  readonly hosts: readonly Leaf<string>[] | undefined;
  readonly zone: Leaf<string> | undefined;
  readonly labels: readonly Pair[];
  /** The target's mapping. */
  readonly span: Span;
}

export interface Intent {
  readonly effect: Leaf<string> | undefined;
  readonly subsystem: Leaf<string> | undefined;
  readonly group: Leaf<string> | undefined;
  readonly count: Leaf<Amount> | undefined;
  readonly span: Span;
}
