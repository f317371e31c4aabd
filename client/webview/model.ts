import type { Timeline as Packed } from '../../server/src/protocol/messages.ts';
import type { Words } from './words.ts';

/** A timeline as the server sends it: figures only of the steps that change them. The view spreads them, since they are many. */
export type { Packed };

/** Units in service under the least and the most fortunate choice of servers; worst ≤ best. */
export interface Range {
  readonly worst: number;
  readonly best: number;
}

type Verdict = 'safe' | 'unsafe' | 'unknown';

/** A step of the runbook, as the timeline shows it. */
export interface Step {
  /** Its index with dots inside, as in the reports: `4.1`. */
  readonly index: string;
  /** Lines of the file, from 0; both ends count. */
  readonly line: number;
  readonly endLine: number;
  readonly name: string;
  readonly verdict: Verdict;
}

/** What a step does to one subsystem, in units. */
export interface Figures {
  readonly before: Range;
  /** Over every moment from just before the step to its end. */
  readonly lowest: Range;
  readonly after: Range;
  readonly minimum: number;
}

/** A subsystem over all steps. */
export interface Subsystem {
  readonly name: string;
  /** Units of all its servers. */
  readonly full: number;
  /** One a step. */
  readonly figures: readonly Figures[];
}

/** A runbook checked against a fleet. */
export interface Timeline {
  readonly uri: string;
  readonly runbook: string;
  /** The names of all fleets that it is checked against, and which of them this is about. */
  readonly fleets: readonly string[];
  readonly fleet: number;
  readonly steps: readonly Step[];
  readonly subsystems: readonly Subsystem[];
}

/** There is no runbook at hand, or it has no fleet. */
export type Lack = 'runbook' | 'fleet';

/** What the extension tells the view. */
export type ToView =
  | { readonly type: 'words'; readonly words: Words }
  | {
      readonly type: 'timeline';
      readonly timeline: Packed | undefined;
      /** Which of its fleets it is shown against. */
      readonly fleet: number;
      readonly step: number | undefined;
      /** What would help where there is no timeline. */
      readonly lacks: Lack;
    }
  /** The step that the editor's cursor stands in, if in any. */
  | { readonly type: 'cursor'; readonly step: number | undefined };

/** What the view tells the extension. */
export type FromView =
  | { readonly type: 'ready' }
  /** Moves the editor's cursor to a step; with `focus` one goes on there. */
  | { readonly type: 'go'; readonly step: number; readonly focus: boolean }
  /** Shows the runbook against another of its fleets. */
  | { readonly type: 'fleet'; readonly fleet: number }
  /** Where there is nothing to draw: a way to something. */
  | { readonly type: 'help'; readonly lacks: Lack }
  /** Puts these subsystems into the clipboard. */
  | { readonly type: 'copy'; readonly subsystems: readonly string[] };
