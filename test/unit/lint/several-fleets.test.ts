import assert from 'node:assert/strict';
import { analyseFiles } from '../../support/rule-tester.ts';

const fleet = (name: string, capacity: number) =>
  `fleet: ${name}\nsubsystems: { web: { capacity: ${capacity}, minimum: 6 } }\n`;

async function said(steps: string): Promise<readonly string[]> {
  const { analysis } = await analyseFiles({
    'x.runbook.yaml': `runbook: x\nfleet: [./east.fleet.yaml, ./west.fleet.yaml]\nsteps:\n${steps}`,
    'east.fleet.yaml': fleet('east', 10),
    'west.fleet.yaml': fleet('west', 6),
  });
  return analysis.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe('a runbook for several fleets', () => {
  it('is told what holds for all of them once', async () => {
    const [message, ...others] = await said('  - restart: { group: wbe }\n');
    assert.match(message ?? '', /^There is no group `wbe`/);
    assert.deepEqual(others, []);
  });
  it('is told on which of them a step is unsafe', async () => {
    const [message, ...others] = await said('  - restart: { group: web, batch: 1 }\n');
    assert.match(message ?? '', /^On west: Restarting 1 server of web/);
    assert.deepEqual(others, []);
  });
});
