import { cellText } from './figures.ts';
import type { Subsystem, Timeline } from './model.ts';
import { stepNumber } from './step-number.ts';
import type { Words } from './words.ts';

/** The timeline as a Markdown table: a row a step, a column for each of the subsystems. */
export function markdownTable({ steps }: Timeline, subsystems: readonly Subsystem[], words: Words): string {
  const head = ['#', words.stepColumn, words.verdictColumn, ...subsystems.map(({ name }) => name)];
  const rows = steps.map((step, at) => [
    stepNumber(step),
    step.name,
    words[step.verdict],
    ...subsystems.map(({ figures }) => {
      const its = figures[at];
      return its === undefined ? '' : cellText(its, words);
    }),
  ]);
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].map((line) => `${line}\n`).join('');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/[\\|]/g, '\\$&').replace(/\s+/g, ' ')).join(' | ')} |`;
}
