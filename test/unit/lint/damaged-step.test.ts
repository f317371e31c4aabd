import assert from 'node:assert/strict';
import { analyseFiles } from '../../support/rule-tester.ts';

const fleet = 'fleet: demo\nsubsystems:\n  web: { minimum: 6 }\ngroups:\n  web: { hosts: "w[1-8]", serves: [web] }\n';

/** The findings on a runbook, and the verdicts on its steps. */
async function said(steps: string): Promise<readonly string[]> {
  const { analysis } = await analyseFiles({
    'x.runbook.yaml': `runbook: x\nsteps:\n${steps}`,
    'x.fleet.yaml': fleet,
  });
  assert.ok(analysis.kind === 'runbook');
  const verdicts = analysis.runs[0]?.outcomes.flatMap(({ verdict, steps: inner }) => [
    verdict,
    ...inner.map((one) => one.verdict),
  ]);
  return [...analysis.findings.map(({ rule }) => rule), ...(verdicts ?? [])];
}

describe('a step of which a part was misread', () => {
  it('is not safe where commands may be missing from the end of its script', async () => {
    assert.deepEqual(await said('  - run: |\n    kubectl drain w1\n'), ['syntax', 'unknown']);
    assert.deepEqual(await said('  - run: |\n      echo\n    kubectl drain w1\n'), ['syntax', 'unknown']);
    const round = (text: string) => said(`  - repeat:\n      times: 2\n      steps:\n        - wait: 1m\n${text}`);
    assert.deepEqual(await round('        - run: |\n          kubectl drain w1\n'), [
      'syntax',
      'unknown',
      'safe',
      'unknown',
    ]);
  });
  it('is judged by its script where the mistake is elsewhere', async () => {
    assert.deepEqual(await said('  - run: uptime\n    description: "a\n'), ['syntax', 'safe']);
    assert.deepEqual(await said('  - run: kubectl drain w1 w2 w3\n    description: "a\n'), [
      'not-restored',
      'below-minimum',
      'syntax',
      'unsafe',
    ]);
  });
  it('has no id of a step in it', async () => {
    const inner = '        - id: a\n          remove: { group: web, count: [ }\n        - restore: a\n';
    const found = await said(`  - repeat:\n      times: 2\n      steps:\n${inner}`);
    assert.deepEqual(
      found.filter((rule) => rule === 'duplicate-key'),
      [],
    );
  });
});
