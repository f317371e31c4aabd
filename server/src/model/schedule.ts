/** Days and hours that come again every week, in the time of some zone: `Mon-Fri 06:00-18:00, Sat 08:00-12:00`. */
export type Schedule = readonly Stretch[];

/** Minutes from Monday 00:00. A stretch may reach past the end of the week, and goes on at its beginning then. */
export interface Stretch {
  /** At least 0 and less than a week. */
  readonly from: number;
  /** At least 1 and at most a week; the last minute is not in the stretch any more. */
  readonly length: number;
}

const day = 1440;
/** Minutes of a week. */
export const week = 7 * day;

const days: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const dayPart = `(?:${days.join('|')})`;
const timePart = '(?:(?:[01]?\\d|2[0-3]):[0-5]\\d|24:00)';
const part = new RegExp(`^(?:(${dayPart})(?:-(${dayPart}))?)?(?:(?:^|(?<=[a-z])\\s+)(${timePart})-(${timePart}))?$`);

/**
 * Reads days and hours; undefined where they have not that form.
 * Commas stand between ranges. Days gather until hours follow, and hours that follow hours are of the same days:
 * `Mon,Wed 06:00-12:00,14:00-18:00, Sat` is two stretches on two days, and all of Saturday.
 * Hours without days are of every day, days without hours are whole, `22:00-02:00` ends on the next day, `Sat-Mon` goes over the weekend.
 */
export function parseSchedule(text: string): Schedule | undefined {
  const stretches: Stretch[] = [];
  let some: number[] = [];
  let told = false;
  for (const item of text.split(',')) {
    const [matched, first, last, from, to] = part.exec(item.trim()) ?? [];
    if (matched === undefined || matched === '') return undefined;
    if (first !== undefined) {
      if (told) some = [];
      told = false;
      some.push(...daysFrom(first, last ?? first));
    }
    if (from === undefined || to === undefined) continue;
    const hours = hoursFrom(from, to);
    if (hours === undefined) return undefined;
    told = true;
    const these = some.length > 0 ? some : days.keys();
    for (const each of these) stretches.push({ from: each * day + hours.from, length: hours.length });
  }
  if (!told) stretches.push(...some.map((each) => ({ from: each * day, length: day })));
  return stretches;
}

function daysFrom(first: string, last: string): readonly number[] {
  const from = days.indexOf(first);
  const count = ((days.indexOf(last) - from + days.length) % days.length) + 1;
  return Array.from({ length: count }, (_, i) => (from + i) % days.length);
}

/** Hours of a day, perhaps into the next; undefined where they are none: `06:00-06:00`, `24:00-02:00`. */
function hoursFrom(from: string, to: string): Stretch | undefined {
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  if (begin === end || begin === day) return undefined;
  return { from: begin, length: end > begin ? end - begin : end - begin + day };
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
