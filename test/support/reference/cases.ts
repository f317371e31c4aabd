import fc from 'fast-check';
import {
  type Amount,
  type Case,
  type Change,
  everyStep,
  hostsOf,
  type PlainFleet,
  type PlainGroup,
  type PlainParameter,
  type PlainStep,
  type Target,
} from './case.ts';
import { fleets, hours, maybe } from './fleets.ts';
import { stepsWith } from './parameters.ts';

const seconds = fc.constantFrom(0, 60, 120, 300, 600, 900);

/** What of the fleet a target may name. */
function targets(fleet: PlainFleet): fc.Arbitrary<Target> {
  const names = fleet.subsystems.map(({ name }) => name);
  const groups = fleet.groups.flatMap(({ name, alias }) => (alias ? [name, alias] : [name]));
  const used = [...new Set(fleet.groups.flatMap(({ zone }) => zone ?? []))];
  const marks = [...new Set(fleet.groups.flatMap(({ label }) => label ?? []))];
  const hosts = fleet.groups.flatMap(hostsOf);
  const some = (list: readonly string[]): readonly fc.Arbitrary<string>[] =>
    list.length > 0 ? [fc.constantFrom(...list)] : [];
  const served = names.filter((name) => fleet.groups.some(({ serves }) => name in serves));
  const hostLists =
    hosts.length === 0 ? [] : [fc.uniqueArray(fc.constantFrom(...hosts), { minLength: 1, maxLength: 3 })];
  return fc.oneof(
    ...some(served).map((arbitrary) => ({ weight: 4, arbitrary: fc.record({ subsystem: arbitrary }) })),
    { weight: 4, arbitrary: fc.record({ group: fc.constantFrom(...groups) }) },
    ...hostLists.map((arbitrary) => ({ weight: 4, arbitrary: fc.record({ hosts: arbitrary }) })),
    ...some(used).map((arbitrary) => ({ weight: 2, arbitrary: fc.record({ zone: arbitrary }) })),
    ...some(marks).map((arbitrary) => ({ weight: 2, arbitrary: fc.record({ label: arbitrary }) })),
    { weight: 3, arbitrary: fc.constantFrom(...fleet.groups).chain(narrowed) },
  );
}

/** Several keys that fit the same group narrow each other. */
function narrowed(one: PlainGroup): fc.Arbitrary<Target> {
  const hosts = hostsOf(one);
  return fc.record({
    subsystem: fc.constantFrom(...Object.keys(one.serves)),
    group: maybe(fc.constant(one.name), 1),
    zone: one.zone === undefined ? fc.constant(undefined) : maybe(fc.constant(one.zone)),
    label: one.label === undefined ? fc.constant(undefined) : maybe(fc.constant(one.label)),
    hosts: hosts.length === 0 ? fc.constant(undefined) : maybe(fc.subarray([...hosts], { minLength: 1 }), 1),
  });
}

const amounts: fc.Arbitrary<Amount> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ count: fc.integer({ min: 0, max: 5 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ percent: fc.constantFrom(10_000, 12_500, 25_000, 33_334, 50_000, 67_000, 100_000) }),
  },
  { weight: 2, arbitrary: fc.constant('all' as const) },
  { weight: 1, arbitrary: fc.record({ parameter: fc.constantFrom('p', 'q') }) },
);

/** Bounds that are not far from the usual value, because each value takes a walk of its own. */
function parameter(name: string): fc.Arbitrary<PlainParameter> {
  return fc
    .record({ usual: fc.nat(4), less: fc.nat(1), more: fc.nat(2) })
    .map(({ usual, less, more }) => ({ name, usual, minimum: Math.max(0, usual - less), maximum: usual + more }));
}

const batches: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ percent: fc.constantFrom(10_000, 33_334, 50_000) }),
);

