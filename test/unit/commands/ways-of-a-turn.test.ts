import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = fleetIn({
  'x.fleet.yaml':
    'fleet: demo\nsubsystems:\n  jobs: { minimum: 12 }\ngroups:\n  workers: { hosts: "node-[1-16]", serves: [jobs], labels: { pool: blue } }\n',
});

function told(turn: string): string {
  const run = `for n in $(kubectl get nodes -l pool=blue -o name); do ${turn}; done`;
  const { analysis } = checkText(`runbook: x\nsteps:\n  - run: ${run}\n`, fleet);
  return analysis.findings.find(({ rule }) => rule === 'below-minimum')?.severity ?? 'none';
}

describe('a turn of a loop over a listing, of which nobody knows which way it goes', () => {
  const there = 'kubectl drain $n';
  const back = 'kubectl uncordon $n';

  it('is certain only where all its ways are', () => {
    assert.equal(told(`if ok; then ${there}; ${back}; else ${there}; fi`), 'warning');
    assert.equal(told(`if ok; then ssh $n sudo reboot; else ${there}; fi`), 'warning');
    assert.equal(told(`if ok; then ${there}; else ${there} --force; fi`), 'error');
    assert.equal(told(`if ok; then ${there}; fi; if done; then ${back}; fi`), 'warning');
  });

  it('is safe where each of its ways brings the server back', () => {
    assert.equal(told(`if ok; then ssh $n sudo reboot; else ${there}; ${back}; fi`), 'none');
    assert.equal(told(`${there}; if ok; then ${back}; else sleep 60; ${back}; fi`), 'none');
  });

  it('is told at its worst where it may go in more ways than are followed', () => {
    const ifs = Array.from({ length: 5 }, (_, i) => `if ok${i}; then ${there}; ${back}; fi`).join('; ');
    assert.equal(told(ifs), 'warning');
  });
});
