import assert from 'node:assert/strict';
import { beside, compareMany, mixed, pods, rated, wide } from '../support/reference/agreement.ts';

/** More by hand: `RUNBOOK_LINT_CASES=300000 npx mocha --timeout 0 test/brute/reference.test.ts`; the same again with `RUNBOOK_LINT_SEED`. */
const { RUNBOOK_LINT_CASES = '20000', RUNBOOK_LINT_SEED } = process.env;

/** Of so many cases one may differ: what comes as seldom as that is to be mended, and not to hold up everybody else. */
const oneIn = 8000;

describe(`the simulation against enumeration, ${RUNBOOK_LINT_CASES} cases`, () => {
  const count = Number(RUNBOOK_LINT_CASES);
  const seed = RUNBOOK_LINT_SEED === undefined ? undefined : Number(RUNBOOK_LINT_SEED);
  const kinds = [
    ['of every kind of step and every key of a fleet', mixed, count],
    ['of choices with many ways', wide, Math.ceil(count / 10)],
    ['of restarts of several groups beside other steps', beside, Math.ceil(count / 40)],
    ['of restarts that take unequal times, under a rate', rated, Math.ceil(count / 40)],
    ['of pods that are named in groups that only count them', pods, Math.ceil(count / 10)],
  ] as const;
  for (const [name, kind, numRuns] of kinds)
    it(`says the same of every step, ${name}, and can rarely not tell`, function () {
      this.timeout(0);
      const agreement = compareMany(kind, numRuns, seed);
      const { cases, steps, unknown, differing, first } = agreement;
      console.log(
        `seed ${agreement.seed}: ${cases} cases, ${steps} steps: ${unknown} cannot be told, ${differing} differ`,
      );
      if (differing > 0) console.log(`The first case that differs, made small:${first}`);
      assert.ok(differing * oneIn <= cases, `${differing} cases differ, the first one made small:${first}`);
      assert.ok(unknown * 1000 <= steps, `${unknown} of ${steps} steps`);
    });
});