function changes(fleet: PlainFleet): fc.Arbitrary<Change> {
  const target = targets(fleet);
  const rolling = <E extends 'remove' | 'restart' | 'replace' | 'surge'>(effect: E) =>
    fc
      .record({
        effect: fc.constant(effect),
        target,
        amount: maybe(amounts),
        batch: maybe(batches, 1),
        pause: maybe(seconds, 1),
      })
      .map((change) =>
        effect === 'remove' && change.amount === undefined && change.target.hosts === undefined
          ? { ...change, amount: { count: 1 } }
          : change,
      );
  return fc.oneof(
    { weight: 8, arbitrary: rolling('remove') },
    { weight: 3, arbitrary: fc.record({ effect: fc.constant('restore' as const), target, amount: maybe(amounts) }) },
    { weight: 2, arbitrary: rolling('restart') },
    { weight: 1, arbitrary: rolling('replace') },
    { weight: 1, arbitrary: rolling('surge') },
    {
      weight: 1,
      arbitrary: fc.record({
        effect: fc.constant('scale' as const),
        group: fc.constantFrom(...fleet.groups.map(({ name }) => name)),
        to: fc.integer({ min: 0, max: 7 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ effect: fc.constant('wait' as const), seconds }) },
    { weight: 1, arbitrary: fc.record({ effect: fc.constant('check' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        effect: fc.constant('check' as const),
        subsystem: fc.constantFrom(...fleet.subsystems.map(({ name }) => name)),
        atLeast: fc.nat(8),
      }),
    },
  );
}

function leaves(fleet: PlainFleet): fc.Arbitrary<PlainStep> {
  const change = changes(fleet);
  // The shell is not asked to sleep for no time, because such a command is none.
  const typable = change.filter(
    (one) => one.effect !== 'replace' && one.effect !== 'surge' && !(one.effect === 'wait' && one.seconds === 0),
  );
  return fc
    .record({
      around: arounds,
      does: fc.oneof(
        { weight: 4, arbitrary: fc.record({ typed: fc.constant(false), changes: fc.tuple(change) }) },
        {
          weight: 1,
          arbitrary: fc.record({
            typed: fc.constant(true),
            changes: fc.array(typable, { minLength: 1, maxLength: 2 }),
            loops: fc.constantFrom(1, 1, 1, 2, 3),
            isEach: fc.boolean(),
          }),
        },
      ),
    })
    .map(({ around, does }) => ({ ...around, does: { kind: 'leaf', ...does, isEach: isLoopable(does) } }));
}

function isLoopable({
  isEach = false,
  loops,
  changes,
}: {
  isEach?: boolean;
  loops?: number;
  changes: readonly Change[];
}) {
  const [first, another] = changes;
  return (
    isEach &&
    loops === 1 &&
    another === undefined &&
    first !== undefined &&
    'target' in first &&
    first.target.hosts !== undefined
  );
}

/** What any step may have. */
const arounds = fc
  .record({
    when: fc.constantFrom(false, false, false, false, true),
    permanent: fc.constantFrom(false, false, false, false, true),
    takes: maybe(seconds, 1),
  })
  .map(({ when, permanent, takes }) => ({
    ...(when ? { when } : {}),
    ...(permanent ? { permanent } : {}),
    ...(takes === undefined ? {} : { takes }),
  }));

/** Steps that hold others to so many levels. */
function steps(fleet: PlainFleet, depth = 2): fc.Arbitrary<PlainStep> {
  const leaf = leaves(fleet);
  if (depth === 0) return leaf;
  const inner = fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: steps(fleet, depth - 1) });
  const repeat = fc
    .record({
      times: fc.constantFrom(1, 2, 2, 3, 3, 6),
      steps: fc.array(inner, { minLength: 1, maxLength: 2 }),
      around: arounds,
    })
    .map(({ times, steps, around }): PlainStep => ({ ...around, does: { kind: 'repeat', times, steps } }));
  const parallel = fc
    .record({
      steps: fc.array(inner, { minLength: 2, maxLength: 3 }),
      isTwice: fc.constantFrom(false, false, false, true),
      around: arounds,
    })
    .map(({ steps: [first, ...rest], isTwice, around }): PlainStep => {
      // Branches that do the same, of which ids are given later.
      const steps = first === undefined ? rest : isTwice ? [first, first, ...rest.slice(1)] : [first, ...rest];
      return { ...around, does: { kind: 'parallel', steps } };
    });
  return fc.oneof(
    { weight: 10, arbitrary: leaf },
    { weight: 1, arbitrary: repeat },
    { weight: 2, arbitrary: parallel },
  );
}

/** A small fleet, and a runbook for it in which some restores take an earlier step back. */
export const cases: fc.Arbitrary<Case> = fleets.chain((fleet) =>
  fc
    .record({
      fleet: fc.constant(fleet),
      steps: fc.array(steps(fleet), { minLength: 1, maxLength: 5 }),
      back: fc.array(fc.tuple(fc.nat(4), fc.nat(9)), { maxLength: 3 }),
      parameters: fc.tuple(parameter('p'), parameter('q')),
      window: maybe(hours, 3),
    })
    .map(({ steps, back, parameters, window }): Case => {
      const one: Case = { fleet, steps: withRestores(steps, back), parameters, window };
      return { ...one, parameters: parameters.filter(({ name }) => stepsWith(one, name).length > 0) };
    }),
);

/** The restore of an earlier step, put in at some places. */
function withRestores(steps: readonly PlainStep[], back: readonly (readonly [number, number])[]): readonly PlainStep[] {
  const all = [...steps];
  for (const [at, from] of back.toSorted((a, b) => a[0] - b[0])) {
    const place = Math.min(at + 1, all.length);
    const before = everyStep(all.slice(0, place));
    const { path, step } = before[from % before.length] ?? { path: '0', step: all[0] };
    const id = step?.id ?? `step-${path.replaceAll('.', '-')}`;
    const named = all.map((one, i) => withId(one, `${i}`, path, id));
    all.splice(0, all.length, ...named.slice(0, place), restoring(id), ...named.slice(place));
  }
  return all;
}

function restoring(id: string): PlainStep {
  return { does: { kind: 'leaf', typed: false, changes: [{ effect: 'take back', id }] } };
}

/** The step, or the one inside it that is at the path, with the id. */
function withId(step: PlainStep, at: string, path: string, id: string): PlainStep {
  if (at === path) return { ...step, id };
  const { does } = step;
  if (does.kind === 'leaf') return step;
  return { ...step, does: { ...does, steps: does.steps.map((one, i) => withId(one, `${at}.${i}`, path, id)) } };
}
