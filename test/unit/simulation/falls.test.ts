import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

/** `billing` may have anything left after the first step. */
function said(size: number, step: string): readonly string[] {
  const fleet = `fleet: demo
subsystems:
  billing: { minimum: ${size / 2} }
  index: { minimum: 1 }
groups:
  ga: { count: ${size}, serves: [billing, index] }
  gb: { count: ${size}, serves: [index] }
`;
  const runbook = `runbook: Take some, and go on
steps:
  - remove: { subsystem: index, count: ${size} }
  - ${step}
`;
  const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
  return analysis.findings.flatMap(({ rule, step: at, severity, message }) =>
    rule === 'below-minimum' && at === '1' ? [`${severity}: ${message.split('.')[0]}`] : [],
  );
}

describe('a step after one that may have brought a subsystem as low as it can be', () => {
  for (const size of [4, 400]) {
    it(`may be the one that breaks the minimum, by a restart, with groups of ${size}`, () => {
      const [told, other] = said(size, 'restart: { group: ga, batch: 1 }');
      assert.equal(other, undefined);
      assert.match(told ?? '', /^warning: /);
    });

    it(`may be the one that breaks the minimum, by a removal, with groups of ${size}`, () => {
      const [told, other] = said(size, 'remove: { group: ga, count: 1 }');
      assert.equal(other, undefined);
      assert.match(told ?? '', /^warning: /);
    });

    it(`is not, where it takes nothing of it, with groups of ${size}`, () => {
      assert.deepEqual(said(size, 'restart: { group: gb, batch: 1 }'), []);
    });

    it(`says from what to what under the choice that breaks it, with groups of ${size}`, () => {
      const all = ['remove: { group: ga, count: 1 }', 'remove: { subsystem: index, count: 1 }'].flatMap((step) =>
        said(size, step),
      );
      assert.equal(all.length, 2);
      for (const told of all) assert.ok(told.endsWith(`(from between 1 and ${size} to 0)`), told);
    });
  }
});
