import assert from 'node:assert/strict';
import { manners, outcomesBy } from '../../support/by-few-ways.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

/** So many servers a group that the ways to put the batches of a restart together are not followed one by one. */
const fleet = (minimum: number) =>
  `fleet: demo\nsubsystems:\n  web: { minimum: ${minimum} }\ngroups:\n` +
  [1, 2, 3].map((i) => `  g${i}: { count: 100, serves: { web: 1 }, warmup: ${i}m, zone: z${i} }\n`).join('') +
  '  big: { count: 10, serves: { web: 2 } }\n';

const outcomesOf = (steps: string, minimum: number) =>
  checkText(`runbook: Again and again\nsteps:\n${steps}`, fleetIn({ 'x.fleet.yaml': fleet(minimum) })).analysis;

const weekly = `  - repeat:
      times: 1000000
      steps:
        - remove: { subsystem: web, count: 4 }
        - restart: { subsystem: web, batch: 30, takes: 5m }
        - restore: { subsystem: web }
        - wait: 7d
`;

describe('a repeat of which not every path can be followed', () => {
  it('is told round by round', () => {
    const [outcome] = outcomesOf(weekly, 260).runs[0]?.outcomes ?? [];
    assert.equal(outcome?.verdict, 'safe');
    const figures = [outcome, ...outcome.steps].map(({ figures: [web] }) => [web?.before, web?.lowest, web?.after]);
    const whole = { worst: 320, best: 320 };
    // Of 320 units four servers are eight at most, and of thirty ten are big: forty.
    const removed = { worst: 312, best: 316 };
    assert.deepEqual(figures[0]?.[0], whole);
    assert.deepEqual(figures[0]?.[2], whole);
    assert.deepEqual(figures[1], [whole, removed, removed]);
    assert.deepEqual(figures[2]?.[0], removed);
    assert.equal(figures[2]?.[1]?.worst, 276);
    assert.deepEqual(figures[2]?.[2], removed);
    assert.deepEqual(figures[3]?.[0], removed);
  });

  it('says what it breaks on the step that breaks it, once', () => {
    const { findings } = outcomesOf(weekly, 280);
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'below-minimum').map(({ step, severity }) => [step, severity]),
      [['0.1', 'warning']],
    );
  });

  it('has done a step with `when` in some rounds or in none', () => {
    const steps = weekly.replace('- restart: {', '- when: it is due\n          restart: {');
    const [outcome] = outcomesOf(steps, 260).runs[0]?.outcomes ?? [];
    assert.deepEqual(outcome?.figures[0]?.lowest, { worst: 276, best: 316 });
  });

  it('is not told round by round where it may be ruled out in which of them a step was done', () => {
    const fleet = `fleet: x
subsystems: { s: { minimum: 0 } }
groups:
  h: { count: 2, serves: { s: 1 } }
  i: { count: 2, serves: { s: 2 } }
  j: { count: 3, serves: { s: 1 }, warmup: 1s }
  k: { count: 2, serves: { s: 1 }, zone: a }
  l: { count: 3, serves: { s: 1 }, zone: a, warmup: 1s }
`;
    const runbook = `runbook: x
steps:
  - remove: { subsystem: s, count: 1 }
  - repeat:
      times: 2
      steps:
        - remove: { subsystem: s, count: 3 }
        - remove: { zone: a, count: 3, batch: 1 }
          when: It is needed
        - remove: { subsystem: s, count: 49.996% }
`;
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const [run] = analysis.runs;
    // Followed on every path, it is known that the removal from the zone leaves two at best.
    assert.deepEqual(run?.outcomes[1]?.steps[1]?.figures[0]?.lowest, { worst: 0, best: 2 });
    assert.notEqual(outcomesBy({ fewWays: 1 }, runbook, fleet)[1]?.obstacle, undefined);
  });
});

describe('a step that goes on in a repeat when nothing is left', () => {
  it('is certain to have broken what it breaks in one round or another', () => {
    const few = `fleet: demo
subsystems:
  web: { minimum: 3 }
groups:
  a: { count: 2, serves: [web], zone: a, unavailable: 1, warmup: 1m }
  b: { count: 3, serves: { web: 3 }, zone: c }
  c: { count: 2, serves: { web: 5 }, zone: b }
  d: { count: 1, serves: { web: 5 }, zone: c, unavailable: 1 }
  e: { count: 2, serves: [web], zone: c }
  f: { count: 1, serves: [web] }
`;
    const text = `runbook: Too often
steps:
  - scale: { group: d, to: 3 }
  - wait: 2m
  - remove: { subsystem: web, count: 4 }
  - repeat:
      times: 2
      steps:
        - remove: { subsystem: web, count: 4 }
        - remove: { subsystem: web, count: 2 }
`;
    for (const manner of manners) {
      const step = outcomesBy(manner, text, few).at(-1);
      // After the first round two servers are left, which may be five units each; after the second none.
      assert.deepEqual(
        step?.steps.map(({ actions: [action] }) => [action?.breaches.length, action?.certain]),
        [
          [1, true],
          [1, true],
        ],
      );
    }
  });
});
