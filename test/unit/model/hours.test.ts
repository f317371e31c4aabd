import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { canCoincide, hoursOf } from '../../../server/src/model/hours.ts';
import { parseSchedule, week } from '../../../server/src/model/schedule.ts';
import { everyYear, isTimeZone, shiftsOf } from '../../../server/src/model/time-zone.ts';

const hour = 60;
const day = 24 * hour;

describe('days and hours', () => {
  const cases: readonly (readonly [string, readonly (readonly [number, number])[]])[] = [
    ['Sat 02:00-06:00', [[5 * day + 2 * hour, 4 * hour]]],
    [
      'Mon-Tue 6:00-18:00',
      [
        [6 * hour, 12 * hour],
        [day + 6 * hour, 12 * hour],
      ],
    ],
    [
      'Sun-Mon',
      [
        [6 * day, day],
        [0, day],
      ],
    ],
    ['Fri 22:00-02:00', [[4 * day + 22 * hour, 4 * hour]]],
    ['Wed 00:00-24:00', [[2 * day, day]]],
    [
      'Mon,Wed 06:00-07:00,09:00-10:00, Sat',
      [
        [6 * hour, hour],
        [2 * day + 6 * hour, hour],
        [9 * hour, hour],
        [2 * day + 9 * hour, hour],
        [5 * day, day],
      ],
    ],
  ];
  for (const [text, stretches] of cases) {
    it(text, () => {
      assert.deepEqual(
        parseSchedule(text)?.map(({ from, length }) => [from, length]),
        stretches,
      );
    });
  }
  it('hours without days are of every day', () => assert.equal(parseSchedule('08:00-09:00')?.length, 7));
  for (const text of [
    '',
    'mon',
    'Mon 6-18',
    '06:00-06:00',
    '24:00-02:00',
    'Mon-Fri06:00-18:00',
    'Mon 25:00-26:00',
    'Mon,',
    '06:00 Mon',
  ]) {
    it(`not ${text}`, () => assert.equal(parseSchedule(text), undefined));
  }
});

describe('two sets of hours', () => {
  const coincide = (a: string, zoneA: string, b: string, zoneB: string) => {
    const [one, two] = [hoursOf(a, zoneA), hoursOf(b, zoneB)];
    assert.ok(one && two);
    assert.equal(canCoincide(one, two), canCoincide(two, one));
    return canCoincide(one, two);
  };
  it('meet or not', () => {
    assert.equal(coincide('Sat 02:00-06:00', 'UTC', 'Sat 06:00-08:00', 'UTC'), false);
    assert.equal(coincide('Sat 02:00-06:00', 'UTC', 'Fri 22:00-02:01', 'UTC'), true);
    assert.equal(coincide('Sun 22:00-02:00', 'UTC', 'Mon 01:00-02:00', 'UTC'), true);
  });
  it('meet in the weeks in which only one of two zones has shifted', () => {
    // Los Angeles is nine hours behind Berlin, and eight for some weeks.
    assert.equal(coincide('Mon 09:00-10:00', 'America/Los_Angeles', 'Mon 18:00-19:00', 'Europe/Berlin'), true);
    assert.equal(coincide('Mon 09:00-10:00', 'America/Los_Angeles', 'Mon 17:00-18:00', 'Europe/Berlin'), true);
    assert.equal(coincide('Mon 09:00-10:00', 'America/Los_Angeles', 'Mon 16:00-17:00', 'Europe/Berlin'), false);
    assert.equal(coincide('Mon 09:00-10:00', 'America/Los_Angeles', 'Mon 19:00-20:00', 'Europe/Berlin'), false);
  });
  it('do not meet in an hour that is skipped, and meet in one that comes twice', () => {
    // On the Sunday of the shift it is 06:00 or 07:00 in UTC at 02:00 in New York, never 07:00 before the shift.
    assert.equal(coincide('Sun 02:00-03:00', 'America/New_York', 'Sun 06:00-08:00', 'UTC'), true);
    assert.equal(coincide('Sun 01:00-02:00', 'America/New_York', 'Sun 05:00-05:30', 'UTC'), true);
    assert.equal(coincide('Sun 01:00-02:00', 'America/New_York', 'Sun 06:30-06:45', 'UTC'), true);
    assert.equal(coincide('Sun 01:00-02:00', 'America/New_York', 'Sun 07:00-08:00', 'UTC'), false);
  });
  it('know zones by their names', () => {
    assert.ok(isTimeZone('Australia/Lord_Howe'));
    assert.equal(isTimeZone('Mars/Olympus'), false);
    assert.equal(hoursOf('Mon', 'Mars/Olympus'), undefined);
  });

  it('are what a clock shows, minute by minute', () => {
    const zones = [
      'UTC',
      'America/Los_Angeles',
      'Europe/Berlin',
      'Australia/Sydney',
      'America/Santiago',
      'Africa/Casablanca',
    ];
    const step = 30;
    const period = { from: Date.UTC(2029, 0, 1) / 60_000, to: Date.UTC(2031, 0, 1) / 60_000 };
    const clocks = new Map(zones.map((zone) => [zone, clockOf(zone, period, step)]));
    const time = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${Math.floor(half / 2)}:${half % 2 === 0 ? '00' : '30'}`);
    const range = fc
      .tuple(fc.constantFrom('Mon ', 'Sat ', 'Sun ', 'Sat-Mon '), time, time)
      .filter(([, a, b]) => a !== b)
      .map(([d, a, b]) => `${d}${a}-${b}`);
    fc.assert(
      fc.property(range, fc.constantFrom(...zones), range, fc.constantFrom(...zones), (a, zoneA, b, zoneB) => {
        const [one, two] = [hoursOf(a, zoneA), hoursOf(b, zoneB)];
        assert.ok(one && two);
        const [here, there] = [clocks.get(zoneA) ?? [], clocks.get(zoneB) ?? []];
        const [inOne, inTwo] = [minutesIn(a), minutesIn(b)];
        const meets = here.some((minute, i) => inOne.has(minute) && inTwo.has(there[i] ?? -1));
        assert.equal(canCoincide(one, two, period), meets);
      }),
      { numRuns: 300 },
    );
  });
  it('shift twice a year on either half of the world, half an hour on Lord Howe', () => {
    const years = 12;
    for (const zone of ['America/Los_Angeles', 'Australia/Sydney', 'Australia/Lord_Howe']) {
      assert.equal(
        shiftsOf(zone)?.filter(({ from }) => from > everyYear.from && from < everyYear.to).length,
        2 * years,
        zone,
      );
    }
    const ahead = new Set(shiftsOf('Australia/Lord_Howe')?.map((shift) => shift.ahead));
    assert.deepEqual([...ahead].sort(), [630, 660]);
  });
});

/** The minute of the week that a clock of the zone shows at each step, read from the words of the platform's own calendar. */
function clockOf(
  zone: string,
  period: { readonly from: number; readonly to: number },
  step: number,
): readonly number[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const minutes: number[] = [];
  for (let at = period.from; at < period.to; at += step) {
    const [, name, h, m] = /(\w{3}) (\d\d):(\d\d)/.exec(format.format(at * 60_000)) ?? [];
    minutes.push(
      ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name ?? '') * day + Number(h) * hour + Number(m),
    );
  }
  return minutes;
}

function minutesIn(text: string): ReadonlySet<number> {
  const all = new Set<number>();
  for (const { from, length } of parseSchedule(text) ?? [])
    for (let i = 0; i < length; i += 30) all.add((from + i) % week);
  return all;
}
