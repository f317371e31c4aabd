import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StepReading } from '../../../server/src/commands/reading/read-step.ts';
import { workOf } from '../../../server/src/lint/check-runbook.ts';
import { rules } from '../../../server/src/rules/index.ts';
import type { StepContext } from '../../../server/src/rules/rule.ts';
import type { StepOutcome } from '../../../server/src/simulation/outcome.ts';
import { checkText, type Folder, fleetIn } from '../../support/lint-folder.ts';
import { cases } from '../../support/reference/cases.ts';
import { filesOf } from '../../support/reference/yaml.ts';

type Around = Omit<StepContext, 'step' | 'actions' | 'commands' | 'outcome'>;

/** What the rules that pass safe steps by would say of the safe steps of a runbook. */
function saidOfSafeSteps(folder: Folder): readonly string[] {
  const name = Object.keys(folder).find((file) => file.includes('.runbook.'));
  const { analysis } = checkText(folder[name ?? ''] ?? '', fleetIn(folder));
  const said = (reading: StepReading, outcome: StepOutcome | undefined, around: Around): readonly string[] => {
    const { step, actions, commands, inner } = reading;
    const own = rules.flatMap((rule) =>
      rule.passesSafe === true && outcome?.verdict === 'safe'
        ? (rule.checkStep?.({ ...around, step, actions, commands, outcome }) ?? []).map(({ message }) => message)
        : [],
    );
    return [...own, ...inner.flatMap((one, i) => said(one, outcome?.steps[i], around))];
  };
  return (workOf(analysis)?.runs ?? []).flatMap(({ around, readings, outcomes }) =>
    readings.flatMap((reading, i) => said(reading, outcomes[i], around)),
  );
}

describe('a rule that passes safe steps by', () => {
  it('has nothing to say of one, in the examples of all rules', () => {
    for (const { good, bad } of rules)
      for (const example of [good, bad]) assert.deepEqual(saidOfSafeSteps(example), []);
  });
  it('has nothing to say of one, in any runbook', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { fleet, runbook } = filesOf(one);
        assert.deepEqual(saidOfSafeSteps({ 'x.runbook.yaml': runbook, 'x.fleet.yaml': fleet }), []);
      }),
      { numRuns: 200 },
    );
  });
});
