import assert from 'node:assert/strict';
import { isHalfTyped } from '../../../server/src/features/half-typed.ts';
import { analyseFiles } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  web: { capacity: 12, minimum: 8 }
commands:
  - tool: fleetctl
    usages:
      - { usage: "erase <subsystem> [--count <count>]", effect: remove, absent: all }
`;

describe('a word of a command that is being typed', () => {
  it('is held back while it may become an option', async () => {
    const text = `runbook: x\nsteps:\n  - run: fleetctl erase web -`;
    const declared = fleet.replace('<subsystem> [', '<subsystem>... [');
    const { analysis } = await analyseFiles({ 'x.runbook.yaml': text, 'x.fleet.yaml': declared });
    const findings = analysis.findings.filter(({ rule }) => rule === 'unknown-name');
    assert.ok(findings.length > 0);
    assert.ok(findings.every((finding) => isHalfTyped(analysis, finding, text.length)));
  });

  it('is held back while it is the beginning of one that the command takes', async () => {
    for (const [word, expected] of [
      ['--coun', true],
      ['--cuont', false],
    ] as const) {
      const text = `runbook: x\nsteps:\n  - run: fleetctl erase web ${word}\n`;
      const { analysis } = await analyseFiles({ 'x.runbook.yaml': text, 'x.fleet.yaml': fleet });
      const finding = analysis.findings.find(({ rule }) => rule === 'unknown-name');
      assert.ok(finding, word);
      assert.equal(isHalfTyped(analysis, finding, text.indexOf(word) + word.length), expected, word);
    }
  });
});
