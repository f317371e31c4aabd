import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action } from '../../../server/src/commands/action.ts';
import { simulate } from '../../../server/src/simulation/simulate.ts';
import {
  firstWorlds,
  groupsOf,
  outIn,
  type PlainAction,
  perform,
  servingIn,
  unitsOf,
  type World,
} from '../../support/brute-force.ts';
import { action, capacityOf, type PlainFleet, placed, servers, stepOf } from '../../support/fleets.ts';

const fleets: fc.Arbitrary<PlainFleet> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([subsystems, groups]) =>
    fc.record({
      minimums: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: subsystems, maxLength: subsystems }),
      groups: fc.array(
        fc.record({
          size: fc.integer({ min: 1, max: 4 }),
          units: fc.array(fc.constantFrom(0, 1, 1, 2), { minLength: subsystems, maxLength: subsystems }),
        }),
        { minLength: groups, maxLength: groups },
      ),
    }),
  );

function actionsOn(fleet: PlainFleet): fc.Arbitrary<readonly PlainAction[]> {
  const target = fc.oneof(
    fc.integer({ min: 0, max: fleet.groups.length - 1 }).map((g) => `g${g}`),
    fc.integer({ min: 0, max: fleet.minimums.length - 1 }).map((s) => `s${s}`),
  );
  const count = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 }) },
    { weight: 1, arbitrary: fc.constant('all' as const) },
  );
  const one: fc.Arbitrary<PlainAction> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('remove' as const), target, count }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), target, count }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('restoreStep' as const), step: fc.integer({ min: 0, max: 4 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('restart' as const), target, batch: fc.integer({ min: 1, max: 3 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('scale' as const),
        group: fc.integer({ min: 0, max: fleet.groups.length - 1 }),
        to: fc.integer({ min: 0, max: 5 }),
      }),
    },
  );
  return fc.array(one, { minLength: 1, maxLength: 5 });
}

function actionOf(plain: PlainAction): Action {
  const amount = (count: number | 'all') => (count === 'all' ? placed({ unit: 'all' } as const) : servers(count));
  switch (plain.do) {
    case 'remove':
    case 'restore':
      return action(plain.do, plain.target, { amount: amount(plain.count) });
    case 'restoreStep':
      return action('restore', undefined, { restores: placed(`step${plain.step}`) });
    case 'restart':
      return action('restart', plain.target, { batch: servers(plain.batch) });
    case 'scale':
      return action('scale-to', `g${plain.group}`, { amount: servers(plain.to) });
  }
}

function figuresOf(fleet: PlainFleet, worlds: readonly World[]): unknown {
  return fleet.minimums.map((_, s) => range(worlds.map((world) => unitsOf(fleet, world.serving)[s] ?? 0)));
}

function range(values: readonly number[]): { worst: number; best: number } {
  return { worst: Math.min(...values), best: Math.max(...values) };
}

describe('the simulation against brute force', () => {
  const told = { steps: 0, obstacles: 0 };

  it('gives the figures, the breaches and their certainty that enumeration gives', () => {
    fc.assert(
      fc.property(
        fleets.chain((fleet) => fc.tuple(fc.constant(fleet), actionsOn(fleet))),
        ([fleet, plan]) => {
          const steps = plan.map((plain, i) => stepOf([actionOf(plain)], `step${i}`));
          const walk = simulate(steps, capacityOf(fleet), { outside: [], fewWays: Number(process.env.FEW ?? 64) });
          let worlds = firstWorlds(fleet);
          for (const [i, plain] of plan.entries()) {
            const outcome = walk.outcomes[i];
            const done = outcome?.actions[0];
            assert.ok(outcome && done);
            told.steps += 1;
            const before = worlds;
            if (done.obstacle !== undefined || done.unknown.length > 0) {
              told.obstacles += done.obstacle === undefined ? 0 : 1;
              continue;
            }
            worlds = perform(fleet, worlds, plain, i);
            const where = `step ${i} of ${JSON.stringify({ fleet, plan })}`;
            assert.deepEqual(
              outcome.figures.map((figure) => figure.after),
              figuresOf(fleet, worlds),
              `after ${where}`,
            );
            const lowest = fleet.minimums.map((_, s) => range(worlds.map((world) => world.lowest[s] ?? 0)));
            const settled = new Set(before.map((world) => world.serving.join())).size === 1;
            const exact = plain.do !== 'restart' || (settled && uniform(fleet, plain.target));
            for (const [s, figure] of outcome.figures.entries()) {
              assert.equal(figure.lowest.worst, lowest[s]?.worst, `worst of s${s} in ${where}`);
              if (exact) assert.equal(figure.lowest.best, lowest[s]?.best, `best of s${s} in ${where}`);
              else assert.ok(figure.lowest.best >= (lowest[s]?.best ?? 0), `best of s${s} in ${where}`);
            }
            if (done.exceeds === undefined) compareBreaches(fleet, before, worlds, done, plain, where);
            if (plain.do === 'remove' && plain.count !== 'all') {
              const serving = range(before.map((world) => servingIn(world, groupsOf(fleet, plain.target))));
              assert.equal(
                done.exceeds !== undefined && done.idle === undefined,
                plain.count > serving.worst && serving.best + outOfAll(before, fleet, plain.target) > 0,
                where,
              );
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('rarely has to say that it cannot tell', () => {
    assert.ok(told.obstacles * 5 < told.steps, `${told.obstacles} of ${told.steps}`);
  });
});

function outOfAll(worlds: readonly World[], fleet: PlainFleet, target: string): number {
  return Math.max(...worlds.map((world) => outIn(world, groupsOf(fleet, target))));
}

function uniform(fleet: PlainFleet, target: string): boolean {
  const groups = groupsOf(fleet, target);
  return fleet.minimums.every(
    (_, s) => new Set(groups.map((g) => fleet.groups[g]?.units[s] ?? 0).filter((units) => units > 0)).size <= 1,
  );
}

function compareBreaches(
  fleet: PlainFleet,
  before: readonly World[],
  worlds: readonly World[],
  done: { readonly breaches: readonly { readonly subsystem: string }[]; readonly certain: boolean },
  plain: PlainAction,
  where: string,
): void {
  const rolls = plain.do === 'restart';
  const falls = fleet.minimums.flatMap((minimum, s) => {
    const was = range(before.map((world) => unitsOf(fleet, world.serving)[s] ?? 0));
    const is = range(worlds.map((world) => world.lowest[s] ?? 0));
    const falling = (is.worst < was.worst && is.worst < minimum) || (is.best < was.best && is.best < minimum);
    return falling && touches(fleet, plain, s) ? [{ s, minimum }] : [];
  });
  if (!rolls || falls.length === 0)
    assert.deepEqual(
      done.breaches.map(({ subsystem }) => subsystem),
      falls.map(({ s }) => `s${s}`),
      `breaches in ${where}`,
    );
  const certain =
    falls.length > 0 && worlds.every((world) => falls.some(({ s, minimum }) => (world.lowest[s] ?? 0) < minimum));
  if (rolls) assert.ok(!done.certain || certain, `certainty in ${where}`);
  else assert.equal(done.certain, certain, `certainty in ${where}`);
}

/** Only subsystems that the target serves can be taken below their minimum. */
function touches(fleet: PlainFleet, plain: PlainAction, subsystem: number): boolean {
  if (plain.do === 'restoreStep') return false;
  const groups = plain.do === 'scale' ? [plain.group] : groupsOf(fleet, plain.target);
  return groups.some((g) => (fleet.groups[g]?.units[subsystem] ?? 0) > 0);
}
