import type { Figures, Range, Subsystem, Timeline } from './model.ts';
import { spareOf } from './tightness.ts';
import { fill, type Words } from './words.ts';

/** `80`, or `80–92` where it depends on the choice of servers. */
export function rangeText({ worst, best }: Range): string {
  return worst === best ? `${worst}` : `${worst}–${best}`;
}

/** What a cell of the table says of a step's lowest moment: `80–92 of 110, 30 below`. */
export function cellText(figures: Figures, words: Words): string {
  const text = fill(words.figuresAt, rangeText(figures.lowest), figures.minimum);
  const below = belowText(figures, words);
  return below === undefined ? text : `${text}, ${below}`;
}

/** How far it falls below the minimum; undefined where it does not. */
export function belowText(figures: Figures, words: Words): string | undefined {
  const { worst, best } = spareOf(figures);
  if (worst >= 0) return undefined;
  return fill(best < 0 ? words.belowBy : words.mayBelowBy, -worst);
}

/** The timeline as a Markdown table: a row a step, a column for each of the subsystems. */
export function markdownTable({ steps }: Timeline, subsystems: readonly Subsystem[], words: Words): string {
  const head = ['#', words.stepColumn, words.verdictColumn, ...subsystems.map(({ name }) => name)];
  const rows = steps.map((step, at) => [
    `${at + 1}`,
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
