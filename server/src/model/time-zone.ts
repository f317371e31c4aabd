/** From this minute on, a zone is so many minutes ahead of UTC. */
export interface Shift {
  /** Minutes since the beginning of 1970, in UTC. */
  readonly from: number;
  readonly ahead: number;
}

/** A span of time in minutes since the beginning of 1970, its end left out. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * The years that stand for every year: the core has no clock, and twelve years hold each date on each day of the week,
 * so that two zones shift against one another in every way that they ever do.
 */
export const everyYear: Period = { from: minuteOf(2026), to: minuteOf(2038) };

/** Shorter than any time between two shifts of a zone. */
const stride = 4 * 1440;

function minuteOf(year: number): number {
  return Date.UTC(year, 0, 1) / 60_000;
}

/** Whether there is a time zone of that IANA name. */
export function isTimeZone(name: string): boolean {
  return formatFor(name) !== undefined;
}

/** All names of time zones that this host knows. */
export function timeZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}

const known = new Map<string, readonly Shift[]>();

/** How far the zone is ahead of UTC from when on, over the years that stand for all; undefined where there is no such zone. */
export function shiftsOf(zone: string): readonly Shift[] | undefined {
  const found = known.get(zone);
  if (found !== undefined) return found;
  const format = formatFor(zone);
  if (format === undefined) return undefined;
  const shifts = findShifts((minute) => aheadAt(format, minute));
  known.set(zone, shifts);
  return shifts;
}

/** The names of three letters that the IANA database has; of others, such as `BST`, hosts make what they like: Dhaka, or nothing. */
const short = new Set('CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '));

function formatFor(zone: string): Intl.DateTimeFormat | undefined {
  if (/^[a-z]{3}$/i.test(zone) && !short.has(zone.toUpperCase())) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
  } catch {
    return undefined;
  }
}

function aheadAt(format: Intl.DateTimeFormat, minute: number): number {
  const parts = new Map(format.formatToParts(minute * 60_000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return local / 60_000 - minute;
}

/** Looks at every few days, and between two that differ for the very minute. */
function findShifts(ahead: (minute: number) => number): readonly Shift[] {
  const shifts: Shift[] = [{ from: everyYear.from, ahead: ahead(everyYear.from) }];
  let before = ahead(everyYear.from);
  for (let at = everyYear.from + stride; at < everyYear.to + stride; at += stride) {
    const now = ahead(at);
    if (now === before) continue;
    let [low, high] = [at - stride, at];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (ahead(middle) === before) low = middle;
      else high = middle;
    }
    shifts.push({ from: high, ahead: now });
    before = now;
  }
  return shifts;
}
