import type { Action, CommandReading } from '../commands/action.ts';
import type { Fleet } from '../model/fleet.ts';
import type { Parameter, RunbookHead, Step } from '../model/runbook.ts';
import type { Capacity } from '../simulation/fleet/capacity.ts';
import type { Figures, StepOutcome } from '../simulation/outcome.ts';
import type { Sparse } from '../syntax/changed-range.ts';
import type { Span } from '../syntax/span.ts';
import type { Replacement } from '../syntax/tree.ts';
import type { Edit, Fix, Related, Severity } from './finding.ts';
import type { NotedStep } from './noted-step.ts';

/**
 * A rule is one file: what it is called, why it exists, an example that breaks it and one that keeps it, and the check.
 * Copy the nearest one, add it to `rules/index.ts`, run `npm run docs`.
 */
export interface Rule {
  readonly id: string;
  /** The default for the certain case; a check may report less. */
  readonly severity: Severity;
  /** A heading: "Takes a subsystem below its minimum". */
  readonly title: string;
  /** One sentence: what the rule reports. */
  readonly summary: string;
  /** Paragraphs of Markdown, one sentence a line: why it matters, what to do. */
  readonly details: string;
  readonly bad: Example;
  readonly good: Example;

  /** Of a step whose verdict is `safe` its `checkStep` has nothing to say, so that most steps are not put before it. */
  readonly passesSafe?: boolean;
  /** On one step; also on the steps inside `parallel` and `repeat`. Spans as in `context.step`. */
  checkStep?(context: StepContext): readonly Report[];
  /** On all steps together: what one step cannot know of the others. Spans count from the block of the step that a report names. */
  checkSteps?(context: StepsContext): readonly StepReport[];
  /** On the runbook as a whole; spans count from the start of the file. */
  checkRunbook?(context: RunbookContext): readonly Report[];
  checkFleet?(context: FleetContext): readonly Report[];
  /** On problems that reading a file found. */
  checkReading?(problems: readonly ReadingProblem[]): readonly Report[];

  /** Some of its fixes are spellings, which may be applied unseen; those of other rules are not even worked out for that. */
  readonly mendsSpelling?: boolean;
  /**
   * The report's message with what takes the whole runbook to be worked out: the largest safe count. As it was where there is nothing to add.
   * It is asked for in every check, and only as far as the work stays small.
   */
  advice?(report: Report, context: Pick<FixContext, 'whatIf' | 'actions' | 'outcome' | 'capacity'>): string;
  /** Fixes of one of the rule's own reports, worked out when somebody asks. Spans as in the report. */
  fixes?(report: Report, context: FixContext): readonly Fix[];
}

/** Files by name; the first is the one that the example is about. Names as in a folder: `x.runbook.yaml`, `x.fleet.yaml`. */
export type Example = Readonly<Record<string, string>>;

/** What a check says; the runner adds the rule's id, the step's index, and the user's severity. */
export interface Report {
  readonly message: string;
  readonly span: Span;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly subsystems?: readonly string[];
  /** The rule says a graver thing of the same step: this is said only where that is suppressed. */
  readonly isLesser?: boolean;
  /** For `fixes`. */
  readonly data?: unknown;
}

export interface StepContext {
  readonly step: Step;
  readonly actions: readonly Action[];
  readonly commands: readonly CommandReading[];
  /** Undefined where there is no fleet. */
  readonly outcome: StepOutcome | undefined;
  readonly capacity: Capacity | undefined;
  readonly fleet: Fleet | undefined;
  readonly fleetUri: string | undefined;
  readonly head: RunbookHead;
  /** Ids of all steps of the runbook, for `restore: id`. */
  readonly ids: readonly string[];
}

/** What a simulation rule watches over. */
export type BrokenLimit = 'minimum' | 'rate' | 'redundancy' | 'zones' | 'exceeds';

/** What came of trying the other values that a parameter may have. */
export interface TriedParameter {
  readonly parameter: Parameter;
  /** A value that breaks what the usual one does not, the nearest to it; and where. */
  readonly breaks?: {
    readonly value: string;
    /** The step's index, with those inside it after dots. */
    readonly step: string;
    readonly limit: BrokenLimit;
    readonly subsystem: string | undefined;
    readonly certain: boolean;
  };
  /** Of one without a default, the value that does the most harm, where it does more than the usual one. */
  readonly worst?: string;
  /** A step that uses it is unsafe with the usual value already. */
  readonly isUnsafe?: boolean;
  /** Above the usual value, the last before the first that breaks something. */
  readonly largest?: number;
  /** Below the usual value, the last before the first that breaks something. */
  readonly smallest?: number;
  /** Why it is not known of every value what it does: a clause. */
  readonly doubt?: string;
}

