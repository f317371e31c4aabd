import { withBuiltinTools } from '../commands/builtin.ts';
import { type CommandTable, compileTools } from '../commands/table.ts';
import type { ParameterValues } from '../model/parameters.ts';
import type { RunbookHead } from '../model/runbook.ts';
import type { TriedParameter } from '../rules/rule.ts';
import { type ChangedRange, spliced } from '../simulation/changed-range.ts';
import { capacityWithin } from '../simulation/compile.ts';
import { simulate } from '../simulation/simulate.ts';
import type { FleetAnalysis } from './analysis.ts';
import { checkSteps, type StepSurroundings } from './check-step.ts';
import { judgeParameters } from './judge-parameters.ts';
import { tryParameters } from './parameters.ts';
import { type RunbookDocument, stepReading } from './runbook-document.ts';
import type { RunbookInputs, RunWork } from './runbook-work.ts';

/** A version of a runbook, and what changed since the one before. */
export interface Version {
  readonly document: RunbookDocument;
  readonly inputs: RunbookInputs;
  /** Ids of all steps. */
  readonly ids: readonly string[];
  /** Undefined where everything is to be read anew. */
  readonly change: ChangedRange | undefined;
}

const noTools: CommandTable = withBuiltinTools(compileTools([]).table);

/**
 * Checks the runbook against one fleet, or against none.
 * A parameter without a default stands for its worst value: where another than the one that was taken breaks more, all is done once more with that.
 */
export function runOnFleet(fleet: FleetAnalysis | undefined, version: Version, before: RunWork | undefined): RunWork {
  const { head, values } = version.document;
  const run = runWith(values, fleet, version, before);
  const worst = worstValues(head, values, run.parameters?.tried ?? []);
  return worst === values ? run : runWith(worst, fleet, version, undefined);
}

function runWith(
  values: ParameterValues,
  fleet: FleetAnalysis | undefined,
  { document, inputs, ids, change }: Version,
  before: RunWork | undefined,
): RunWork {
  const table = fleet?.table ?? noTools;
  const { steps } = document.source;
  const read = (from: number, to: number) =>
    steps.slice(from, to).map(({ block }) => stepReading(block, values, table));
  const known = before?.table === table && before.values === values ? change : undefined;
  const readings =
    known && before ? spliced(before.readings, known, read(known.from, known.to)) : read(0, steps.length);
  const capacity = fleet && capacityWithin(fleet.capacity, document.head.window);
  const names = { outside: fleet?.outside ?? none };
  const walk = capacity && simulate(readings, capacity, names, before?.walk);
  const parameters =
    walk && capacity && tryParameters({ document, values, table, readings, walk, capacity, names }, before?.parameters);
  const outcomes = walk === undefined ? [] : judgeParameters(walk.outcomes, readings, parameters?.tried ?? []);
  const around: StepSurroundings = {
    capacity,
    fleet: fleet?.fleet,
    fleetUri: fleet?.uri,
    head: document.head,
    ids,
    severities: inputs.severities,
  };
  return { table, values, readings, walk, parameters, outcomes, ...checkSteps(readings, outcomes, around, before) };
}

const none: readonly string[] = [];

/** The values with the one that breaks something in place of each that nobody chose; the same object where there is none. */
function worstValues(
  { parameters }: RunbookHead,
  values: ParameterValues,
  tried: readonly TriedParameter[],
): ParameterValues {
  const worse = tried.flatMap(({ parameter: { name, default: usual, minimum, maximum }, breaks, largest }) => {
    if (usual !== undefined || breaks === undefined || name.value === undefined) return [];
    const end = largest === undefined ? minimum?.value : maximum?.value;
    return [[name.value, end === undefined ? breaks.value : `${end}`] as const];
  });
  return worse.length === 0 || parameters.length === 0 ? values : new Map([...values, ...worse]);
}
