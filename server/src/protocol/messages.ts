import type { Range } from 'vscode-languageserver';
import type * as features from '../features/timeline.ts';
import type { Verdict } from '../simulation/outcome.ts';

/*
 * Requests that are this server's own. A client may import this file: it holds names and types, and runs nothing.
 * Two are put to a client that offers `fileRequests`; all others a client puts to the server.
 */

/** What most of them ask about. */
export interface DocumentParams {
  readonly uri: string;
}

/** The capacity timeline of an open runbook; null where the document is none. */
export const timelineRequest = 'runbookLint/timeline';

/** Plain data for a chart; see features/timeline.ts. Asked for again after a document has changed or diagnostics have. */
export interface Timeline extends Omit<features.Timeline, 'steps'> {
  readonly uri: string;
  /** The version of the document that this is about. */
  readonly version: number;
  readonly steps: readonly TimelineStep[];
}

interface TimelineStep extends Omit<features.TimelineStep, 'span'> {
  readonly range: Range;
}

export type { TimelineSubsystem } from '../features/timeline.ts';

/** What a status item shows of an open runbook or fleet; null where the document is neither. */
export const statusRequest = 'runbookLint/status';

export interface Status {
  readonly uri: string;
  readonly version: number;
  readonly kind: 'runbook' | 'fleet' | 'commands' | 'config';
  /** Of a runbook: the fleets that it is checked against; empty where there is none. */
  readonly fleets: readonly { readonly name: string; readonly uri: string }[];
  /** The tightest point of a runbook; null where no capacity changes. */
  readonly tightest: StatusPoint | null;
  /** Steps that hold no others, by verdict; null where the document is no runbook. */
  readonly verdicts: Readonly<Record<Verdict, number>> | null;
  readonly problems: {
    readonly error: number;
    readonly warning: number;
    readonly information: number;
    readonly hint: number;
  };
}

export interface StatusPoint {
  readonly subsystem: string;
  /** Units in service at worst and at best, and how many are needed. */
  readonly worst: number;
  readonly best: number;
  readonly minimum: number;
  readonly margin: number;
  readonly step: { readonly path: string; readonly name: string; readonly range: Range };
}

/** Why a file is checked, or is not. */
export const whyRequest = 'runbookLint/why';

export interface Why {
  readonly uri: string;
  readonly kind: 'runbook' | 'fleet' | 'commands' | 'config' | 'other';
  /** What decided on the kind. */
  readonly by: 'name' | 'setting' | 'content' | 'reference' | 'nothing';
  readonly checked: boolean;
  readonly fleets: readonly { readonly uri: string; readonly name: string; readonly because: string }[];
  /** The configuration that applies, the nearest up the tree. */
  readonly config: string | null;
  /** The whole of it in sentences, to be shown as they are. */
  readonly sentences: readonly string[];
}

/** The page of a rule, as Markdown; null where there is no such rule. */
export const rulePageRequest = 'runbookLint/rulePage';

export interface RulePageParams {
  readonly rule: string;
}

export interface RulePage {
  readonly rule: string;
  readonly title: string;
  readonly markdown: string;
}

/** What a file says, or why it cannot be read; asked of the client. */
export const readFileRequest = 'runbook-lint/readFile';

export type { ReadResult } from '../project/file-system.ts';

/** The names in a folder; asked of the client. */
export const listFolderRequest = 'runbook-lint/listFolder';
