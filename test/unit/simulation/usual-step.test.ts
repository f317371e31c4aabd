import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StepOutcome } from '../../../server/src/simulation/outcome.ts';
import { checkText } from '../../support/lint-folder.ts';
import type { Case, PlainStep } from '../../support/reference/case.ts';
import { cases } from '../../support/reference/cases.ts';
import { fleetOf } from '../../support/reference/compare.ts';
import { filesOf } from '../../support/reference/yaml.ts';

describe('a step', () => {
  it('comes to the same the quick way as along all paths, which the only branch of a parallel takes', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const steps = one.steps.filter(({ does, when }) => does.kind === 'leaf' && when !== true);
        const alone = outcomesOf({ ...one, steps });
        const inside = outcomesOf({ ...one, steps: steps.map(inParallel) });
        for (const [i, outcome] of alone.entries()) {
          const branch = inside[i];
          if (branch === undefined || [outcome, branch].some(({ verdict }) => verdict === 'unknown')) return;
          assert.deepEqual(told(branch), told(outcome), `${filesOf({ ...one, steps }).runbook}\nstep ${i}`);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is at its lowest before what came back earlier is warm', () => {
    const fleet =
      'fleet: x\nsubsystems:\n  web: { minimum: 5 }\ngroups:\n  a: { count: 6, serves: [web], warmup: 2m }\n  b: { count: 6, serves: [web] }\n';
    const steps = ['remove: { group: a, count: 2 }', 'restore: { group: a }', 'remove: { group: b, count: 1 }'];
    const runbook = `runbook: x\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}    takes: 5m\n`;
    const [, , last] = checkText(runbook, fleetOf(fleet)).analysis.runs[0]?.outcomes ?? [];
    const sure = (units: number) => ({ worst: units, best: units });
    assert.deepEqual(last?.figures, [{ before: sure(10), lowest: sure(9), after: sure(11), minimum: 5 }]);
  });
});

function inParallel(step: PlainStep): PlainStep {
  return { does: { kind: 'parallel', steps: [step] } };
}

function outcomesOf(one: Case): readonly StepOutcome[] {
  const { fleet, runbook } = filesOf(one);
  return checkText(runbook, fleetOf(fleet)).analysis.runs[0]?.outcomes ?? [];
}

function told({ verdict, figures }: StepOutcome) {
  return { verdict, figures };
}
