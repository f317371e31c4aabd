import assert from 'node:assert/strict';
import { type TimelineSubsystem, timelineOf } from '../../../server/src/features/timeline.ts';
import type { FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = fleetIn({
  'x.fleet.yaml': `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 40 }
  idle: { capacity: 5, minimum: 1 }
groups:
  billing-only: { count: 12, serves: [billing] }
  core: { count: 60, serves: [billing, index] }
`,
}) as FleetAnalysis;

const runbook = `runbook: Rotate
steps:
  - manual: Look
  - name: Take three out
    id: out
    remove: { group: core, count: 3 }
  - wait: 5m
  - repeat:
      times: 2
      steps:
        - restart: { group: core, batch: 20, takes: 1m }
        - wait: 1m
  - restore: out
  - remove: { subsystem: billing, count: 66 }
`;

/** All six figures of every step, unpacked as a client does it. */
function unpacked({ at, figures }: TimelineSubsystem, steps: number): readonly string[] {
  let left = '';
  return Array.from({ length: steps }, (_, step) => {
    const found = at.indexOf(step);
    if (found < 0) return `${left} ${left} ${left}`;
    const [a, b, c, d, e, f] = figures.slice(6 * found, 6 * found + 6);
    left = `${e}-${f}`;
    return `${a}-${b} ${c}-${d} ${left}`;
  });
}

describe('timeline', () => {
  const { analysis } = checkText(runbook, fleet);
  const timeline = timelineOf(analysis);
  const [subsystems] = timeline.fleets.map((one) => one.subsystems);

  it('has every step in the order of the text, with its place and what is said of it', () => {
    assert.equal(timeline.title, 'Rotate');
    assert.deepEqual(
      timeline.steps.map(({ path, kind, name }) => `${path} ${kind}: ${name}`),
      [
        '0 manual: manual Look',
        '1 remove: Take three out',
        '2 wait: wait 5m',
        '3 repeat: repeat 2 times',
        '3.0 restart: restart { group: core, batch: 20, takes: 1m }',
        '3.1 wait: wait 1m',
        '4 restore: restore out',
        '5 remove: remove { subsystem: billing, count: 66 }',
      ],
    );
    const inner = timeline.steps[4]?.span ?? { start: 0, end: 0 };
    assert.equal(runbook.slice(inner.start, inner.end), 'restart: { group: core, batch: 20, takes: 1m }');
    const last = timeline.steps.at(-1);
    assert.equal(last?.verdict, 'unsafe');
    assert.ok(last?.findings.some(({ rule, severity }) => rule === 'below-minimum' && severity === 'error'));
  });

  it('tells every figure of every step and subsystem', () => {
    const analysed = checkText(runbook, fleet).analysis;
    const [run] = analysed.runs;
    const own = (subsystem: number) =>
      [0, 1, 2, 3, 3.0001, 3.0002, 4, 5].map((index) => {
        const outer = run?.outcomes[Math.floor(index)];
        const inner = index % 1 === 0 ? outer : outer?.steps[index % 1 < 0.00015 ? 0 : 1];
        const figure = inner?.figures[subsystem];
        return [figure?.before, figure?.lowest, figure?.after].map((one) => `${one?.worst}-${one?.best}`).join(' ');
      });
    for (const [i, subsystem] of (subsystems ?? []).entries()) {
      assert.deepEqual(unpacked(subsystem, timeline.steps.length), own(i), subsystem.name);
    }
  });

  it('says where each subsystem comes closest to its minimum, at the innermost step', () => {
    assert.deepEqual(
      subsystems?.map(({ name, minimum, full, tightest }) => ({ name, minimum, full, tightest })),
      [
        { name: 'billing', minimum: 8, full: 72, tightest: { step: 7, margin: -2 } },
        { name: 'index', minimum: 40, full: 60, tightest: { step: 7, margin: -40 } },
        { name: 'idle', minimum: 1, full: 5, tightest: undefined },
      ],
    );
  });

  it('stays small: a subsystem that nothing changes is told once', () => {
    assert.deepEqual(subsystems?.[2]?.at, [0]);
  });

  it('of a runbook without a fleet has steps and no figures', () => {
    const bare = timelineOf(checkText(runbook, undefined).analysis);
    assert.deepEqual(bare.fleets, []);
    assert.deepEqual(
      bare.steps.slice(0, 2).map(({ verdict }) => verdict),
      ['safe', 'unknown'],
    );
  });
});

describe('the figures of a step', () => {
  it('are there too where a parameter makes it unsafe', () => {
    const source = `runbook: x
parameters:
  n: { default: 3, maximum: 60 }
steps:
  - remove: { group: core, count: "{{ n }}" }
  - repeat: { times: 1, steps: [{ restore: { group: core } }, { remove: { group: core, count: "{{ n }}" } }] }
`;
    const { analysis } = checkText(source, fleet);
    assert.ok(analysis.findings.some(({ rule }) => rule === 'unbounded-parameter'));
    for (const { outcomes } of analysis.runs) for (const { figures } of outcomes) assert.equal(figures.length, 3);
  });
});
