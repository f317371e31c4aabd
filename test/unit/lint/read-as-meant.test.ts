import assert from 'node:assert/strict';
import { fixesOf } from '../../../server/src/lint/lint.ts';
import { withEdits } from '../../../server/src/lint/with-edits.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = 'fleet: demo\nsubsystems: { web: { minimum: 8 } }\ngroups: { web: { count: 12, serves: [web] } }\n';

function saidOf(text: string) {
  const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': fleet }));
  const errors = analysis.findings.filter(({ severity }) => severity === 'error');
  const titles = errors.flatMap((finding) => fixesOf(analysis, finding).map(({ title }) => title));
  return { rules: errors.map(({ rule }) => rule), titles };
}

const steps = 'runbook: x\nsteps:\n  - remove: { subsystem: web, count: 6 }\n';

describe('a line at the first column behind the steps', () => {
  it('ends them where it is a key that somebody made up', () => {
    assert.deepEqual(saidOf(`${steps}On-call contact: sre@example.com\n`).rules, ['below-minimum', 'schema']);
  });

  it('belongs to a text that lost its indentation, as all of its lines do', () => {
    const text = `${steps}  - manual: |\nCall the team: all of them\nand then the lead: by phone\n`;
    assert.deepEqual(saidOf(text).rules, ['below-minimum', 'syntax']);
  });
});

describe('colons and commas in words for people', () => {
  for (const key of ['name', 'description', 'manual', 'check']) {
    it(`want quotes in \`${key}\`, and no braces`, () => {
      const { rules, titles } = saidOf(`runbook: x\nsteps:\n  - ${key}: Region: east, Tier: gold\n    wait: 1m\n`);
      assert.equal(rules[0], 'syntax');
      assert.match(titles[0] ?? '', /quotes|Quote/);
    });
  }
});

describe('a semicolon of another script in braces', () => {
  it('is replaced and not left out', () => {
    const { titles } = saidOf('runbook: x\nsteps:\n  - remove: { group: web\uff1b count: 2 }\n');
    assert.deepEqual(titles, ['Write a comma']);
  });
});

describe('a colon of another script before braces', () => {
  for (const written of ['remove\uff1a ', 'remove\uff1a', 'remove \uff1a ']) {
    it(`is one finding, and its fix leaves none: ${JSON.stringify(written)}`, () => {
      const text = `runbook: x\nsteps:\n  - ${written}{ subsystem: web, count: 2 } # two\n`;
      const { analysis } = checkText(text, fleetIn({ 'x.fleet.yaml': fleet }));
      const told = analysis.findings.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        told.map(({ rule, span }) => [rule, text.slice(span.start, span.end)]),
        [['syntax', written]],
      );
      const [edits] = told.flatMap((finding) => fixesOf(analysis, finding).map((fix) => fix.edits));
      const mended = withEdits(text, edits ?? []);
      assert.equal(mended, 'runbook: x\nsteps:\n  - remove: { subsystem: web, count: 2 } # two\n');
      assert.deepEqual(saidOf(mended).rules, []);
    });
  }
});
