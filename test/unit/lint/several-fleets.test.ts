import assert from 'node:assert/strict';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { analyseFiles } from '../../support/rule-tester.ts';

const fleet = (name: string, capacity: number) =>
  `fleet: ${name}\nsubsystems: { web: { capacity: ${capacity}, minimum: 6 } }\n`;

const files = (steps: string) => ({
  'x.runbook.yaml': `runbook: x\nfleet: [./east.fleet.yaml, ./west.fleet.yaml]\nsteps:\n${steps}`,
  'east.fleet.yaml': fleet('east', 10),
  'west.fleet.yaml': fleet('west', 6),
});

async function said(steps: string): Promise<readonly string[]> {
  const { analysis } = await analyseFiles(files(steps));
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
  it('shows on which of them a hint is true', async () => {
    const { analysis } = await analyseFiles(files('  - restart: { group: web, batch: 1 }\n'));
    assert.ok(analysis.kind === 'runbook');
    assert.deepEqual(
      inlayHints(analysis, { start: 0, end: analysis.text.length }).map(({ tooltip }) => tooltip),
      [
        'On east, web: 10 before, 10 after, 9 at its lowest; it needs 6 units.\nOn west, web: 6 before, 6 after, 5 at its lowest; it needs 6 units.',
      ],
    );
  });
});
