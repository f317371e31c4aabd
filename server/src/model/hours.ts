import { parseSchedule, type Schedule, type Stretch, week } from './schedule.ts';
import { everyYear, type Period, type Shift, shiftsOf } from './time-zone.ts';

/** Days and hours in the time of a zone. */
export interface Hours {
  readonly schedule: Schedule;
  /** In the order of time; the first is there from the beginning. */
  readonly shifts: readonly Shift[];
}

/** Reads days and hours and their zone, UTC where none is said; undefined where either cannot be read. */
export function hoursOf(during: string, timezone = 'UTC'): Hours | undefined {
  const schedule = parseSchedule(during);
  const shifts = shiftsOf(timezone);
  return schedule && shifts && { schedule, shifts };
}

/** The beginning of 1970 was a Thursday. */
const firstMonday = 3 * 1440;

/**
 * Whether there is a moment that is in both, in any week of any year.
 * Exact to the minute over every shift of either zone: an hour that is skipped is in neither, one that comes twice counts both times.
 */
export function canCoincide(a: Hours, b: Hours, period: Period = everyYear): boolean {
  const begins = [...a.shifts, ...b.shifts].map(({ from }) => Math.max(from, period.from));
  const bounds = [...new Set([period.from, ...begins])].filter((at) => at < period.to).sort((x, y) => x - y);
  return bounds.some((from, i) => {
    const span = { from, to: bounds[i + 1] ?? period.to };
    const [one, two] = [weekly(a, from), weekly(b, from)];
    return one.some((left) => two.some((right) => common(left, right).some((both) => reaches(both, span))));
  });
}

/** The stretches in UTC, as they lie while the zone is as far ahead as it is at that minute; counted from the beginning of 1970. */
function weekly({ schedule, shifts }: Hours, at: number): Schedule {
  const ahead = shifts.findLast(({ from }) => from <= at)?.ahead ?? 0;
  return schedule.map(({ from, length }) => ({ from: modulo(from - ahead - firstMonday), length }));
}

/** What two stretches have in common, every week: nothing, one stretch, or one at either end. */
function common(a: Stretch, b: Stretch): readonly Stretch[] {
  const [after, before] = [modulo(b.from - a.from), modulo(a.from - b.from)];
  const parts: Stretch[] = [];
  if (after < a.length) parts.push({ from: b.from, length: Math.min(b.length, a.length - after) });
  if (before < b.length) parts.push({ from: a.from, length: Math.min(a.length, b.length - before) });
  return parts;
}

/** Whether the stretch comes round within the span. */
function reaches({ from, length }: Stretch, span: Period): boolean {
  const until = modulo(from - span.from);
  return until < span.to - span.from || week - until < length;
}

function modulo(minutes: number): number {
  return ((minutes % week) + week) % week;
}
