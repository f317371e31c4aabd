import fc from 'fast-check';
import type { Bound, PlainFleet, PlainGroup, PlainHours, PlainMinimum, PlainRemoval, PlainSubsystem } from './case.ts';

const zones = ['a', 'b', 'c'] as const;
const labels = ['core', 'edge'] as const;

/** Whole ones, and others of up to three decimals. */
const percents = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.nat(most).map((whole) => whole * 1000) },
    { weight: 1, arbitrary: fc.constantFrom(500, 12_500, 33_333, 33_334, 66_667, 99_999) },
  );

export const bound = (most: number): fc.Arbitrary<Bound> =>
  fc.oneof(fc.record({ units: fc.nat(most) }), fc.record({ percent: percents(100) }));

/** There so often that it is `often` times there for three times that it is absent. */
export const maybe = <T>(arbitrary: fc.Arbitrary<T>, often = 2): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: often, arbitrary });

export const removal: fc.Arbitrary<PlainRemoval> = fc
  .record({
    limit: fc.oneof(bound(8), fc.record({ percent: percents(250) })),
    window: fc.constantFrom(60, 300, 600),
    zonesAtOnce: fc.integer({ min: 1, max: 2 }),
    keys: fc.constantFrom('limit', 'zones', 'both'),
  })
  .map(({ limit, window, zonesAtOnce, keys }) => ({
    ...(keys === 'zones' ? {} : { limit, window }),
    ...(keys === 'limit' ? {} : { zonesAtOnce }),
  }));

export const hours: fc.Arbitrary<PlainHours> = fc.record({
  first: fc.nat(6),
  last: fc.nat(6),
  from: fc.constantFrom(0, 120, 150, 540, 1320),
  to: fc.constantFrom(60, 165, 360, 600, 1080, 1380),
  timezone: fc.constantFrom(undefined, 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata'),
});

const minimums: fc.Arbitrary<readonly PlainMinimum[]> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.record({ value: bound(8) })) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ value: bound(8), during: maybe(hours, 3) }), { minLength: 1, maxLength: 3 }),
  },
);

/** A subsystem with these minimums; it must survive a loss `often` times for three times that it need not. */
export function subsystem(
  name: string,
  minimum: fc.Arbitrary<readonly PlainMinimum[]>,
  often: number,
): fc.Arbitrary<PlainSubsystem> {
  return fc.record({
    name: fc.constant(name),
    minimum,
    minimumPerZone: maybe(bound(4), 1),
    survives: maybe(
      fc.constantFrom<PlainSubsystem['survives'][]>({ zones: 1 }, { hosts: 1 }, { hosts: 2 }, { zones: 1, hosts: 1 }),
      often,
    ),
    removal: maybe(removal, 1),
  });
}

function group(name: string, subsystems: readonly string[]): fc.Arbitrary<PlainGroup> {
  return fc
    .record({
      count: fc.integer({ min: 1, max: 4 }),
      named: fc.boolean(),
      serves: fc
        .uniqueArray(fc.constantFrom(...subsystems), { minLength: 1, maxLength: 3 })
        .chain((names) =>
          fc
            .tuple(...names.map((one) => fc.tuple(fc.constant(one), fc.constantFrom(1, 1, 1, 2, 3))))
            .map((pairs) => Object.fromEntries(pairs)),
        ),
      zone: maybe(fc.constantFrom(...zones), 4),
      unavailable: fc.constantFrom(0, 0, 0, 1, 2),
      byName: fc.boolean(),
      warmup: fc.constantFrom(0, 0, 60, 300),
      label: maybe(fc.constantFrom(...labels), 1),
      alias: fc.boolean(),
    })
    .map(({ count, named, unavailable, byName, alias, ...rest }) => {
      const hosts = named ? Array.from({ length: count }, (_, i) => `${name}-${i + 1}`) : undefined;
      const out = Math.min(unavailable, count);
      return {
        name,
        servers: hosts ?? count,
        ...rest,
        ...(out === 0 ? {} : { unavailable: hosts && byName ? hosts.slice(0, out) : out }),
        ...(alias ? { alias: `asg-${name}` } : {}),
      };
    });
}

/** Small fleets, of up to four groups and one subsystem of its own. */
export const fleets: fc.Arbitrary<PlainFleet> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .chain(([subsystemCount, groupCount]) => {
    const names = ['s', 't', 'u'].slice(0, subsystemCount);
    return fc.record({
      subsystems: fc.tuple(...names.map((name) => subsystem(name, minimums, 1))),
      groups: fc.tuple(...['g', 'h', 'i', 'j'].slice(0, groupCount).map((name) => group(name, names))),
      removal: maybe(removal),
      implicit: maybe(fc.integer({ min: 1, max: 5 }), 1),
    });
  })
  .map(({ implicit, ...fleet }) => (implicit === undefined ? fleet : withImplicit(fleet, implicit)));

/** The fleet with one subsystem more, which has servers of its own and no group. */
function withImplicit(fleet: PlainFleet, servers: number): PlainFleet {
  const name = 'v';
  const more: PlainSubsystem = { name, minimum: [{ value: { percent: 50_000 } }] };
  const own: PlainGroup = { name, isImplicit: true, servers, serves: { [name]: 1 }, warmup: 0 };
  return { ...fleet, subsystems: [...fleet.subsystems, more], groups: [...fleet.groups, own] };
}
