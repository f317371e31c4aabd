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

describe('a parallel that begins below a minimum', () => {
  it('certainly breaks it only where it lowers it in every order', () => {
    const fleet = `fleet: demo
subsystems:
  billing: { minimum: 6 }
groups:
  ga: { count: 2, serves: { billing: 3 } }
  gb: { count: 2, serves: [billing] }
`;
    const runbook = `runbook: Take two more, and bring the first back beside it
steps:
  - remove: { group: ga, count: 1 }
    id: first
  - parallel:
      - remove: { group: gb, count: 2 }
      - restore: first
`;
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const told = analysis.findings.filter(({ rule }) => rule === 'below-minimum');
    // Where the first comes back before, there are eight, and six are left.
    assert.deepEqual(
      told.map(({ step, severity }) => [step, severity]),
      [
        ['0', 'error'],
        ['1.0', 'warning'],
      ],
    );
  });
});

describe('a parallel of removals that begins where a zone may be below its minimum', () => {
  for (const size of [1, 40])
    it(`certainly breaks something only where each choice is broken by it, with groups of ${size}`, () => {
      // Of eight, three and two go: three are left, of which one each keeps the zones, but not the total; but zone a may have been bare before.
      const fleet = `fleet: demo
subsystems:
  web: { minimum: ${12 * size}, minimumPerZone: 1 }
groups:
  g: { count: ${size}, serves: [web], zone: a }
  h: { count: ${2 * size}, serves: { web: 3 }, zone: b }
  i: { count: ${3 * size}, serves: { web: 5 }, zone: b }
  j: { count: ${2 * size}, serves: { web: 5 }, zone: c }
`;
      const runbook = `runbook: Take some, and more in two teams
steps:
  - remove: { subsystem: web, count: ${3 * size} }
  - parallel:
      - remove: { subsystem: web, count: ${size} }
      - remove: { subsystem: web, count: ${size} }
`;
      const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
      const told = analysis.findings.filter(({ rule, step }) => rule === 'below-minimum' && step?.startsWith('1'));
      assert.deepEqual(
        told.map(({ step, severity }) => [step, severity]),
        [
          ['1.0', 'warning'],
          ['1.1', 'warning'],
        ],
      );
    });
});

describe('a removal beside another', () => {
  for (const size of [2, 400])
    it(`is not told of what the other takes before it is over, in a zone of which it takes none itself, with ${size} servers`, () => {
      const fleet = `fleet: demo
subsystems:
  web: { minimum: ${size}, minimumPerZone: ${size} }
groups:
  g: { count: ${size}, serves: [web], zone: a }
  h: { count: ${2 * size}, serves: [web] }
  i: { count: ${size}, serves: [web] }
`;
      const steps = (group: string) => `runbook: Two at once
steps:
  - parallel:
      - remove: { zone: a, count: 1 }
      - remove: { subsystem: web, count: 0 }
      - { remove: { group: ${group}, count: 1 }, takes: 5m }
`;
      const told = (group: string) =>
        checkText(steps(group), fleetIn({ 'x.fleet.yaml': fleet })).analysis.findings.flatMap(({ rule, step }) =>
          rule === 'below-minimum' ? [step] : [],
        );
      assert.deepEqual(told('h'), ['0.0']);
      assert.deepEqual(told('g'), ['0.0', '0.2']);
    });
});

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

describe('a step after one that may have taken servers of every zone', () => {
  const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  ga: { count: 200, serves: [web], zone: a }
  gb: { count: 210, serves: [web], zone: b }
  gc: { count: 220, serves: [web], zone: c }
removal: { zonesAtOnce: 2 }
`;
  const steps = (group: string) => `runbook: Take some of any zone, and more
steps:
  - remove: { subsystem: web, count: 100 }
  - remove: { ${group}, count: 1 }
`;

  it('may be the one that takes of a zone too many', () => {
    const { analysis } = checkText(steps('group: ga'), fleetIn({ 'x.fleet.yaml': fleet }));
    const told = analysis.findings.filter(({ rule }) => rule === 'zones-at-once');
    assert.deepEqual(
      told.map(({ step, severity }) => [step, severity]),
      [
        ['0', 'warning'],
        ['1', 'warning'],
      ],
    );
  });
});
