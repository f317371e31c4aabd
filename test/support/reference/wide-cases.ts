import fc from 'fast-check';
import type { Case, Change, PlainFleet, PlainGroup, PlainStep, Target } from './case.ts';
import { bound, maybe, removal, subsystem } from './fleets.ts';

/** Fleets whose groups all differ, so that a choice of servers has many ways. */
const fleets: fc.Arbitrary<PlainFleet> = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 4, max: 6 }))
  .chain(([subsystemCount, groupCount]) => {
    const names = ['s', 't'].slice(0, subsystemCount);
    return fc.record({
      subsystems: fc.tuple(...names.map((name) => subsystem(name, fc.tuple(fc.record({ value: bound(16) })), 2))),
      groups: fc.tuple(...['g', 'h', 'i', 'j', 'k', 'l'].slice(0, groupCount).map((name) => group(name, names))),
      removal: maybe(removal, 1),
    });
  });

function group(name: string, subsystems: readonly string[]): fc.Arbitrary<PlainGroup> {
  return fc
    .record({
      servers: fc.integer({ min: 1, max: 3 }),
      units: fc.tuple(...subsystems.map(() => fc.constantFrom(0, 1, 1, 2, 3, 5))),
      zone: maybe(fc.constantFrom('a', 'b', 'c'), 4),
      warmup: fc.constantFrom(0, 0, 0, 60, 300),
      unavailable: fc.constantFrom(0, 0, 0, 0, 1),
    })
    .map(({ servers, units, zone, warmup, unavailable }) => {
      const serves = Object.fromEntries(
        subsystems.flatMap((one, i) => ((units[i] ?? 0) > 0 ? [[one, units[i] ?? 0] as const] : [])),
      );
      const all = Object.keys(serves).length > 0 ? serves : { [subsystems[0] ?? 's']: 1 };
      return { name, servers, serves: all, warmup, ...(zone ? { zone } : {}), ...(unavailable ? { unavailable } : {}) };
    });
}

function targets({ subsystems, groups }: PlainFleet): fc.Arbitrary<Target> {
  const served = subsystems.filter(({ name }) => groups.some(({ serves }) => name in serves));
  const zones = [...new Set(groups.flatMap(({ zone }) => zone ?? []))];
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ subsystem: fc.constantFrom(...served.map(({ name }) => name)) }) },
    { weight: 1, arbitrary: fc.record({ group: fc.constantFrom(...groups.map(({ name }) => name)) }) },
    ...(zones.length > 0 ? [{ weight: 1, arbitrary: fc.record({ zone: fc.constantFrom(...zones) }) }] : []),
  );
}

function changes(fleet: PlainFleet): fc.Arbitrary<Change> {
  const target = targets(fleet);
  const count = fc.oneof(
    { weight: 5, arbitrary: fc.record({ count: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ percent: fc.constantFrom(10_000, 25_000, 50_000) }) },
  );
  const batch = fc.record({ count: fc.integer({ min: 1, max: 4 }) });
  const pause = maybe(fc.constantFrom(60, 300), 1);
  const seconds = fc.constantFrom(60, 120, 300, 600);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        effect: fc.constant('remove' as const),
        target,
        amount: count,
        batch: maybe(batch, 1),
        pause,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        effect: fc.constantFrom('restart' as const, 'restart' as const, 'replace' as const, 'surge' as const),
        target,
        amount: maybe(count, 1),
        batch,
        pause,
      }),
    },
    { weight: 3, arbitrary: fc.record({ effect: fc.constant('restore' as const), target, amount: maybe(count) }) },
    { weight: 2, arbitrary: fc.record({ effect: fc.constant('wait' as const), seconds }) },
    {
      weight: 1,
      arbitrary: fc.record({
        effect: fc.constant('scale' as const),
        group: fc.constantFrom(...fleet.groups.map(({ name }) => name)),
        to: fc.integer({ min: 0, max: 4 }),
      }),
    },
  );
}

function steps(fleet: PlainFleet): fc.Arbitrary<PlainStep> {
  const change = changes(fleet);
  const leaf = fc
    .record({
      change,
      takes: maybe(fc.constantFrom(60, 300), 1),
      when: fc.constantFrom(false, false, false, false, true),
    })
    .map(
      ({ change: one, takes, when }): PlainStep => ({
        ...(takes ? { takes } : {}),
        ...(when ? { when } : {}),
        does: { kind: 'leaf', typed: false, changes: [one] },
      }),
    );
  const removing = change
    .filter(({ effect }) => effect === 'remove')
    .map((one): PlainStep => ({ does: { kind: 'leaf', typed: false, changes: [one] } }));
  // Several of them in a script, with pauses.
  const scripted = change.filter(({ effect }) => effect === 'remove' || effect === 'wait');
  const script = fc
    .record({ changes: fc.array(scripted, { minLength: 1, maxLength: 3 }), loops: fc.constantFrom(1, 1, 2) })
    .map((own): PlainStep => ({ does: { kind: 'leaf', typed: true, ...own } }));
  const inner = fc.array(fc.oneof({ weight: 4, arbitrary: removing }, { weight: 1, arbitrary: leaf }), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    { weight: 8, arbitrary: leaf },
    { weight: 1, arbitrary: script },
    { weight: 1, arbitrary: inner.map((all): PlainStep => ({ does: { kind: 'parallel', steps: all } })) },
    { weight: 1, arbitrary: inner.map((all): PlainStep => ({ does: { kind: 'repeat', times: 2, steps: all } })) },
  );
}

/** A fleet of several groups that all differ, and a runbook that mostly does not say which servers it takes. */
export const wideCases: fc.Arbitrary<Case> = fleets.chain((fleet) =>
  fc
    .record({
      steps: fc.array(steps(fleet), { minLength: 1, maxLength: 5 }),
      back: fc.array(fc.nat(4), { maxLength: 2 }),
    })
    .map(({ steps: all, back }): Case => ({ fleet, steps: withRestores(all, back) })),
);

/** Restores of some steps, at the end. */
function withRestores(steps: readonly PlainStep[], back: readonly number[]): readonly PlainStep[] {
  const named = steps.map((step, i) => (back.includes(i) ? { ...step, id: `step-${i}` } : step));
  const restores = named.flatMap(({ id }): readonly PlainStep[] =>
    id === undefined ? [] : [{ does: { kind: 'leaf', typed: false, changes: [{ effect: 'take back', id }] } }],
  );
  return [...named, ...restores];
}
