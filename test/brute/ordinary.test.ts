import assert from 'node:assert/strict';
import { beyondLimits } from '../../server/src/simulation/limits.ts';
import { checkText, fleetIn } from '../support/lint-folder.ts';
import { ordinary } from '../support/ordinary.ts';

/** The same again with `RUNBOOK_LINT_SEED`. */
const { RUNBOOK_LINT_SEED } = process.env;

const runbooks = 150;

describe('the budget of a step, in what teams write', () => {
  for (const size of [6, 20, 100])
    it(`is reached by fewer than one step in a hundred, with groups of about ${size} servers`, function () {
      this.timeout(0);
      const seed = RUNBOOK_LINT_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(RUNBOOK_LINT_SEED);
      let [steps, beyond] = [0, 0];
      for (let i = 0; i < runbooks; i++) {
        const { fleet, runbook } = ordinary(seed + i, size);
        const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
        const outcomes = analysis.runs[0]?.outcomes ?? [];
        steps += outcomes.length;
        beyond += outcomes.filter(({ obstacle }) => obstacle?.why === beyondLimits).length;
        assert.ok(outcomes.every(({ obstacle }) => obstacle === undefined || obstacle.why === beyondLimits));
      }
      console.log(`seed ${seed}: ${steps} steps of ${runbooks} runbooks, ${beyond} cannot be told`);
      // A runbook may hold the same kind of step several times.
      assert.ok(beyond * 100 <= steps, `${beyond} of ${steps} steps`);
    });
});
