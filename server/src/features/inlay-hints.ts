import type { RunbookAnalysis } from '../lint/analysis.ts';
import type { Figures, StepOutcome, SubsystemFigures } from '../simulation/outcome.ts';
import type { Span } from '../syntax/span.ts';

/** What a step leaves in service, shown behind its first line. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** More subsystems than these are left to the hover. */
const mostShown = 4;

/** One hint behind each step in the span that changes capacity: `index 110/90` is 110 units in service, 90 needed. */
export function inlayHints(analysis: RunbookAnalysis, span: Span): readonly InlayHint[] {
  const { text, steps, runs } = analysis;
  return steps.flatMap((place, index) => {
    if (place.span.end < span.start || place.span.start > span.end) return [];
    const hints = runs.flatMap(({ outcomes, fleet }) => {
      const outcome = outcomes[index];
      return outcome === undefined
        ? []
        : changes(
            outcome,
            fleet.capacity.subsystems.map(({ name }) => name),
          );
    });
    if (hints.length === 0) return [];
    const shown = [...new Set(hints.map(({ label }) => label))];
    const label = shown.slice(0, mostShown).join('  ') + (shown.length > mostShown ? '  …' : '');
    const tooltip = [...new Set(hints.map((hint) => hint.tooltip))].join('\n');
    return [{ offset: lineEnd(text, place.span.start), label, tooltip }];
  });
}

function changes({ figures }: StepOutcome, names: readonly string[]): readonly { label: string; tooltip: string }[] {
  return figures.flatMap((figure, i) => {
    const name = names[i] ?? '';
    const { before, lowest, after, minimum } = figure;
    if (same(before, after) && same(before, lowest)) return [];
    const shown = lowestOf(figure);
    const least = same(lowest, after) ? '' : `, ${range(lowest)} at its lowest`;
    return [
      {
        label: `${name} ${range(shown)}/${minimum}`,
        tooltip: `${name}: ${range(before)} before, ${range(after)} after${least}; it needs ${minimum} units.`,
      },
    ];
  });
}

/** A restart is told by its lowest moment, everything else by what it leaves. */
function lowestOf({ before, lowest, after }: SubsystemFigures): Figures {
  return same(before, after) ? lowest : after;
}

function same(a: Figures, b: Figures): boolean {
  return a.worst === b.worst && a.best === b.best;
}

export function range({ worst, best }: Figures): string {
  return worst === best ? `${worst}` : `${worst}–${best}`;
}

function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}
