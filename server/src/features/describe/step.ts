import type { RunbookAnalysis } from '../../lint/analysis.ts';
import type { StepOutcome, SubsystemFigures, Verdict } from '../../simulation/outcome.ts';
import { changes, range } from '../steps/figures.ts';
import type { StepHere } from '../steps/walk-steps.ts';

const verdicts: Readonly<Record<Verdict, string>> = {
  safe: 'Safe: every minimum holds.',
  unsafe: 'Unsafe: see the problems on this step.',
  unknown: 'Unknown: it cannot be told what this step does.',
};

/** Rows of one table; of subsystems that the step leaves alone, only as many as there is room for. */
const mostRows = 24;

/** Before, lowest and after of every subsystem, those that the step changes first, for each fleet. */
export function describeStep({ runs }: RunbookAnalysis, { outcomes }: StepHere): string | undefined {
  const parts = runs.flatMap(({ fleet }, i) => {
    const outcome = outcomes[i];
    if (outcome === undefined) return [];
    const title = runs.length > 1 ? [`On ${fleet.fleet.name?.value ?? fleet.uri}`] : [];
    const names = fleet.capacity.subsystems.map(({ name }) => name);
    const why = outcome.obstacle === undefined ? [] : [`${sentence(outcome.obstacle.why)}`];
    return [[...title, verdicts[outcome.verdict], ...why, ...table(outcome, names)].join('\n\n')];
  });
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

function sentence(clause: string): string {
  return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`;
}

function table(outcome: StepOutcome, names: readonly string[]): readonly string[] {
  const all = outcome.figures.map((figure, i) => ({ figure, name: names[i] ?? '' }));
  if (all.length === 0) return [];
  const changed = all.filter(({ figure }) => changes(figure));
  const still = all.filter(({ figure }) => !changes(figure));
  const shown = [...changed, ...still.slice(0, Math.max(0, mostRows - changed.length))];
  // Editors leave no room between the columns of a table.
  const head =
    '| subsystem | \u00a0before | \u00a0lowest | \u00a0after | \u00a0minimum | \u00a0headroom |\n|---|--:|--:|--:|--:|--:|';
  const left = all.length - shown.length;
  const witness = outcome.actions.flatMap(({ breaches }) => breaches).find((breach) => breach.witness.length > 0);
  const worst = witness?.witness.map(({ group, count }) => `${count} from ${group}`).join(', ');
  return [
    [head, ...shown.map(row)].join('\n'),
    ...(left === 0 ? [] : [`${left} more subsystems are left as they were.`]),
    ...(worst === undefined ? [] : [`Worst for ${witness?.subsystem}: ${worst}.`]),
  ];
}

function row({ name, figure }: { readonly name: string; readonly figure: SubsystemFigures }): string {
  const { before, lowest, after, minimum } = figure;
  const headroom = lowest.worst - minimum;
  return `| ${name} | ${range(before)} | ${range(lowest)} | ${range(after)} | ${minimum} | ${headroom} |`;
}
