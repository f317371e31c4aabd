import assert from 'node:assert/strict';
import { completionsAt } from '../../../server/src/features/complete/complete.ts';
import type { FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { marked } from '../../support/markers.ts';

const fleet = fleetIn({
  'x.fleet.yaml': `fleet: demo
subsystems:
  web: { minimum: 70% }
  orders desk: { minimum: 1 }
groups:
  web: { hosts: "web[01-20]", serves: [web], aliases: [web-asg] }
  db: { count: 2, serves: [orders desk] }
commands:
  - { tool: ctl, usages: [{ usage: "stop <subsystem> [--count <count>]", effect: remove }] }
`,
}) as FleetAnalysis;
const head = 'runbook: x\nsteps:\n  - ';

/** The step with each completion in turn put in at the cursor. */
function completed(step: string): readonly string[] {
  const { text, cursor = 0 } = marked(`${head}${step}`);
  const { analysis } = checkText(text, fleet);
  return completionsAt(analysis, cursor).map(({ span, newText }) => {
    assert.ok(span.start <= cursor && cursor <= span.end, 'the words stand at the cursor');
    return (text.slice(0, span.start) + newText + text.slice(span.end)).slice(head.length);
  });
}

describe('a completed value', () => {
  it('is quoted where YAML would read it otherwise, and stands behind a space', () => {
    assert.deepEqual(completed('remove: { hosts:‸ }'), ['remove: { hosts: "web[01-20]" }']);
    assert.deepEqual(completed('remove: { hosts: "‸" }'), ['remove: { hosts: "web[01-20]" }']);
    assert.deepEqual(completed('remove:\n      hosts: we‸'), ['remove:\n      hosts: web[01-20]']);
  });

  it('takes the place of a whole range', () => {
    assert.deepEqual(completed('remove: { hosts: "web‸[01-04]" }'), ['remove: { hosts: "web[01-20]" }']);
    assert.deepEqual(completed('remove:\n      hosts: web[01-04]‸'), ['remove:\n      hosts: web[01-20]']);
  });

  it('takes the place of one name of a list, and leaves its brackets', () => {
    assert.deepEqual(completed('remove: { hosts: [w‸] }'), ['remove: { hosts: ["web[01-20]"] }']);
    assert.deepEqual(completed('remove: { hosts: [web01‸, db] }'), ['remove: { hosts: ["web[01-20]", db] }']);
  });

  it('is none where a value stands already', () => {
    assert.deepEqual(completed('remove: { group:‸ web }'), []);
    assert.deepEqual(completed('remove: { hosts: ‸[web01] }'), []);
    assert.deepEqual(completed('remove: { hosts: "web01"‸ }'), []);
    assert.deepEqual(completed('remove: { hosts: [web01]‸ }'), []);
  });

  it('keeps the colon of a key that is written already', () => {
    assert.ok(completed('re‸: { group: web }').includes('remove: { group: web }'));
    assert.ok(completed('remove: { gr‸: web }').includes('remove: { group: web }'));
    assert.ok(completed('remove: { gr‸ }').includes('remove: { group:  }'));
  });

  it('is one word to the shell', () => {
    assert.deepEqual(completed('run: ctl stop ‸').slice(0, 2), ['run: ctl stop web', "run: ctl stop 'orders desk'"]);
  });

  it('is the smallest safe size where a tool takes the bounds of a group', () => {
    const update = 'run: aws autoscaling update-auto-scaling-group --auto-scaling-group-name web-asg';
    assert.deepEqual(completed(`${update} --max-size ‸`), [`${update} --max-size 14`]);
    assert.deepEqual(completed(`${update} --min-size ‸`), [`${update} --min-size 14`]);
  });

  it('is the smallest safe size inside a word that holds one', () => {
    const patch = (value: string) => `run: kubectl patch deploy web-asg -p '{"spec":{"replicas":${value}}}'`;
    assert.deepEqual(completed(patch('‸')), [patch('14')]);
    assert.deepEqual(completed(patch(' 1‸7')), [patch(' 14')]);
    assert.deepEqual(completed('run: helm upgrade web-asg shop/web --set replicaCount=‸'), [
      'run: helm upgrade web-asg shop/web --set replicaCount=14',
    ]);
    assert.deepEqual(completed('run: echo replicas=‸'), []);
  });

  it('is none in the indentation of a command', () => {
    assert.deepEqual(completed('run: |\n   ‸   ctl stop web\n'), []);
  });
});
