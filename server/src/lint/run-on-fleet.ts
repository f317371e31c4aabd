import { withBuiltinTools } from '../commands/builtin.ts';
import { type ActionReader, actionReader, type StepReading } from '../commands/reading/read-step.ts';
import { type CommandTable, compileTools } from '../commands/table.ts';
import type { ParameterValues } from '../model/parameters.ts';
import { readStep } from '../model/step.ts';
import type { TriedParameter } from '../rules/rule.ts';
import { capacityWithin } from '../simulation/fleet/compile.ts';
import { simulate } from '../simulation/simulate.ts';
import { type ChangedRange, spliced } from '../syntax/changed-range.ts';
import type { FleetAnalysis } from './analysis.ts';
import { checkSteps, type StepSurroundings } from './check-step.ts';
import { withDoubts } from './doubtful.ts';
import { judgeParameters } from './parameters/judge.ts';
import { tryParameters } from './parameters/parameters.ts';
import type { RunbookDocument } from './runbook-document.ts';
import type { RunbookInputs, RunWork } from './runbook-work.ts';

/** A version of a runbook, and what changed since the one before. */
interface Version {
  readonly document: RunbookDocument;
  readonly inputs: RunbookInputs;
  /** Undefined where everything is to be read anew. */
  readonly change: ChangedRange | undefined;
}

const noTools: CommandTable = withBuiltinTools(compileTools([]).table);

/**
 * Checks the runbook against one fleet, or against none.
 * A parameter without a default stands for its worst value: where another than the one that was taken breaks more, all is done once more with that.
 */
export function runOnFleet(fleet: FleetAnalysis | undefined, version: Version, before: RunWork | undefined): RunWork {
  const { values } = version.document;
  const usual = runWith(values, fleet, version, before?.usual ?? before);
  const worse = worseValues(usual.parameters?.tried ?? []);
  if (worse.length === 0) return usual;
  const old = before?.usual === undefined ? undefined : before;
  const isKnown = old?.usual?.values === values && worse.every(([name, value]) => old.values.get(name) === value);
  const worst = isKnown && old ? old.values : new Map([...values, ...worse]);
  return { ...runWith(worst, fleet, version, old), usual };
}

function runWith(
  values: ParameterValues,
  fleet: FleetAnalysis | undefined,
  { document, inputs, change }: Version,
  before: RunWork | undefined,
): RunWork {
  const table = fleet?.table ?? noTools;
  const known = before?.table === table && before.values === values ? before : undefined;
  const read = known?.read ?? actionReader(table, values);
  const readings = readingsOf(document, values, read, known, change);
  const capacity = fleet && capacityWithin(fleet.capacity, document.head.window);
  const names = { outside: fleet?.outside ?? none };
  const walk = capacity && simulate(readings, capacity, names, before?.walk);
  const parameters =
    walk && capacity && tryParameters({ document, values, table, readings, walk, capacity, names }, before?.parameters);
  const outcomes =
    walk === undefined || capacity === undefined
      ? []
      : withDoubts(judgeParameters(walk.outcomes, readings, parameters?.tried ?? []), readings, capacity, fleet?.fleet);
  const around: StepSurroundings = {
    capacity,
    fleet: fleet?.fleet,
    fleetUri: fleet?.uri,
    head: document.head,
    ids: document.ids,
    severities: inputs.severities,
  };
  return { table, values, read, walk, parameters, ...checkSteps(readings, outcomes, around, before) };
}

const none: readonly string[] = [];

/** What the steps mean with these values; those that did not change are not read again. */
function readingsOf(
  { source, steps, values: usual }: RunbookDocument,
  values: ParameterValues,
  read: ActionReader,
  before: RunWork | undefined,
  change: ChangedRange | undefined,
): readonly StepReading[] {
  const readAt = (i: number): readonly StepReading[] => {
    const step = values === usual ? steps[i] : readStep(source.blocks[i]?.node, values);
    return step === undefined ? [] : [read(step)];
  };
  const between = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i).flatMap(readAt);
  if (before === undefined || change === undefined) return between(0, steps.length);
  return spliced(before.readings, change, between(change.from, change.to));
}

/** For each parameter whose value nobody chose, one that breaks something, where there is one. */
function worseValues(tried: readonly TriedParameter[]): readonly (readonly [string, string])[] {
  return tried.flatMap(({ parameter: { name, default: usual, minimum, maximum }, breaks, largest, worst }) => {
    if (usual !== undefined || name.value === undefined) return [];
    if (worst !== undefined) return [[name.value, worst] as const];
    if (breaks === undefined) return [];
    const end = largest === undefined ? minimum?.value : maximum?.value;
    return [[name.value, end === undefined ? breaks.value : `${end}`] as const];
  });
}
