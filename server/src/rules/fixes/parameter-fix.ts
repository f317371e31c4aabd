import type { Parameter } from '../../model/runbook.ts';
import { type Span, shift } from '../../syntax/span.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { boundEdits } from './bound-edits.ts';
import type { SafeFigure } from './safe-figure.ts';

/** The parameter that stands in a place of the step; undefined where none does. */
export function parameterIn({ start, end }: Span, { step, head }: FixContext): Parameter | undefined {
  const use = step?.uses.find((one) => start <= one.span.start && one.span.end <= end);
  return use && head?.parameters.find(({ name }) => name.value === use.name);
}

/**
 * The safe figure as the parameter's default, and as the bound on its side where that is looser or missing:
 * the step keeps its parameter, and every other step that uses it gets the figure too.
 */
export function parameterFix(
  parameter: Parameter,
  { value: safe, unit, kind }: SafeFigure,
  key: 'minimum' | 'maximum',
  context: FixContext,
): readonly Fix[] {
  const { default: usual, maximum, minimum, allowed } = parameter;
  const [least, most] = [minimum?.value ?? 0, maximum?.value ?? Number.POSITIVE_INFINITY];
  const isOutside = key === 'maximum' ? safe < least : safe > most;
  if (safe === 0) return [];
  if (allowed !== undefined) return safestOf(parameter, safe, key, context);
  if (isOutside) return [];
  const isLoose = key === 'maximum' ? most > safe : least < safe;
  const file = context.source(-context.offset, context.text.length + farthest);
  const bounds = isLoose ? boundEdits(parameter, { [key]: safe }, file) : [];
  if (bounds === undefined) return [];
  const edits: readonly Edit[] = [
    ...(usual === undefined
      ? []
      : [{ span: usual.span, newText: usual.value?.endsWith('%') === true ? `${safe}%` : `${safe}` }]),
    ...bounds,
  ].map(({ span, newText }) => ({ span: shift(span, -context.offset), newText }));
  if (edits.length === 0 || !context.mends(edits)) return [];
  const what = [...(usual === undefined ? [] : ['default']), ...(bounds.length === 0 ? [] : [key])].join(' and ');
  const said = unit === 'percent' ? `${safe} %` : `${safe}`;
  return [{ title: `Set the parameter's ${what} to ${said}, the ${kind}`, preferred: true, spelling: false, edits }];
}

/** Of the values that the parameter may have, the one nearest to the safe figure on its safe side, as its default. */
function safestOf(
  { default: usual, allowed = [] }: Parameter,
  safe: number,
  key: 'minimum' | 'maximum',
  context: FixContext,
): readonly Fix[] {
  const values = allowed.flatMap(({ value = '' }) => (/^\d+$/.test(value) ? Number(value) : []));
  const fitting = values.filter((value) => value > 0 && (key === 'maximum' ? value <= safe : value >= safe));
  if (usual === undefined || fitting.length === 0) return [];
  const nearest = key === 'maximum' ? Math.max(...fitting) : Math.min(...fitting);
  const edits = [{ span: shift(usual.span, -context.offset), newText: `${nearest}` }];
  const title = `Set the parameter's default to ${nearest}, the ${key === 'maximum' ? 'largest' : 'smallest'} safe one of its values`;
  // The values that are too many are told on their own.
  return context.mends(edits, 'unbounded-parameter') ? [{ title, preferred: true, spelling: false, edits }] : [];
}

const farthest = 1_000_000;
