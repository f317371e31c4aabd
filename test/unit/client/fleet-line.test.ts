import assert from 'node:assert/strict';
import { nameFleet, relativePath } from '../../../client/src/commands/fleet-line.ts';

function named(text: string, path = './b.fleet.yaml'): string {
  const { start, end, newText } = nameFleet(text, path);
  return text.slice(0, start) + newText + text.slice(end);
}

describe('the fleet of a runbook', () => {
  it('is named below its title', () => {
    assert.equal(named('runbook: X\nsteps: []\n'), 'runbook: X\nfleet: ./b.fleet.yaml\nsteps: []\n');
    assert.equal(named('runbook: X\r\nsteps: []\r\n'), 'runbook: X\r\nfleet: ./b.fleet.yaml\r\nsteps: []\r\n');
    assert.equal(named('runbook: X\n  goes on\nsteps: []'), 'runbook: X\n  goes on\nfleet: ./b.fleet.yaml\nsteps: []');
    assert.equal(named('steps: []\n'), 'fleet: ./b.fleet.yaml\nsteps: []\n');
    assert.equal(named(''), 'fleet: ./b.fleet.yaml\n');
  });

  it('replaces the one that is named, whatever its form, and keeps a comment', () => {
    assert.equal(
      named('runbook: X\nfleet: ./a.fleet.yaml # ours\nsteps: []'),
      'runbook: X\nfleet: ./b.fleet.yaml # ours\nsteps: []',
    );
    assert.equal(
      named('runbook: X\nfleet:\n  - ./a.yaml\n  - ./c.yaml\nsteps: []'),
      'runbook: X\nfleet: ./b.fleet.yaml\nsteps: []',
    );
    assert.equal(named('runbook: X\nfleet:\n- ./a.yaml\nsteps: []'), 'runbook: X\nfleet: ./b.fleet.yaml\nsteps: []');
    assert.equal(named('fleet:\nrunbook: X\n'), 'fleet: ./b.fleet.yaml\nrunbook: X\n');
  });

  it('quotes a path that YAML would read otherwise', () => {
    assert.equal(named('runbook: X', './a b: c.fleet.yaml'), 'runbook: X\nfleet: "./a b: c.fleet.yaml"');
  });

  it('is reached by a path from the runbook', () => {
    assert.equal(relativePath('/a/b/x.runbook.yaml', '/a/b/y.fleet.yaml'), './y.fleet.yaml');
    assert.equal(relativePath('/a/b/x.runbook.yaml', '/a/c/y.fleet.yaml'), '../c/y.fleet.yaml');
    assert.equal(relativePath('/a/x.runbook.yaml', '/a/b/c/y.fleet.yaml'), './b/c/y.fleet.yaml');
  });
});
