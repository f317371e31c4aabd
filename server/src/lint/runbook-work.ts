import type { ActionReader } from '../commands/reading/read-step.ts';
import type { CommandTable } from '../commands/table.ts';
import type { ParameterValues } from '../model/parameters.ts';
import type { FleetLookup } from '../rules/rule.ts';
import type { Walk } from '../simulation/simulate.ts';
import type { FleetAnalysis } from './analysis.ts';
import type { StepsWork } from './check-step.ts';
import type { ParameterWork } from './parameters/parameters.ts';
import type { RunbookDocument } from './runbook-document.ts';
import type { Severities } from './severity.ts';

/** What a runbook is checked against. */
export interface RunbookInputs {
  readonly fleets: readonly FleetAnalysis[];
  readonly lookup: FleetLookup;
  readonly severities: Severities;
  /** Only which findings there are is of interest, and not all that they could say. */
  readonly terse?: boolean;
}

/** What a check keeps for the next version of the runbook and for fixes. */
export interface RunbookWork {
  readonly document: RunbookDocument;
  readonly inputs: RunbookInputs;
  /** One a fleet; one without a walk where there is no fleet. */
  readonly runs: readonly RunWork[];
}

/** A runbook against one fleet, or against none. `outcomes` are those of the walk, with what other values of the parameters add to their verdicts. */
export interface RunWork extends StepsWork {
  readonly table: CommandTable;
  /** What the parameters stand for. */
  readonly values: ParameterValues;
  readonly read: ActionReader;
  readonly walk: Walk | undefined;
  /** What came of trying other values of the parameters; undefined where there is no walk. */
  readonly parameters: ParameterWork | undefined;
  /** The run with the usual values, where this one is with worse ones. */
  readonly usual?: RunWork;
}
