import { shape } from './dom.ts';
import {
  bandPath,
  breachMarks,
  breachPath,
  heightOf,
  linePath,
  middleOf,
  numbered,
  scaleOf,
  stretchesOf,
  verdictMarks,
} from './geometry.ts';
import type { Step, Subsystem } from './model.ts';
import { stepNumber } from './step-number.ts';

/** In pixels. */
const chartHeight = 52;
const stripHeight = 26;
/** Room for the marks above and below the lines. */
const margin = 6;

/** The step chart of a subsystem; `label` says in words what it shows. */
export function chart(subsystem: Subsystem, width: number, label: string): SVGSVGElement {
  const scale = scaleOf(subsystem, chartHeight - 2 * margin);
  const stretches = stretchesOf(subsystem, width);
  const minimum = stretches.at(-1)?.minimum ?? 0;
  const marks = breachMarks(subsystem, width).map(({ x, step, certain }) => {
    const its = subsystem.figures[step];
    const y = its === undefined ? 0 : heightOf(its.lowest.worst, scale);
    return shape('path', { class: certain ? 'mark certain' : 'mark', d: fallingMark(x, Math.min(y, scale.height)) });
  });
  const path = (name: string, d: string) => shape('path', { class: name, d });
  return shape(
    'svg',
    { width, height: chartHeight, viewBox: `0 ${-margin} ${width} ${chartHeight}`, role: 'img', 'aria-label': label },
    path('range', bandPath(stretches, scale)),
    path('breach', breachPath(stretches, scale)),
    path('best', linePath(stretches, 'best', scale)),
    path('worst', linePath(stretches, 'worst', scale)),
    path('minimum', linePath(stretches, 'minimum', scale)),
    shape('text', { class: 'tick', x: -4, y: 4, 'text-anchor': 'end' }, `${scale.high}`),
    shape('text', { class: 'tick', x: -4, y: scale.height + 3, 'text-anchor': 'end' }, `${scale.low}`),
    shape('text', { class: 'tick', x: width + 4, y: heightOf(minimum, scale) + 3 }, `${minimum}`),
    ...marks,
  );
}

/** A triangle that points down, with its tip at the figure. */
function fallingMark(x: number, y: number): string {
  return `M${x - 5} ${y - 8}H${x + 5}L${x} ${y}Z`;
}

/** The axis: the steps' numbers, and a shape over those that are unsafe or cannot be told. */
export function strip(steps: readonly Step[], width: number): SVGSVGElement {
  const longest = steps.reduce((most, { index }) => Math.max(most, index.length), 0);
  const numbers = numbered(steps.length, width, longest).map((step) =>
    shape(
      'text',
      { class: 'number', x: middleOf(step, steps.length, width), y: stripHeight - 3, 'text-anchor': 'middle' },
      stepNumber(steps[step]),
    ),
  );
  const unsafe = verdictMarks(steps, 'unsafe', width).map(({ x }) =>
    shape('path', { class: 'unsafe', d: `M${x - 5} 12H${x + 5}L${x} 3Z` }),
  );
  const unknown = verdictMarks(steps, 'unknown', width).map(({ x }) =>
    shape('path', { class: 'unknown', d: `M${x - 5} 8L${x} 3L${x + 5} 8L${x} 13Z` }),
  );
  const size = { width, height: stripHeight, viewBox: `0 0 ${width} ${stripHeight}`, 'aria-hidden': 'true' };
  return shape('svg', size, shape('path', { class: 'axis', d: `M0 14H${width}` }), ...numbers, ...unsafe, ...unknown);
}

/** A short piece of one of the lines, to say beside it which it is. */
export function sample(line: 'worst' | 'best' | 'minimum'): SVGSVGElement {
  const size = { width: 14, height: 8, viewBox: '0 0 14 8', 'aria-hidden': 'true' };
  return shape('svg', size, shape('path', { class: line, d: 'M0 4H14' }));
}

/** The pattern with which what lies below the minimum is filled: a shape of its own, not only a colour. */
export function hatching(): SVGSVGElement {
  const size = { id: 'hatching', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
  const pattern = shape('pattern', size, shape('path', { class: 'hatch', d: 'M0 0V6' }));
  return shape('svg', { class: 'defs', width: 0, height: 0, 'aria-hidden': 'true' }, shape('defs', {}, pattern));
}
