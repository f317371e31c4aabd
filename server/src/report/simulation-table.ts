import { changes, lowestOf, range } from '../features/steps/figures.ts';
import { stepLabel } from '../features/steps/step-label.ts';
import { type Tightest, tightestPoint } from '../features/steps/tightest.ts';
import { allSteps, type StepHere } from '../features/steps/walk-steps.ts';
import type { Run, RunbookAnalysis } from '../lint/analysis.ts';
import { stepNumber } from '../model/step-number.ts';
import { counted } from '../rules/telling/words.ts';
import type { SubsystemFigures, Verdict } from '../simulation/outcome.ts';
import { type Column, table } from './columns.ts';
import type { ReportContext } from './report.ts';
import { type Colours, printable } from './terminal.ts';

/**
 * What is in service after each step, for people: for each subsystem its units (`80–110` is at worst and at best), its minimum, and the margin between them.
 * What is below a minimum and the tightest point of the runbook are marked by signs, and by colours where there are any.
 */
export function simulationTable(runbook: RunbookAnalysis, run: Run, context: ReportContext, colours: Colours): string {
  const title = printable(runbook.head.title?.value ?? context.pathOf(runbook.uri));
  const steps = [...allSteps(runbook)].filter(({ outcomes }) => outcomes[0] !== undefined);
  const tightest = tightestPoint(runbook);
  const shown = shownSubsystems(run, steps);
  const columns: Column[] = [
    { title: '', cells: ['', ...steps.map((here) => cell(numberOf(here)))], align: 'left' },
    {
      title: 'step',
      cells: [cell('before', colours.dim), ...steps.map((here) => labelOf(runbook, here))],
      align: 'left',
    },
    { title: '', cells: ['', ...steps.map((here) => verdictCell(here, colours))], align: 'left' },
    ...shown.flatMap((index) => subsystemColumns(run, index, steps, tightest, colours)),
  ];
  const parts = [colours.bold(`${title}, on ${context.pathOf(run.fleet.uri)}`), table(columns, colours)];
  return `${[...parts, ...legend(run, shown, steps, tightest, colours)].join('\n\n')}\n`;
}

/** More subsystems than fit beside one another are shown where the runbook changes them. */
const mostShown = 8;

function shownSubsystems(run: Run, steps: readonly StepHere[]): readonly number[] {
  const all = run.fleet.capacity.subsystems.map(({ index }) => index);
  if (all.length <= mostShown) return all;
  return all.filter((index) => steps.some((here) => hasChange(figuresOf(here, index))));
}

function hasChange(figures: SubsystemFigures | undefined): boolean {
  return figures !== undefined && changes(figures);
}

function figuresOf({ outcomes }: StepHere, subsystem: number): SubsystemFigures | undefined {
  return outcomes[0]?.figures[subsystem];
}

function cell(text: string, paint?: (text: string) => string) {
  return paint === undefined ? text : { text, paint };
}

function numberOf({ path }: StepHere): string {
  return stepNumber(path.join('.'));
}

const longest = 48;

function labelOf(runbook: RunbookAnalysis, { place, reading, path }: StepHere): string {
  const label = printable(stepLabel(runbook, place, reading.step));
  const short = label.length <= longest ? label : `${label.slice(0, longest - 1)}…`;
  return `${'  '.repeat(path.length - 1)}${short}`;
}

const verdictWords: Readonly<Record<Verdict, string>> = { safe: 'safe', unsafe: 'unsafe', unknown: 'cannot tell' };

function verdictCell({ outcomes }: StepHere, colours: Colours) {
  const verdict = outcomes[0]?.verdict ?? 'unknown';
  const paint = { safe: colours.green, unsafe: colours.red, unknown: colours.yellow }[verdict];
  return cell(verdictWords[verdict], paint);
}

/** Units, minimum, margin, and a sign. What a step leaves as it was stands back. */
function subsystemColumns(
  run: Run,
  index: number,
  steps: readonly StepHere[],
  tightest: Tightest | undefined,
  colours: Colours,
): readonly Column[] {
  const first = steps[0] && figuresOf(steps[0], index);
  const start: Row = { figures: first && { ...first, lowest: first.before, after: first.before }, isTightest: false };
  const name = run.fleet.capacity.subsystems[index]?.name ?? '';
  const rows = [
    start,
    ...steps.map((here) => ({
      figures: figuresOf(here, index),
      isTightest: tightest?.here.path.join('.') === here.path.join('.') && tightest.subsystem === name,
    })),
  ];
  const column = (title: string, align: Column['align'], text: (row: Row) => string): Column => ({
    title,
    align,
    cells: rows.map((row, i) => cell(text(row), paintOf(row, i > 0, colours))),
  });
  return [
    column(printable(name), 'right', ({ figures }) => (figures === undefined ? '' : units(figures))),
    column('minimum', 'right', ({ figures }) => (figures === undefined ? '' : `${figures.minimum}`)),
    column('margin', 'right', ({ figures }) => (figures === undefined ? '' : signed(marginOf(figures)))),
    column('', 'left', signOf),
  ];
}

interface Row {
  readonly figures: SubsystemFigures | undefined;
  readonly isTightest: boolean;
}

function paintOf({ figures, isTightest }: Row, isStep: boolean, colours: Colours): (text: string) => string {
  if (figures === undefined || !isStep || !changes(figures)) return colours.dim;
  if (marginOf(figures) < 0) return colours.red;
  return isTightest ? colours.yellow : (text) => text;
}

function signOf({ figures, isTightest }: Row): string {
  const breached = figures !== undefined && marginOf(figures) < 0 ? '!' : ' ';
  return isTightest ? `${breached}◀` : breached.trim();
}

/** Between the fewest units during the step and the minimum; below 0 it is broken. */
function marginOf(figures: SubsystemFigures): number {
  return lowestOf(figures).worst - figures.minimum;
}

function signed(margin: number): string {
  return margin < 0 ? `${margin}` : `+${margin}`;
}

function units(figures: SubsystemFigures): string {
  const { after } = figures;
  const lowest = lowestOf(figures);
  return lowest === after ? range(after) : `${range(after)} (down to ${lowest.worst})`;
}

function legend(
  run: Run,
  shown: readonly number[],
  steps: readonly StepHere[],
  tightest: Tightest | undefined,
  colours: Colours,
): readonly string[] {
  const lines: string[] = [];
  const hidden = run.fleet.capacity.subsystems.length - shown.length;
  if (hidden > 0)
    lines.push(`${counted(hidden, 'subsystem')} that no step changes ${hidden === 1 ? 'is' : 'are'} left out.`);
  if (steps.some(({ outcomes }) => outcomes[0]?.figures.some((figures) => marginOf(figures) < 0))) {
    lines.push('! below the minimum');
  }
  if (tightest !== undefined) {
    const { margin, minimum, here } = tightest;
    const how = margin < 0 ? `${-margin} below` : margin === 0 ? 'exactly at' : `${margin} above`;
    lines.push(
      `◀ the tightest point: ${printable(tightest.subsystem)}, ${how} its minimum of ${minimum}, in step ${numberOf(here)}`,
    );
  }
  return lines.length === 0 ? [] : [lines.map(colours.dim).join('\n')];
}
