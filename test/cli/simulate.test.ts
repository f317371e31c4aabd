import assert from 'node:assert/strict';
import { fleet, removing, runbookLint, withFolder } from './command-line.ts';

const bad = { 'demo.fleet.yaml': fleet, 'bad.runbook.yaml': removing(5) };

describe('runbook-lint simulate', () => {
  it('shows the capacity step by step, and ends with 1 where the runbook has an error', () => {
    withFolder(bad, (folder) => {
      const ended = runbookLint(folder, ['simulate', 'bad.runbook.yaml']);
      assert.equal(ended.status, 1);
      assert.match(ended.out, /^1 +remove .* +unsafe +7 +8 +-1 +!◀$/m);
      assert.match(
        ended.err,
        /There is 1 error in `bad\.runbook\.yaml`: `runbook-lint check bad\.runbook\.yaml` shows/,
      );
    });
  });

  it('shows it as JSON', () => {
    withFolder({ ...bad, 'good.runbook.yaml': removing(4) }, (folder) => {
      const ended = runbookLint(folder, ['simulate', 'good.runbook.yaml', '--format', 'json']);
      assert.equal(ended.status, 0);
      const { runbook, fleet: on, steps } = JSON.parse(ended.out);
      assert.deepEqual([runbook, on, steps.length], ['good.runbook.yaml', 'demo.fleet.yaml', 2]);
      assert.deepEqual(steps[0].subsystems.billing.after, { worst: 8, best: 8 });
    });
  });

  it('takes another fleet where it is told to', () => {
    withFolder({ ...bad, 'large.fleet.yaml': fleet.replace('12', '99') }, (folder) => {
      const ended = runbookLint(folder, ['simulate', 'bad.runbook.yaml', '--fleet', 'large.fleet.yaml']);
      assert.equal(ended.status, 0);
      assert.match(ended.out, /on large\.fleet\.yaml/);
    });
  });

  it('says what it lacks', () => {
    withFolder({ ...bad, 'alone/x.runbook.yaml': 'runbook: Alone\nsteps: []\n', 'x.yaml': 'a: b\n' }, (folder) => {
      const complaint = (...words: readonly string[]) => {
        const { status, err } = runbookLint(folder, ['simulate', ...words]);
        assert.equal(status, 2);
        return err;
      };
      assert.match(complaint('none.runbook.yaml'), /There is no file `none\.runbook\.yaml`/);
      assert.match(complaint('demo.fleet.yaml'), /is not a runbook/);
      assert.match(complaint('x.yaml'), /is not a runbook/);
      assert.match(complaint('bad.runbook.yaml', '--fleet', 'x.yaml'), /`x\.yaml` is not a fleet/);
      assert.match(complaint(), /needs a runbook/);
    });
  });

  it('asks which fleet where there are several', () => {
    const files = {
      'a.fleet.yaml': fleet,
      'b.fleet.yaml': fleet,
      'x.runbook.yaml': 'runbook: Two\nfleet: [./a.fleet.yaml, ./b.fleet.yaml]\nsteps:\n  - wait: 1m\n',
      'z.runbook.yaml': 'runbook: Nothing\nsteps:\n  - wait: 1m\n',
      'y/y.runbook.yaml': 'runbook: None\nfleet: ./gone.fleet.yaml\nsteps:\n  - wait: 1m\n',
    };
    withFolder(files, (folder) => {
      assert.match(
        runbookLint(folder, ['simulate', 'x.runbook.yaml']).err,
        /names 2 fleets: choose one with `--fleet`/,
      );
      assert.match(
        runbookLint(folder, ['simulate', 'y/y.runbook.yaml']).err,
        /names `\.\/gone\.fleet\.yaml`, which cannot be read/,
      );
      assert.match(
        runbookLint(folder, ['simulate', 'z.runbook.yaml']).err,
        /several fleets near this runbook: `a\.fleet\.yaml` and `b\.fleet\.yaml`.*, or with `--fleet`\./,
      );
    });
  });
});
