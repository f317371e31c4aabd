import type { Figures, Step, Subsystem } from './model.ts';

/** A stretch of the chart over which nothing changes; x in pixels, the rest in units. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly worst: number;
  readonly best: number;
  readonly minimum: number;
}

/** Which units the height shows: `low` at its bottom, `high` at its top. */
interface Scale {
  readonly low: number;
  readonly high: number;
  /** In pixels. */
  readonly height: number;
}

/** Narrower than this, in pixels, a step is no longer drawn by itself. */
const narrow = 4;

/** The middle of a step, in pixels. */
export function middleOf(step: number, steps: number, width: number): number {
  return ((step + 0.5) * width) / Math.max(1, steps);
}

/** The step at a place, from 0; the nearest where there is none. */
export function stepAt(x: number, steps: number, width: number): number {
  const step = Math.floor((x * steps) / Math.max(1, width));
  return Math.min(Math.max(step, 0), Math.max(0, steps - 1));
}

/**
 * The chart of a subsystem as stretches from left to right, equal neighbours joined.
 * A step shows what is there before it, its lowest moment, and what is there after it.
 * Where steps are too narrow for that, a column of pixels stands for several and shows the lowest of them: nothing that falls is lost.
 */
export function stretchesOf({ figures }: Subsystem, width: number): readonly Stretch[] {
  const slot = width / Math.max(1, figures.length);
  if (slot >= narrow) {
    return joined(figures.flatMap((its, step) => threeOf(its, step * slot, slot)));
  }
  const columns = Math.max(1, Math.floor(width / 2));
  const stretches: Stretch[] = [];
  for (let column = 0; column < columns; column++) {
    const first = Math.floor((column * figures.length) / columns);
    const last = Math.max(first + 1, Math.floor(((column + 1) * figures.length) / columns));
    const lowest = lowestOf(figures.slice(first, last));
    if (lowest !== undefined) {
      stretches.push({ from: (column * width) / columns, to: ((column + 1) * width) / columns, ...lowest });
    }
  }
  return joined(stretches);
}

function threeOf({ before, lowest, after, minimum }: Figures, from: number, slot: number): readonly Stretch[] {
  const at = (share: number) => from + share * slot;
  return [
    { from, to: at(0.25), ...before, minimum },
    { from: at(0.25), to: at(0.75), ...lowest, minimum },
    { from: at(0.75), to: at(1), ...after, minimum },
  ];
}

function lowestOf(figures: readonly Figures[]): Pick<Stretch, 'worst' | 'best' | 'minimum'> | undefined {
  if (figures.length === 0) return undefined;
  return {
    worst: Math.min(...figures.map(({ lowest }) => lowest.worst)),
    best: Math.min(...figures.map(({ lowest }) => lowest.best)),
    minimum: Math.max(...figures.map(({ minimum }) => minimum)),
  };
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (
      last !== undefined &&
      last.worst === stretch.worst &&
      last.best === stretch.best &&
      last.minimum === stretch.minimum
    ) {
      result[result.length - 1] = { ...last, to: stretch.to };
    } else result.push(stretch);
  }
  return result;
}

/**
 * From below the lowest figure or the minimum up to full strength, so that small differences near the top are seen too;
 * from zero where that is not much further.
 */
export function scaleOf({ figures, full }: Subsystem, height: number): Scale {
  const lowest = Math.min(full, ...figures.map(({ lowest: { worst }, minimum }) => Math.min(worst, minimum)));
  const high = Math.max(full, ...figures.map(({ minimum }) => minimum), 1);
  const low = Math.floor(lowest - Math.max(1, (high - lowest) * 0.25));
  return { low: low < high * 0.2 ? 0 : low, high, height };
}

/** In pixels from the top. */
export function heightOf(units: number, { low, high, height }: Scale): number {
  return round(height - ((units - low) * height) / Math.max(1, high - low));
}

/** A step line through one of the figures. */
export function linePath(stretches: readonly Stretch[], key: 'worst' | 'best' | 'minimum', scale: Scale): string {
  let path = '';
  let last: number | undefined;
  for (const stretch of stretches) {
    const y = heightOf(stretch[key], scale);
    if (last === undefined) path += `M${round(stretch.from)} ${y}`;
    else if (y !== last) path += `H${round(stretch.from)}V${y}`;
    last = y;
  }
  const end = stretches.at(-1);
  return end === undefined ? '' : `${path}H${round(end.to)}`;
}

/** The band between worst and best. */
export function bandPath(stretches: readonly Stretch[], scale: Scale): string {
  return stretches
    .filter(({ worst, best }) => worst < best)
    .map((stretch) => box(stretch, heightOf(stretch.best, scale), heightOf(stretch.worst, scale)))
    .join('');
}

/** What lies below the minimum, down to the worst. */
export function breachPath(stretches: readonly Stretch[], scale: Scale): string {
  return stretches
    .filter(({ worst, minimum }) => worst < minimum)
    .map((stretch) => box(stretch, heightOf(stretch.minimum, scale), heightOf(stretch.worst, scale)))
    .join('');
}

function box({ from, to }: Stretch, top: number, bottom: number): string {
  return `M${round(from)} ${top}H${round(to)}V${bottom}H${round(from)}Z`;
}

/** A mark in the chart or above it; x in pixels. */
interface Mark {
  readonly x: number;
  readonly step: number;
}

/** Where a subsystem goes below its minimum from above it: `certain` under every choice of servers. */
export function breachMarks(subsystem: Subsystem, width: number): readonly (Mark & { readonly certain: boolean })[] {
  const { figures } = subsystem;
  let certain = false;
  const starts = figures.flatMap(({ lowest, minimum }, step) => {
    const wasBelow = step > 0 && isBelow(figures[step - 1]);
    const isCertain = lowest.best < minimum;
    const begins = lowest.worst < minimum && (!wasBelow || (isCertain && !certain));
    certain = lowest.worst < minimum && (isCertain || (wasBelow && certain));
    return begins ? [{ step, x: middleOf(step, figures.length, width), certain: isCertain }] : [];
  });
  return spread(starts);
}

function isBelow(figures: Figures | undefined): boolean {
  return figures !== undefined && figures.lowest.worst < figures.minimum;
}

/** The steps of a verdict, as marks. */
export function verdictMarks(steps: readonly Step[], verdict: Step['verdict'], width: number): readonly Mark[] {
  const marks = steps.flatMap((step, at) =>
    step.verdict === verdict ? [{ step: at, x: middleOf(at, steps.length, width) }] : [],
  );
  return spread(marks);
}

/** Marks that would cover one another are left out. */
function spread<M extends Mark>(marks: readonly M[]): readonly M[] {
  let last = Number.NEGATIVE_INFINITY;
  return marks.filter(({ x }) => {
    if (x - last < closest) return false;
    last = x;
    return true;
  });
}

/** In pixels. */
const closest = 11;

/** Steps that are numbered on the axis: as many as there is room for, where the longest number has so many digits. */
export function numbered(steps: number, width: number, longest: number): readonly number[] {
  const room = Math.max(1, Math.floor(width / Math.max(36, 12 + 7 * longest)));
  const apart = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((by) => steps / by <= room) ?? steps;
  const found = apart > 1 ? [0] : [];
  for (let step = apart - 1; step < steps; step += apart) found.push(step);
  return found;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
