import type { PlainHours } from './case.ts';

export const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A day of the week, from 0 for Monday, and the minute of it that clocks show. */
interface Local {
  readonly day: number;
  readonly minute: number;
}

const known = new Map<string, readonly Local[]>();

/** Whether some moment is in both: every quarter of an hour of one year is looked at, with its changes to summer time and back. */
export function canMeet(one: PlainHours, other: PlainHours): boolean {
  const theirs = clockOf(other.timezone);
  return clockOf(one.timezone).some((local, i) => isIn(one, local) && isIn(other, theirs[i] ?? local));
}

/** What clocks of the zone show at every quarter of an hour. */
function clockOf(timeZone = 'UTC'): readonly Local[] {
  const made = known.get(timeZone) ?? clockFor(timeZone);
  known.set(timeZone, made);
  return made;
}

function clockFor(timeZone: string): readonly Local[] {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const start = Date.UTC(2026, 0, 1);
  return Array.from({ length: 365 * 96 }, (_, quarter) => {
    const [, day = '', hour, minute] = /(\w+)\D+(\d+):(\d+)/.exec(format.format(start + quarter * 900_000)) ?? [];
    return { day: days.indexOf(day), minute: Number(hour) * 60 + Number(minute) };
  });
}

function isIn({ first, last, from, to }: PlainHours, { day, minute }: Local): boolean {
  const isOn = (one: number) => (first <= last ? first <= one && one <= last : first <= one || one <= last);
  if (from < to) return isOn(day) && from <= minute && minute < to;
  // They end on the next day.
  return (isOn(day) && from <= minute) || (isOn((day + 6) % 7) && minute < to);
}
