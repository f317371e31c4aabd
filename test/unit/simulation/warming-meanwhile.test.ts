import assert from 'node:assert/strict';
import { manners, outcomesBy } from '../../support/by-few-ways.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  old: { count: 1, serves: [web] }
  new: { count: 1, serves: [web], warmup: 1s }
`;

const runbook = `runbook: Restart what is left
steps:
  - scale: { group: new, to: 2 }
  - remove: { subsystem: web, count: 1 }
  - restart: { subsystem: web }
`;

describe('a restart while something else warms up', () => {
  it('takes the time that its own servers take, where the choice before it is left open', () => {
    const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
    const figures = analysis.runs[0]?.outcomes.map((outcome) => outcome.figures[0]?.after);
    // One of the new ones is restarted, and the other is warm when it is back; or the old one is, at once.
    assert.deepEqual(figures?.at(-1), { worst: 1, best: 2 });
  });

  it('has its heaviest server out at some time, in however many ways it may go', () => {
    const heavy = `fleet: demo
subsystems:
  web: { minimum: 0 }
groups:
  new: { count: 1, serves: { web: 3 }, warmup: 1m }
  more: { count: 2, serves: [web], warmup: 1m }
  old: { count: 3, serves: [web] }
  large: { count: 1, serves: { web: 5 } }
  slow: { count: 2, serves: [web], warmup: 5m }
`;
    const text = `runbook: Restart all
steps:
  - remove: { subsystem: web, count: 3 }
  - restore: { subsystem: web }
    when: It is needed
    takes: 1m
  - restart: { subsystem: web, batch: 1 }
`;
    for (const manner of manners)
      assert.deepEqual(outcomesBy(manner, text, heavy).at(-1)?.figures[0]?.lowest, { worst: 5, best: 10 });
  });

  it('ends with all of it warm, also inside another step', () => {
    const three = `fleet: demo
subsystems:
  web: { minimum: 0 }
  api: { minimum: 0 }
groups:
  old: { count: 2, serves: { web: 2 } }
  slow: { count: 2, serves: [web], warmup: 5m }
  core: { count: 1, serves: [api, web], warmup: 5m }
`;
    const text = `runbook: Restart all
steps:
  - scale: { group: core, to: 2 }
  - parallel:
      - restart: { subsystem: web, batch: 1, takes: 10m }
      - restore: { subsystem: api }
`;
    for (const manner of manners) {
      const [restart] = outcomesBy(manner, text, three)[1]?.steps ?? [];
      assert.deepEqual(
        restart?.figures.map(({ after }) => after),
        [
          { worst: 8, best: 8 },
          { worst: 2, best: 2 },
        ],
      );
    }
  });
});

/** Some of `new` are brought back, then one server goes of those that serve `web`, unknown which: what warms up is not among them. */
const opening = `runbook: Something else goes on
steps:
  - remove: { group: new, count: 4 }
  - restore: { group: new }
  - remove: { subsystem: web, count: 1 }
`;
const groups = (each: number) =>
  ['old', 'new', 'third']
    .map((name) => `  ${name}: { count: ${each}, serves: [web]${name === 'new' ? ', warmup: 10m' : ''} }\n`)
    .join('');
const two = (each: number) =>
  `fleet: demo\nsubsystems:\n  web: { minimum: 0 }\n  api: { minimum: 0 }\ngroups:\n${groups(each)}  api: { count: 4, serves: [api] }\n`;

describe('a step inside another, while servers warm up beside a choice that is left open', () => {
  for (const each of [6, 20_000])
    it(`sees them in service when they are warm, with ${each} servers a group`, () => {
      const steps = '  - repeat: { times: 2, steps: [{ restart: { group: api, batch: 2, takes: 5m } }] }\n';
      const { analysis } = checkText(opening + steps, fleetIn({ 'x.fleet.yaml': two(each) }));
      const outcome = analysis.runs[0]?.outcomes.at(-1);
      assert.equal(outcome?.verdict, 'safe');
      const [web] = outcome.steps[0]?.figures ?? [];
      const all = 3 * each;
      assert.deepEqual(web?.before, { worst: all - 5, best: all - 5 });
      assert.deepEqual(web.lowest, { worst: all - 5, best: all - 5 });
      assert.deepEqual(web.after, { worst: all - 1, best: all - 1 });
    });
});
