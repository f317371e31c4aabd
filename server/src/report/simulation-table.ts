import type { StepReading } from '../commands/read-step.ts';
import type { Run, RunbookAnalysis } from '../lint/analysis.ts';
import type { Figures, StepOutcome, SubsystemFigures, Verdict } from '../simulation/outcome.ts';
import type { ReportContext } from './report.ts';
import { type Colours, printable } from './stylish.ts';

/** What is in service after each step, a column a subsystem: `80–110` is at worst and at best, `!` says below the minimum. */
export function simulationTable(runbook: RunbookAnalysis, run: Run, context: ReportContext, colours: Colours): string {
  const { subsystems } = run.capacity;
  const first = run.outcomes[0]?.figures ?? [];
  const rows: readonly Row[] = [
    { cells: ['', '', '', ...subsystems.map(({ name }) => printable(name))], paint: colours.bold },
    { cells: ['', 'minimum', '', ...subsystems.map(({ minimum }) => `${minimum}`)], paint: colours.dim },
    { cells: ['', 'before', '', ...first.map(({ before }) => span(before))], paint: colours.dim },
    ...runbook.steps.flatMap(({ reading }, i) => stepRows(`${i + 1}`, reading, run.outcomes[i], colours)),
  ];
  const title = `${printable(runbook.head.title?.value ?? context.pathOf(runbook.uri))}, on ${context.pathOf(run.fleet.uri)}`;
  return `${colours.bold(title)}\n\n${aligned(rows)}`;
}

interface Row {
  /** Number, what it does, verdict, then one a subsystem. */
  readonly cells: readonly string[];
  paint(text: string): string;
}

function stepRows(
  number: string,
  reading: StepReading,
  outcome: StepOutcome | undefined,
  colours: Colours,
): readonly Row[] {
  if (outcome === undefined) return [];
  const { step, inner } = reading;
  const what = shortened(printable(step.name?.value ?? step.id?.value ?? step.kind));
  const cells = [number, what, verdictWords[outcome.verdict], ...outcome.figures.map(cellOf)];
  const own: Row = { cells, paint: outcome.verdict === 'unsafe' ? colours.red : (text) => text };
  return [own, ...inner.flatMap((child, i) => stepRows(`${number}.${i + 1}`, child, outcome.steps[i], colours))];
}

const verdictWords: Readonly<Record<Verdict, string>> = { safe: 'safe', unsafe: 'unsafe', unknown: 'cannot tell' };

/** What was so before the step is not held against it. */
function cellOf({ before, lowest, after, minimum }: SubsystemFigures): string {
  const dips = lowest.worst < Math.min(before.worst, after.worst);
  const breached = (dips ? lowest : after).worst < minimum;
  return `${span(after)}${dips ? ` (down to ${lowest.worst})` : ''}${breached ? ' !' : ''}`;
}

function span({ worst, best }: Figures): string {
  return worst === best ? `${worst}` : `${worst}–${best}`;
}

const longest = 48;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** Words to the left, figures to the right, two blanks between the columns. */
function aligned(rows: readonly Row[]): string {
  const widths = (rows[0]?.cells ?? []).map((_, i) => Math.max(...rows.map(({ cells }) => cells[i]?.length ?? 0)));
  const line = ({ cells, paint }: Row) => {
    const padded = cells.map((cell, i) => (i < 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
    return `${paint(padded.join('  ').trimEnd())}\n`;
  };
  return rows.map(line).join('');
}
