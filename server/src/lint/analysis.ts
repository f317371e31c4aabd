import type { StepReading } from '../commands/reading/read-step.ts';
import type { CommandTable } from '../commands/table.ts';
import type { CommandTool } from '../model/commands.ts';
import type { FileKind } from '../model/file-kind.ts';
import type { Fleet } from '../model/fleet.ts';
import type { RunbookHead } from '../model/runbook.ts';
import type { Finding } from '../rules/finding.ts';
import type { Capacity } from '../simulation/fleet/capacity.ts';
import type { StepOutcome, Verdict } from '../simulation/outcome.ts';
import type { Span } from '../syntax/span.ts';
import type { Node } from '../syntax/tree.ts';

/** Everything that is known of one file. All spans in it count from the start of the file, but those inside a `StepPlace.step`. */
export type Analysis = RunbookAnalysis | FleetAnalysis | CommandsAnalysis | ConfigAnalysis;

interface AnalysisOf<Kind extends FileKind> {
  readonly kind: Kind;
  readonly uri: string;
  readonly text: string;
  /** Sorted by place, then rule; the same input gives the same list. */
  readonly findings: readonly Finding[];
}

export interface RunbookAnalysis extends AnalysisOf<'runbook'> {
  readonly head: RunbookHead;
  /** The YAML of everything but the steps: the entry `steps` is there, its value an empty sequence. */
  readonly root: Node | undefined;
  readonly steps: readonly StepPlace[];
  /** One for each fleet that the runbook is checked against; empty where there is none. */
  readonly runs: readonly Run[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
}

/** A step and where it stands: add `offset` to the spans of `reading` to have places in the file. */
export interface StepPlace {
  readonly offset: number;
  /** The step in the file, its dash left out, up to the last character of its content. */
  readonly span: Span;
  readonly node: Node | undefined;
  readonly reading: StepReading;
}

/** The runbook against one fleet. */
export interface Run {
  readonly fleet: FleetAnalysis;
  /** The fleet as it is in the hours of the runbook's window. */
  readonly capacity: Capacity;
  /** One a top-level step. */
  readonly outcomes: readonly StepOutcome[];
}

export interface FleetAnalysis extends AnalysisOf<'fleet'> {
  readonly fleet: Fleet;
  /** The fleet's figures and names, compiled for the simulation. */
  readonly capacity: Capacity;
  readonly root: Node | undefined;
  /** The tools that its user declares: the fleet's own and those of its commands files. */
  readonly tools: readonly CommandTool[];
  /** Commands files that it names, resolved; those that could not be read are left out. */
  readonly commandFiles: readonly CommandsAnalysis[];
  /** What commands of a runbook of this fleet are read with: `tools`, then the built-in ones. */
  readonly table: CommandTable;
  /** Names known not to be of this fleet; a star stands for anything. */
  readonly outside: readonly string[];
}

export interface CommandsAnalysis extends AnalysisOf<'commands'> {
  readonly tools: readonly CommandTool[];
  readonly root: Node | undefined;
}

export interface ConfigAnalysis extends AnalysisOf<'config'> {
  readonly rules: ReadonlyMap<string, Finding['severity'] | 'off'>;
  readonly root: Node | undefined;
}
