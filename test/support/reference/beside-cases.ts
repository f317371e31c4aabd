import fc from 'fast-check';
import type { Amount, Case, Change, PlainFleet, PlainGroup, PlainStep, Target } from './case.ts';
import { bound, maybe, removal, subsystem } from './fleets.ts';

/** Fleets of which one subsystem has several groups, many of them alike, as where a service has servers in each zone. */
const fleets: fc.Arbitrary<PlainFleet> = fc
  .record({
    isZoned: fc.constantFrom(false, false, true),
    own: fc.array(fc.record({ servers: fc.constantFrom(1, 1, 2, 2, 2), is: kinds() }), { minLength: 2, maxLength: 3 }),
    other: fc.record({ servers: fc.integer({ min: 1, max: 2 }), is: kinds(), shares: fc.constantFrom(false, true) }),
    removal: maybe(removal, 1),
  })
  .chain(({ isZoned, own, other, removal: limits }) => {
    const often = isZoned ? 2 : 0;
    return fc.record({
      subsystems: fc.tuple(
        subsystem('s', fc.tuple(fc.record({ value: bound(8) })), often),
        subsystem('t', fc.tuple(fc.record({ value: bound(5) })), often),
      ),
      groups: fc.constant([
        ...own.map(({ servers, is }, i) => groupOf('ghi'[i] ?? 'g', servers, is, { s: is.units, ...is.more }, isZoned)),
        groupOf('o', other.servers, other.is, { t: other.is.units, ...(other.shares ? { s: 1 } : {}) }, isZoned),
      ]),
      removal: fc.constant(limits),
    });
  });

interface Kind {
  readonly units: number;
  readonly more: Readonly<Record<string, number>>;
  readonly warmup: number;
  readonly zone: string;
}

function kinds(): fc.Arbitrary<Kind> {
  return fc.record({
    units: fc.constantFrom(1, 1, 1, 1, 2),
    more: fc.constantFrom({}, {}, {}, { t: 1 }),
    warmup: fc.constantFrom(0, 0, 0, 60, 300),
    zone: fc.constantFrom('a', 'b', 'c'),
  });
}

function groupOf(
  name: string,
  servers: number,
  { warmup, zone }: Kind,
  serves: PlainGroup['serves'],
  isZoned: boolean,
): PlainGroup {
  return { name, servers, serves, warmup, ...(isZoned ? { zone } : {}) };
}

const amounts: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ percent: fc.constantFrom(25_000, 50_000) }),
);

/** A change of some of the fleet, by whatever name. */
function changes({ groups }: PlainFleet): fc.Arbitrary<Change> {
  const group = fc.constantFrom(...groups.map(({ name }) => name));
  const target: fc.Arbitrary<Target> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ group }) },
    { weight: 1, arbitrary: fc.record({ subsystem: fc.constantFrom('s', 't') }) },
  );
  const batch = fc.record({ count: fc.integer({ min: 1, max: 3 }) });
  const pause = maybe(fc.constantFrom(60, 300), 1);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        effect: fc.constant('remove' as const),
        target,
        amount: amounts,
        batch: maybe(batch, 1),
        pause,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ effect: fc.constantFrom('restart' as const, 'surge' as const), target, batch, pause }),
    },
    { weight: 2, arbitrary: fc.record({ effect: fc.constant('restore' as const), target }) },
    { weight: 1, arbitrary: fc.record({ effect: fc.constant('wait' as const), seconds: fc.constantFrom(60, 300) }) },
    {
      weight: 1,
      arbitrary: fc.record({ effect: fc.constant('scale' as const), group, to: fc.integer({ min: 0, max: 5 }) }),
    },
  );
}

function leaf(change: Change, takes?: number): PlainStep {
  return { ...(takes ? { takes } : {}), does: { kind: 'leaf', typed: false, changes: [change] } };
}

/** A restart of the subsystem of several groups, batch by batch, beside something else; and steps before and after it. */
export const besideCases: fc.Arbitrary<Case> = fleets.chain((fleet) => {
  const takes = fc.constantFrom(60, 300, 600);
  const step = fc.tuple(changes(fleet), maybe(takes)).map(([change, own]) => leaf(change, own));
  const rolled = fc
    .record({
      effect: fc.constantFrom('restart' as const, 'restart' as const, 'restart' as const, 'surge' as const),
      batch: fc.record({ count: fc.integer({ min: 1, max: 3 }) }),
      pause: maybe(fc.constantFrom(60, 300), 1),
      amount: maybe(amounts, 1),
      takes,
    })
    .map(({ takes: own, ...change }) => leaf({ ...change, target: { subsystem: 's' } }, own));
  const branch = fc.oneof(
    { weight: 4, arbitrary: step },
    {
      weight: 1,
      arbitrary: fc
        .array(step, { minLength: 2, maxLength: 2 })
        .map((steps): PlainStep => ({ does: { kind: 'repeat', times: 1, steps } })),
    },
  );
  const parallel = fc
    .tuple(rolled, fc.array(branch, { minLength: 1, maxLength: 2 }))
    .map(([first, others]): PlainStep => ({ does: { kind: 'parallel', steps: [first, ...others] } }));
  return fc
    .record({
      before: fc.array(step, { maxLength: 1 }),
      parallel,
      after: fc.array(fc.oneof(step, rolled), { maxLength: 1 }),
    })
    .map(({ before, parallel: both, after }): Case => ({ fleet, steps: [...before, both, ...after] }));
});
