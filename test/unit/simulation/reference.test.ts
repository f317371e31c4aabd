import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beside, compareMany, finds, mixed, pods, rated, wide } from '../../support/reference/agreement.ts';
import { everyStep } from '../../support/reference/case.ts';
import { cases } from '../../support/reference/cases.ts';
import { mistakes } from '../../support/reference/mistake.ts';
import { shrunk } from '../../support/reference/shrink.ts';

describe('the simulation against enumeration', () => {
  // Always the same ones: those of test/brute are new each time.
  const kinds = [
    ['', mixed, 300],
    [' where choices have many ways', wide, 60],
    [' where several groups are restarted beside other steps', beside, 30],
    [' where restarts take unequal times, under a rate', rated, 60],
    [' where pods of counted groups are named', pods, 60],
  ] as const;
  for (const [where, kind, numRuns] of kinds)
    it(`says the same of every step${where}: its figures, the rules it breaks, how certainly, and its verdict`, () => {
      const { cases: compared, steps, unknown, differing, first, seed } = compareMany(kind, numRuns, 20170228);
      assert.ok(compared > numRuns * 0.8, `only ${compared} cases`);
      assert.ok(unknown * 1000 <= steps, `${unknown} of ${steps} steps`);
      assert.equal(differing, 0, `seed ${seed}: ${differing} cases differ, the first one made small:${first}`);
    });

  it('makes a case small of which something holds', () => {
    const [one] = fc.sample(cases, { numRuns: 1, seed: 3 });
    assert.ok(one !== undefined && everyStep(one.steps).length > 2);
    const small = shrunk(one, ({ steps }) => everyStep(steps).some(({ path }) => path === '1'));
    assert.equal(everyStep(small.steps).length, 2);
    assert.equal(small.fleet.groups.length, 1);
    assert.equal(small.fleet.subsystems.length, 1);
  });

  for (const mistake of mistakes)
    it(`finds a reference that makes a mistake: ${mistake}`, () => {
      assert.ok(finds(mistake, 1000));
    });
});
