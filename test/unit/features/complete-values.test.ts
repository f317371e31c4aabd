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

/** The first of them: of hosts the group's, before those one by one. */
function first(step: string): string | undefined {
  return completed(step)[0];
}

describe('a completed value', () => {
  it('is quoted where YAML would read it otherwise, and stands behind a space', () => {
    assert.equal(first('remove: { hosts:‸ }'), 'remove: { hosts: "web[01-20]" }');
    assert.equal(first('remove: { hosts: "‸" }'), 'remove: { hosts: "web[01-20]" }');
    assert.equal(first('remove: { hosts: "web01,‸" }'), 'remove: { hosts: "web01,web[01-20]" }');
    assert.equal(first('remove:\n      hosts: we‸'), 'remove:\n      hosts: web[01-20]');
  });

  it('takes the place of a whole range, also of one that is being typed', () => {
    assert.equal(first('remove: { hosts: "web‸[01-04]" }'), 'remove: { hosts: "web[01-20]" }');
    assert.equal(first('remove: { hosts: "web[‸" }'), 'remove: { hosts: "web[01-20]" }');
    assert.equal(first('remove: { hosts: "web[01-‸]" }'), 'remove: { hosts: "web[01-20]" }');
    assert.equal(first('remove: { hosts: "web[01,‸03]" }'), 'remove: { hosts: "web[01-20]" }');
    assert.equal(first('remove:\n      hosts: web[01-04]‸'), 'remove:\n      hosts: web[01-20]');
    assert.equal(first('remove:\n      hosts: web[0‸'), 'remove:\n      hosts: web[01-20]');
    assert.equal(first("run: pdsh -w 'web[01-‸]' uptime"), "run: pdsh -w 'web[01-20]' uptime");
  });

  it('may be a single host', () => {
    assert.ok(completed('remove: { hosts: web0‸ }').includes('remove: { hosts: web03 }'));
    assert.ok(completed('remove: { hosts: [web01, ‸] }').includes('remove: { hosts: [web01, web02] }'));
    assert.ok(!completed('remove: { hosts: [web01, ‸] }').includes('remove: { hosts: [web01, web01] }'));
  });

  it('takes the place of one name of a list, and leaves its brackets', () => {
    assert.equal(first('remove: { hosts: [w‸] }'), 'remove: { hosts: ["web[01-20]"] }');
    assert.equal(first('remove: { hosts: [web01‸, db] }'), 'remove: { hosts: ["web[01-20]", db] }');
  });

  it('is a time zone, a length of time or the hours where one belongs', () => {
    assert.equal(first('wait: ‸'), 'wait: 15m');
    const { text, cursor = 0 } = marked(
      'runbook: x\nwindow: { during: "Sat 02:00-06:00", timezone: Europe/B‸ }\nsteps: []\n',
    );
    assert.ok(completionsAt(checkText(text, fleet).analysis, cursor).some(({ label }) => label === 'Europe/Berlin'));
  });
});

describe('completion in braces', () => {
  const keys = (step: string) => completed(step).flatMap((one) => /(\w+): *(?=[,}\n]| \}|$)/.exec(one)?.[1] ?? []);

  it('offers what is free of the innermost mapping, whatever stands around and behind it', () => {
    assert.deepEqual(keys('restore: { group: web, ‸, zone: a }'), ['subsystem', 'hosts', 'labels', 'count']);
    assert.deepEqual(keys('{ restore: { group: web, ‸ } }'), ['subsystem', 'hosts', 'zone', 'labels', 'count']);
    assert.deepEqual(keys('check: { ‸ }'), ['subsystem', 'atLeast']);
    assert.deepEqual(keys("{ name: don't, check: { ‸ } }"), ['subsystem', 'atLeast']);
    assert.deepEqual(keys('restore: { hosts: "a,b: c", ‸ }'), ['subsystem', 'group', 'zone', 'labels', 'count']);
    assert.ok(keys('{ name: x, ‸ }').includes('remove'));
    assert.ok(!keys('{ name: x, ‸ }').includes('name'));
  });

  it('knows the braces that were opened on lines above', () => {
    assert.deepEqual(keys('restore: {\n      group: web,\n      ‸\n    }'), [
      'subsystem',
      'hosts',
      'zone',
      'labels',
      'count',
    ]);
    const { text, cursor = 0 } = marked('runbook: x\nsteps: [\n  { wait: 5m },\n  { check: { ‸ } },\n]\n');
    const offered = completionsAt(checkText(text, fleet).analysis, cursor).map(({ label }) => label);
    assert.deepEqual(offered, ['subsystem', 'atLeast']);
  });

  it('offers nothing in a text that holds some', () => {
    assert.deepEqual(completed('description: |\n      foo { ‸\n'), []);
    assert.deepEqual(completed('description: foo, { ‸'), []);
  });

  it('offers no name where it would make the fleet invalid', () => {
    const offered = (text: string) => {
      const { text: written, cursor = 0 } = marked(`fleet: x\nsubsystems:\n${text}`);
      const analysis = fleetIn({ 'x.fleet.yaml': written });
      return analysis === undefined ? [] : completionsAt(analysis, cursor).map(({ label }) => label);
    };
    assert.deepEqual(offered('  a: { minimum: 1, dependsOn: [‸] }\n  b: { minimum: 1 }\n'), ['b']);
    assert.deepEqual(
      offered('  a: { minimum: 1 }\ngroups:\n  x: { hosts: "h[1-2]", serves: [a] }\n  y: { hosts: ‸ }\n'),
      [],
    );
    assert.ok(
      offered('  a: { minimum: 1 }\ngroups:\n  x: { hosts: "h[1-2]", serves: [a], unavailable: ‸ }\n').includes('h1'),
    );
  });
});

describe('a completed word', () => {
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
