import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Course } from '../../../server/src/simulation/steps/restart-course.ts';
import { allTails, extremeTails, type Tail } from '../../../server/src/simulation/steps/restart-tails.ts';
import { placed, weights } from '../../../server/src/simulation/worlds/place.ts';

const kinds = fc.record({
  count: fc.integer({ min: 0, max: 5 }),
  lasts: fc.constantFrom(0, 1, 3, 4),
  weight: fc.integer({ min: 0, max: 3 }),
});

const courses = fc
  .record({
    kinds: fc.array(kinds, { minLength: 1, maxLength: 4 }),
    batch: fc.integer({ min: 1, max: 4 }),
    pause: fc.constantFrom(0, 0, 1, 2),
    surge: fc.boolean(),
    window: fc.integer({ min: 1, max: 9 }),
  })
  .filter((one) => one.kinds.some(({ count }) => count > 0));

type Seen = ReadonlyMap<string, { readonly least: number; readonly most: number }>;

/**
 * How much of what weighs something has left within each shorter window at least and at most, over some ways; where it is longer than all of the restart, by how long that took.
 * `isAlone`: what went before the window binds nothing.
 */
function seenBy(
  ways: Iterable<Tail>,
  { due, lasts }: Course,
  window: number,
  weight: (position: number) => number,
  isAlone: boolean,
): Seen {
  const seen = new Map<string, { least: number; most: number }>();
  for (const { takes: aged, lasted } of ways) {
    const takes = aged.map(({ age, count, isFrom }) => ({
      age,
      count,
      positions: due.flatMap((_, position) => (isFrom(lasts[position] ?? 0) ? [position] : [])),
    }));
    if (placed(takes, due, () => 0) === undefined) continue;
    for (let within = 1; within <= window; within++) {
      const some = isAlone ? takes.filter(({ age }) => age < within) : takes;
      const range = weights(some, due, (take, position) => ((some[take]?.age ?? 0) < within ? weight(position) : 0));
      // What left before a restart counts with it where the window is longer than that.
      const key = `${within} of a restart of ${(lasted ?? window) < within ? lasted : 'some time'}`;
      const { least, most } = seen.get(key) ?? { least: Number.POSITIVE_INFINITY, most: 0 };
      seen.set(key, { least: Math.min(least, range?.least ?? 0), most: Math.max(most, range?.most ?? 0) });
    }
  }
  return seen;
}

describe('the last batches of a restart', () => {
  it('are looked at in ways that show how much any one window holds', () => {
    fc.assert(
      fc.property(courses, ({ kinds: all, batch, pause, surge, window }) => {
        const due = all.map(({ count }) => count);
        const lasts = all.map((one) => one.lasts);
        const left = due.reduce((sum, count) => sum + count, 0);
        const speeds = [...new Set(all.flatMap((one) => (one.count > 0 ? [one.lasts] : [])))].sort((a, b) => a - b);
        const rounds = Math.ceil(left / batch);
        const course: Course = {
          due,
          left,
          batch: Math.min(batch, left),
          rounds,
          lasts,
          speeds,
          pause,
          surge,
          out: [],
          longest: 0,
          bound: [],
          beside: [],
        };
        const weight = (position: number) => all[position]?.weight ?? 0;
        const some = seenBy(extremeTails(course, window), course, window, weight, true);
        const every = seenBy(allTails(course, window), course, window, weight, false);
        assert.deepEqual([...some.keys()].sort(), [...every.keys()].sort());
        const highest = (seen: Seen, within: number) =>
          Math.max(...[...seen].map(([key, { most }]) => (key.startsWith(`${within} `) ? most : 0)));
        for (let within = 1; within <= window; within++)
          assert.equal(highest(some, within), highest(every, within), `${within}`);
        for (const [key, { least, most }] of every) {
          assert.ok((some.get(key)?.least ?? 0) <= least, key);
          if (!key.endsWith('some time')) assert.equal(some.get(key)?.most, most, key);
        }
      }),
      { numRuns: 500 },
    );
  });
});
