import fc from 'fast-check';
import type { Case, Change, PlainFleet, PlainGroup, PlainStep, Target } from './case.ts';
import { maybe } from './fleets.ts';

const rate = (...limits: number[]) =>
  fc.record({
    limit: fc.record({ units: fc.constantFrom(...limits) }),
    window: fc.constantFrom(60, 120, 300, 600),
  });

const group = (name: string): fc.Arbitrary<PlainGroup> =>
  fc
    .record({
      servers: fc.constantFrom(1, 2, 2, 3),
      units: fc.constantFrom(1, 1, 2),
      more: fc.constantFrom({}, {}, { t: 1 }),
      warmup: fc.constantFrom(0, 0, 60, 120),
      zone: maybe(fc.constantFrom('a', 'b'), 1),
    })
    .map(({ servers, units, more, warmup, zone }) => ({
      name,
      servers,
      serves: { s: units, ...more },
      warmup,
      ...(zone === undefined ? {} : { zone }),
    }));

/** Two services under a rate, of which some servers warm up and others do not. */
const fleets: fc.Arbitrary<PlainFleet> = fc
  .record({
    s: rate(1, 2, 3, 4),
    t: maybe(rate(1, 2), 1),
    minimum: fc.constantFrom(0, 0, 2),
    zonesAtOnce: maybe(fc.constant(1), 1),
    groups: fc.oneof(fc.tuple(group('g'), group('h')), fc.tuple(group('g'), group('h'), group('i'))),
  })
  .map(({ s, t, minimum, zonesAtOnce, groups: [first, ...others] }) => ({
    subsystems: [
      {
        name: 's',
        minimum: [{ value: { units: minimum } }],
        removal: s,
        ...(zonesAtOnce === undefined ? {} : { zonesAtOnce }),
      },
      { name: 't', minimum: [{ value: { units: 0 } }], ...(t === undefined ? {} : { removal: t }) },
    ],
    groups: [{ ...first, serves: { ...first.serves, t: 1 } }, ...others],
  }));

function leaf(change: Change, takes?: number): PlainStep {
  return { ...(takes === undefined ? {} : { takes }), does: { kind: 'leaf', typed: false, changes: [change] } };
}

/** Restarts whose batches take unequal times, after others and beside others: what a window may still hold of them. */
export const ratedCases: fc.Arbitrary<Case> = fleets.chain((fleet) => {
  const zones: readonly Target[] = fleet.groups.some(({ zone }) => zone === 'a') ? [{ zone: 'a' }] : [];
  const target = fc.constantFrom<Target>(
    { subsystem: 's' },
    { subsystem: 's' },
    { subsystem: 't' },
    { group: 'g' },
    { group: 'h' },
    ...zones,
  );
  const restart = fc
    .record({
      effect: fc.constantFrom('restart' as const, 'restart' as const, 'surge' as const),
      target,
      batch: maybe(fc.record({ count: fc.constantFrom(1, 1, 2) }), 4),
      pause: maybe(fc.constantFrom(30, 60), 1),
      amount: maybe(fc.constant({ count: 2 }), 1),
      takes: maybe(fc.constantFrom(30, 60, 120), 1),
    })
    .map(({ takes, ...change }) => leaf(change, takes));
  const remove = fc
    .record({ target, count: fc.constantFrom(1, 1, 2) })
    .map(({ target: of, count }) => leaf({ effect: 'remove', target: of, amount: { count } }));
  const wait = fc.constantFrom(30, 60, 120, 300).map((seconds) => leaf({ effect: 'wait', seconds }));
  const change = fc.oneof(restart, remove);
  const beside = fc
    .tuple(restart, fc.oneof(remove, remove, wait, restart))
    .map(([one, other]): PlainStep => ({ does: { kind: 'parallel', steps: [one, other] } }));
  return fc
    .tuple(change, maybe(wait, 2), maybe(change, 1), maybe(wait, 1), fc.oneof(restart, beside), maybe(change))
    .map((steps): Case => ({ fleet, steps: steps.filter((step) => step !== undefined) }));
});
