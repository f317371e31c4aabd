import assert from 'node:assert/strict';
import { workOf } from '../../../server/src/lint/check-runbook.ts';
import { fixesOf } from '../../../server/src/lint/lint.ts';
import { runRule } from '../../../server/src/lint/run-rule.ts';
import { belowMinimum } from '../../../server/src/rules/below-minimum.ts';
import { cannotTell } from '../../../server/src/rules/cannot-tell.ts';
import { internalError } from '../../../server/src/rules/internal-error.ts';
import type { StepContext } from '../../../server/src/rules/rule.ts';
import { simulateStep } from '../../../server/src/simulation/steps/simulate-step.ts';
import { analyseFiles } from '../../support/rule-tester.ts';

const files = {
  'x.runbook.yaml':
    'runbook: x\nsteps:\n  - remove: { group: web, count: 5 }\n  - restore: { group: wbe }\n  - remove: { group: web, count: 6 }\n',
  'x.fleet.yaml': 'fleet: demo\nsubsystems: { web: { minimum: 8 } }\ngroups: { web: { count: 10, serves: [web] } }\n',
};

function broken(): never {
  throw new Error('it broke');
}

describe('a rule that fails', () => {
  it('is told once, and to whom it is of use', () => {
    const [finding, ...others] = runRule(belowMinimum, broken, {}, new Map(), '2');
    assert.equal(finding?.rule, 'internal-error');
    assert.match(finding?.message ?? '', /below-minimum failed on this file: Error: it broke\./);
    assert.deepEqual(others, []);
  });

  it('says nothing where `internal-error` is off', () => {
    assert.deepEqual(runRule(belowMinimum, broken, {}, new Map([['internal-error', 'off']]), '2'), []);
  });

  it('leaves its own findings as they are where only its advice fails', async () => {
    const { advice } = belowMinimum;
    const rulesOf = async () => (await analyseFiles(files)).analysis.findings.map(({ rule }) => rule);
    const usual = await rulesOf();
    try {
      Object.assign(belowMinimum, { advice: broken });
      assert.deepEqual(await rulesOf(), ['internal-error', ...usual]);
    } finally {
      Object.assign(belowMinimum, { advice });
    }
  });

  it('leaves its findings without fixes where only these fail, and tells', async () => {
    const { fixes } = belowMinimum;
    const { analysis } = await analyseFiles(files);
    const told: string[] = [];
    const offered = () =>
      analysis.findings.map((finding) => fixesOf(analysis, finding, (why) => told.push(why)).length);
    const usual = offered();
    assert.deepEqual(told, []);
    try {
      Object.assign(belowMinimum, { fixes: broken });
      const left = analysis.findings.map(({ rule }, i) => (rule === 'below-minimum' ? 0 : usual[i]));
      assert.deepEqual(offered(), left);
    } finally {
      Object.assign(belowMinimum, { fixes });
    }
    assert.match(
      told[0] ?? '',
      /^The fixes of below-minimum failed on .*x\.runbook\.yaml\. All findings stand\..* Error: it broke/s,
    );
  });
});

describe('a simulation of a step that fails', () => {
  it('is told on the step, which changes nothing and is not known to be safe', async () => {
    const { analysis } = await analyseFiles(files);
    const walk = analysis.kind === 'runbook' ? workOf(analysis)?.runs[0]?.walk : undefined;
    const [step, before] = [walk?.steps[0], walk?.states[0]];
    assert.ok(walk && step && before);
    const work = {
      most: 1,
      ofStep: 1,
      get done(): number {
        return broken();
      },
    };
    const { outcome, after } = simulateStep(walk.around, before, step, work);
    assert.equal(after, before);
    assert.equal(outcome.verdict, 'unknown');
    const context: Pick<StepContext, 'outcome' | 'step' | 'actions'> = {
      outcome,
      step: step.step,
      actions: step.actions,
    };
    const [told] = internalError.checkStep?.(context as StepContext) ?? [];
    assert.match(told?.message ?? '', /^The simulation failed on this step: Error: it broke\. /);
    assert.deepEqual(cannotTell.checkStep?.(context as StepContext), []);
  });
});