export interface StepsContext {
  /** The top-level steps. */
  readonly steps: readonly NotedStep[];
  /** Those among them that restore nothing, block something, or cannot be followed. */
  readonly notable: Sparse<NotedStep>;
  readonly head: RunbookHead;
  readonly fleet: Fleet | undefined;
  readonly capacity: Capacity | undefined;
  readonly fleetUri: string | undefined;
  /** What every subsystem has in service after the last step, when all that warms up has done so; worked out when it is asked for. */
  settled(): readonly Figures[];
}

export interface StepReport extends Report {
  /** The step's index, with those inside it after dots: `4.1`. */
  readonly step: string;
}

export interface RunbookContext {
  readonly head: RunbookHead;
  readonly fleet: Fleet | undefined;
  readonly capacity: Capacity | undefined;
  readonly fleetUri: string | undefined;
  /** What became of the search for fleets. */
  readonly lookup: FleetLookup;
  /** Parameters whose other values were tried. */
  readonly tried: readonly TriedParameter[];
}

/** How the runbook's fleet was looked for, and what was found. */
export interface FleetLookup {
  /** One for each path of `fleet:` that could not be read as a fleet. */
  readonly unreadable: readonly UnreadablePath[];
  /** Where no path is given: fleets nearby when there is none or more than one; undefined where exactly one was found. */
  readonly nearby: readonly string[] | undefined;
}

export interface FleetContext {
  readonly fleet: Fleet;
  readonly capacity: Capacity;
  readonly uri: string;
  /** Paths of `commandFiles:` that could not be read. */
  readonly unreadable: readonly UnreadablePath[];
}

/** A path that leads to nothing that can be used. */
export interface UnreadablePath {
  /** Undefined where no file names it, but a setting does. */
  readonly span: Span | undefined;
  /** As it is written. */
  readonly path: string;
  /** A clause: "there is no such file". */
  readonly why: string;
  /** Paths nearby, written alike, that it may have been meant for. */
  readonly among: readonly string[];
}

/** A mistake that one of the readers found: YAML, schema, usage lines. */
export interface ReadingProblem {
  readonly rule: string;
  readonly message: string;
  readonly span: Span;
  /** A spelling that mends it, where there is exactly one. */
  readonly replacement?: Replacement | undefined;
}

export interface FixContext {
  /** Simulates the runbook again with another amount in one action of the finding's step. */
  readonly whatIf: WhatIf;
  /** The finding's step, or the one inside it that the finding is on. */
  readonly step: Step | undefined;
  readonly actions: readonly Action[];
  /** Of the step's script, those that carry others too. */
  readonly commands: readonly CommandReading[];
  readonly outcome: StepOutcome | undefined;
  /** All top-level steps of the runbook, for figures that the author may have meant. */
  readonly siblings: readonly Step[];
  /** Every change of capacity in the runbook that is not in the finding's step. */
  readonly otherActions: readonly Action[];
  readonly head: RunbookHead | undefined;
  readonly capacity: Capacity | undefined;
  /** The text that the finding's span counts in. */
  readonly text: string;
  /** The steps of the list in which the finding's step stands, in their order; empty where the order means nothing. */
  readonly list: readonly ListedStep[];
  /** The place of the finding's step in that list. */
  readonly at: number;
  /** Where the text that the finding's span counts in begins in the file. */
  readonly offset: number;
  /** The file's own text, also before and after the step; places as in the finding's span. */
  source(from: number, to: number): string;
  /** Whether the file, changed like this, is read as before but without the finding, and says nothing that it did not say; but for what the rule `despite` says. */
  mends(edits: readonly Edit[], despite?: string): boolean;
}

/** A step of a list; places as in the finding's span. */
export interface ListedStep {
  readonly step: Step;
  readonly actions: readonly Action[];
  /** Without the dash. */
  readonly span: Span;
  /** What is to be added to the places inside `step` and `actions`, which count from that step's own text. */
  readonly base: number;
}

/** A number of servers, or of thousandths of a percent. */
export type TriedUnit = 'servers' | 'percent';

/** What would be, with another figure in one action of the step (by its index), and in all that share its words. */
export interface WhatIf {
  /** Whether no simulation rule says anything, on this step or a later one, that it would not also say with zero. */
  clears(action: number, count: number, unit?: TriedUnit): boolean;
  /** Whether its own step breaks something with this amount that it would not break with zero. */
  breaksHere(action: number, count: number): boolean;
  /** What an amount breaks first that zero would not break; undefined where it clears. */
  why(action: number, count: number): Why | undefined;
  /** Whether the step breaks nothing when it begins so late that all that came back is warm. */
  clearsLater(): boolean;
  /** The least that each subsystem has in service during the step, in the fleet's order. */
  lowest(action: number, count: number, unit?: TriedUnit): readonly Kept[];
}

/** What an amount breaks, and where. */
interface Why {
  /** As people count: the first step is 1; with those inside it after dots. */
  readonly step: string;
  readonly isHere: boolean;
  readonly limit: BrokenLimit;
  readonly subsystem: string | undefined;
}

/** What a subsystem keeps at worst, in units. */
export interface Kept {
  readonly subsystem: string;
  readonly worst: number;
  readonly minimum: number;
}
