import { type CommandReading, partOf } from '../commands/action.ts';
import type { StepReading } from '../commands/reading/read-step.ts';
import type { Run, RunbookAnalysis } from '../lint/analysis.ts';
import type { Capacity } from '../simulation/fleet/capacity.ts';
import type { ActionOutcome, StepOutcome } from '../simulation/outcome.ts';
import { type Positions, positionsIn } from './positions.ts';
import type { ReportContext } from './report.ts';

/** What every step does to every subsystem, as JSON; the form is the contract of `simulate --format json`. */
export function simulationJson(runbook: RunbookAnalysis, run: Run, context: ReportContext): string {
  const positions = positionsIn(runbook.text);
  const steps = runbook.steps.flatMap(({ reading, offset }, index) => {
    const outcome = run.outcomes[index];
    return outcome === undefined ? [] : [stepOf(index, reading, outcome, { offset, positions, run })];
  });
  const report = { version: 1, runbook: context.pathOf(runbook.uri), fleet: context.pathOf(run.fleet.uri), steps };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

interface Place {
  /** Of the top-level step's block in the file. */
  readonly offset: number;
  readonly positions: Positions;
  readonly run: Run;
}

function stepOf(index: number, reading: StepReading, outcome: StepOutcome, place: Place): object {
  const { step, inner } = reading;
  const steps = inner.flatMap((child, i) => {
    const its = outcome.steps[i];
    return its === undefined ? [] : [stepOf(i, child, its, place)];
  });
  return {
    index,
    ...(step.id?.value === undefined ? {} : { id: step.id.value }),
    ...(step.name?.value === undefined ? {} : { name: step.name.value }),
    line: place.positions.at(place.offset + step.span.start).line,
    verdict: outcome.verdict,
    commands: reading.commands.flatMap((command) => commandOf(command, outcome, place)),
    subsystems: figuresOf(outcome, place.run.capacity),
    ...(inner.length === 0 ? {} : { steps }),
  };
}

/** One entry for each thing that the command does; one all the same where it does nothing. */
function commandOf(command: CommandReading, outcome: StepOutcome, place: Place): readonly object[] {
  const line = place.positions.at(place.offset + command.span.start).line;
  const entry = (action: ActionOutcome | undefined) => ({
    tool: command.tool,
    effect: (action && partOf(action.action, command)) ?? command.effect ?? null,
    target: action?.target ?? [],
    count: action?.count ?? null,
    line,
  });
  // The turns of a loop are read one by one, and stand on the same words.
  const actions = outcome.actions.filter(({ action }) => partOf(action, command) !== undefined);
  return actions.length === 0 ? [entry(undefined)] : actions.map(entry);
}

function figuresOf(outcome: StepOutcome, capacity: Capacity): object {
  return Object.fromEntries(
    outcome.figures.flatMap((figures, i) => {
      const subsystem = capacity.subsystems[i];
      return subsystem === undefined ? [] : [[subsystem.name, figures]];
    }),
  );
}
