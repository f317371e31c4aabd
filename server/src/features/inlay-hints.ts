import type { RunbookAnalysis } from '../lint/analysis.ts';
import type { Figures, StepOutcome } from '../simulation/outcome.ts';
import { lineEnd } from '../syntax/line-start.ts';
import { type Span, shift } from '../syntax/span.ts';
import { understood, understoodBriefly } from './describe/understood.ts';
import { changes, lowestOf, range } from './steps/figures.ts';
import { type StepHere, withInnerSteps } from './steps/walk-steps.ts';

/** What a step leaves in service, shown behind its first line, or how a command was understood, behind its own. */
export interface InlayHint {
  readonly kind: 'capacity' | 'command';
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** More subsystems than these are left to the hover. */
const mostShown = 4;

/** Hints for the steps in the span that change capacity: `index 110/90` is 110 units in service, 90 needed. */
export function inlayHints(analysis: RunbookAnalysis, span: Span): readonly InlayHint[] {
  const { steps, runs } = analysis;
  return steps.flatMap((place, index) => {
    if (place.span.end < span.start || place.span.start > span.end) return [];
    const outcomes = runs.map((run) => run.outcomes[index]);
    const hints: InlayHint[] = [];
    for (const here of withInnerSteps({ place, reading: place.reading, path: [index], outcomes })) {
      hints.push(...commandHints(analysis, here), ...capacityHint(analysis, here));
    }
    return hints.toSorted((a, b) => a.offset - b.offset);
  });
}

function capacityHint({ text, runs }: RunbookAnalysis, { place, reading, outcomes }: StepHere): readonly InlayHint[] {
  const hints = outcomes.flatMap((outcome, i) => {
    const fleet = runs[i]?.fleet;
    if (outcome === undefined || fleet === undefined) return [];
    const on = runs.length > 1 ? `On ${fleet.fleet.name?.value ?? fleet.uri}, ` : '';
    return figureHints(outcome, fleet.capacity.subsystems, on);
  });
  if (hints.length === 0) return [];
  const shown = [...new Set(hints.map(({ label }) => label))];
  const label = shown.slice(0, mostShown).join('  ') + (shown.length > mostShown ? '  …' : '');
  const tooltip = [...new Set(hints.map((hint) => hint.tooltip))].join('\n');
  return [{ kind: 'capacity', offset: lineEnd(text, place.offset + reading.step.span.start), label, tooltip }];
}

function figureHints(
  { figures }: StepOutcome,
  subsystems: readonly { readonly name: string }[],
  on: string,
): readonly { label: string; tooltip: string }[] {
  return figures.flatMap((figure, i) => {
    if (!changes(figure)) return [];
    const { before, lowest, after, minimum } = figure;
    const name = subsystems[i]?.name ?? '';
    const shown = lowestOf(figure);
    const least = same(lowest, after) ? '' : `, ${range(lowest)} at its lowest`;
    return [
      {
        label: `${name} ${range(shown)}/${minimum}`,
        tooltip: `${on}${name}: ${range(before)} before, ${range(after)} after${least}; it needs ${minimum} units.`,
      },
    ];
  });
}

/** One hint a line of commands, behind its last word. */
function commandHints({ text }: RunbookAnalysis, here: StepHere): readonly InlayHint[] {
  const byLine = new Map<number, { readonly labels: string[]; readonly tips: string[] }>();
  for (const command of here.reading.commands) {
    const found = understood(here, command);
    if (found === undefined) continue;
    const { end } = shift(command.span, here.place.offset);
    const line = lineEnd(text, end);
    const hint = byLine.get(line) ?? { labels: [], tips: [] };
    byLine.set(line, hint);
    hint.labels.push(understoodBriefly(found));
    if (found.obstacle !== undefined)
      hint.tips.push(`It cannot be told what \`${command.tool}\` does: ${found.obstacle}.`);
    else if (command.undo !== undefined) hint.tips.push(`Undone by \`${command.undo}\`.`);
  }
  return [...byLine].map(([offset, { labels, tips }]) => ({
    kind: 'command',
    offset,
    label: `→ ${[...new Set(labels)].join('; ')}`,
    tooltip: [...new Set(['How this line was understood.', ...tips])].join('\n\n'),
  }));
}

function same(a: Figures, b: Figures): boolean {
  return a.worst === b.worst && a.best === b.best;
}
