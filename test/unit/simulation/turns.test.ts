import assert from 'node:assert/strict';
import { analyseFiles } from '../../support/rule-tester.ts';

const fleet = (warmup: string) =>
  `fleet: demo\nsubsystems: { web: { minimum: 8 } }\ngroups: { web: { hosts: "web[01-10]", serves: [web], labels: { app: web }, warmup: ${warmup} } }\n`;

/** What is said, in rules, of a loop over the nodes of a listing; a line of it is a line of its body. */
async function said(body: readonly string[], warmup = '0s'): Promise<readonly string[]> {
  const loop = `for n in $(kubectl get nodes -l app=web -o name); do\n        ${body.join('\n        ')}\n      done`;
  const files = { 'x.runbook.yaml': `runbook: x\nsteps:\n  - run: |\n      ${loop}\n`, 'x.fleet.yaml': fleet(warmup) };
  return (await analyseFiles(files)).analysis.findings.map(({ rule }) => rule);
}

const [drain, uncordon] = ['kubectl drain $n', 'kubectl uncordon $n'];

describe('a loop over names that are only known by their number', () => {
  it('has one server out at a time, where each turn brings it back', async () => {
    assert.deepEqual(await said([drain, uncordon]), []);
    assert.deepEqual(await said([drain, 'ssh $n sudo reboot', 'sleep 60', uncordon, 'sleep 60']), []);
    assert.deepEqual(await said(['ssh $n "nodetool drain && sudo systemctl restart cassandra"']), []);
  });
  it('has all of them out in the end, where none does', async () => {
    assert.deepEqual(await said([drain, 'sleep 600']), ['below-minimum', 'not-restored']);
  });
  it('cannot be told where a turn does not wait for the warm-up', async () => {
    assert.deepEqual(await said([drain, uncordon, 'sleep 60'], '5m'), ['cannot-tell']);
    assert.deepEqual(await said([drain, uncordon, 'sleep 300'], '5m'), []);
  });
  it('has everything out at once, where a turn does more than that', async () => {
    assert.deepEqual(await said([drain, uncordon, drain]), ['below-minimum', 'not-restored']);
  });
});
