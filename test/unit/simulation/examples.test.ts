import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Figures, StepOutcome } from '../../../server/src/simulation/outcome.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const page = readFileSync(new URL('../../../docs/simulation.md', import.meta.url), 'utf8');
const examples = [
  ...page.matchAll(/```yaml\n(fleet:[\s\S]*?)```\n\n```yaml\n(runbook:[\s\S]*?)```\n\n(\| step[\s\S]*?)\n\n/g),
];

describe('the page on the simulation', () => {
  it('has examples', () => assert.equal(examples.length, 3));

  for (const [, fleet = '', runbook = '', table = ''] of examples)
    it(`tells the figures of: ${runbook.slice(9, runbook.indexOf('\n'))}`, () => {
      const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
      const run = analysis.runs[0];
      for (const row of table.split('\n').slice(2)) {
        const [path = '', subsystem = '', ...told] = row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim());
        const index = run?.capacity.subsystems.findIndex(({ name }) => name === subsystem) ?? -1;
        const figures = stepAt(run?.outcomes ?? [], path)?.figures[index];
        assert.ok(figures, row);
        assert.deepEqual([figures.before, figures.lowest, figures.after].map(rangeText), told, row);
      }
    });
});

function stepAt(steps: readonly StepOutcome[], path: string): StepOutcome | undefined {
  const [first, ...rest] = path.split('.');
  const step = steps[Number(first)];
  return rest.length === 0 || step === undefined ? step : stepAt(step.steps, rest.join('.'));
}

function rangeText({ worst, best }: Figures): string {
  return `${worst} to ${best}`;
}
