import type { PlainHours } from './case.ts';

export const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const day = 1440;
const known = new Map<string, Uint16Array>();

/** Whether some moment is in both: every quarter of an hour of one year is looked at, with its changes to summer time and back. */
export function canMeet(one: PlainHours, other: PlainHours): boolean {
  const theirs = clockOf(other.timezone);
  return clockOf(one.timezone).some((local, i) => isIn(one, local) && isIn(other, theirs[i] ?? local));
}

/** The minute of the week that clocks of the zone show at every quarter of an hour. */
function clockOf(timeZone = 'UTC'): Uint16Array {
  const made = known.get(timeZone) ?? clockFor(timeZone);
  known.set(timeZone, made);
  return made;
}

function clockFor(timeZone: string): Uint16Array {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const start = Date.UTC(2026, 0, 1);
  return Uint16Array.from({ length: 365 * 96 }, (_, quarter) => {
    const [, name = '', hour, minute] = /(\w+)\D+(\d+):(\d+)/.exec(format.format(start + quarter * 900_000)) ?? [];
    return days.indexOf(name) * day + Number(hour) * 60 + Number(minute);
  });
}

function isIn({ first, last, from, to }: PlainHours, local: number): boolean {
  const minute = local % day;
  const today = (local - minute) / day;
  const isToday = (today - first + 7) % 7 <= (last - first + 7) % 7;
  if (from < to) return isToday && from <= minute && minute < to;
  // They end on the next day.
  const isYesterday = (today + 6 - first + 7) % 7 <= (last - first + 7) % 7;
  return (isToday && from <= minute) || (isYesterday && minute < to);
}
