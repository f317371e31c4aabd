import assert from 'node:assert/strict';
import { checkFleetFile, readFleetFile } from '../../../server/src/lint/lint.ts';
import type { StepOutcome } from '../../../server/src/simulation/outcome.ts';
import { checkText } from '../../support/lint-folder.ts';

const severities = new Map();

/** What becomes of every step, the inner ones included. */
function outcomesOf(fleetText: string, steps: readonly string[]): readonly StepOutcome[] {
  const document = readFleetFile('file:///x.fleet.yaml', fleetText);
  const fleet = checkFleetFile(document, { commandFiles: [], unreadable: [], severities });
  const runbook = `runbook: Work\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
  const all = (outcomes: readonly StepOutcome[]): readonly StepOutcome[] =>
    outcomes.flatMap((outcome) => [outcome, ...all(outcome.steps)]);
  return all(checkText(runbook, fleet).analysis.runs[0]?.outcomes ?? []);
}

function untold(outcomes: readonly StepOutcome[]): number {
  return outcomes.filter(({ verdict }) => verdict === 'unknown').length;
}

/** Groups that overlap in what they serve: every second one web and api, the others one of the two. */
function overlapping(groups: number, keys = ''): string {
  const serves = ['[web, api]', '[web]', '[web, api]', '[api]'];
  const lines = Array.from({ length: groups }, (_, i) => {
    const size = 4 + ((i * 7) % 9);
    return `  g${i}: { count: ${size}, serves: ${serves[i % 4]}, zone: z${i % 3} }\n`;
  });
  return `fleet: shop\nsubsystems:\n  web: { minimum: 60%${keys} }\n  api: { minimum: 50%, dependsOn: [web] }\ngroups:\n${lines.join('')}`;
}

/** No two groups are alike, so that nothing can be counted together. */
function allDifferent(groups: number): string {
  const lines = Array.from(
    { length: groups },
    (_, i) => `  g${i}: { count: ${5 + i}, serves: { web: ${1 + i}, api: ${1 + ((i * 5) % groups)} } }\n`,
  );
  return `fleet: odd\nsubsystems:\n  web: { minimum: 60% }\n  api: { minimum: 50% }\ngroups:\n${lines.join('')}`;
}

const many = (count: number, step: (i: number) => string) => Array.from({ length: count }, (_, i) => step(i));

const realistic: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'twenty steps that draw from a subsystem of forty groups',
    overlapping(60),
    many(20, (i) => `${i % 2 === 0 ? 'remove' : 'restore'}: { subsystem: ${i % 4 < 2 ? 'web' : 'api'}, count: 5 }`),
  ],
  [
    'removals that come back in part, and as a whole',
    overlapping(40),
    [
      '{ id: out, remove: { subsystem: web, count: 9 } }',
      'restore: { subsystem: web, count: 4 }',
      'remove: { subsystem: web, count: 3 }',
      'restore: out',
      'restore: { subsystem: web }',
    ],
  ],
  [
    'single groups after a removal from a subsystem',
    overlapping(40),
    [
      'remove: { subsystem: web, count: 6 }',
      ...many(12, (i) => `restart: { group: g${i * 3}, batch: 2, takes: 5m }`),
      'scale: { group: g4, to: 9 }',
      'restore: { subsystem: web }',
      ...many(12, (i) => `remove: { group: g${i * 2}, count: 1 }`),
      ...many(12, (i) => `restore: { group: g${i * 2} }`),
    ],
  ],
  [
    'twelve equal removals beside one another',
    overlapping(12),
    [`parallel: [${many(12, () => '{ remove: { subsystem: web, count: 1 } }').join(', ')}]`],
  ],
  [
    'eight removals of as many groups beside one another',
    overlapping(12),
    [`parallel: [${many(8, (i) => `{ remove: { group: g${i}, count: 2 } }`).join(', ')}]`],
  ],
  [
    'a loop of six removals',
    overlapping(12),
    ['repeat: { times: 6, steps: [{ remove: { subsystem: web, count: 3 } }] }', 'restore: { subsystem: web }'],
  ],
  [
    'a restart without time under a rate, a million times',
    overlapping(12, ', removal: { limit: 10%, window: 10m }'),
    ['repeat: { times: 1000000, steps: [{ restart: { group: g0, batch: 1 } }] }'],
  ],
];

describe('what a simulation costs', () => {
  for (const [name, fleet, steps] of realistic)
    it(`can tell all of what people write: ${name}`, () => {
      assert.equal(untold(outcomesOf(fleet, steps)), 0);
    });

  it('cannot tell, and does not hang, where orders and choices multiply without end', () => {
    const steps = many(5, () => '{ when: It is needed, restart: { subsystem: web, batch: 3, takes: 1m } }');
    const [outcome] = outcomesOf(allDifferent(12), [`parallel: [${steps.join(', ')}]`]);
    assert.equal(outcome?.verdict, 'unknown');
    assert.match(outcome?.obstacle?.why ?? '', /more ways than are followed/);
  });

  it('adds up under a rate what a repeat takes, round for round', () => {
    const fleet = overlapping(12, ', removal: { limit: 10%, window: 10m }');
    const round = '{ restart: { group: g0, batch: 2, takes: 10s } }, { wait: 20s }';
    const most = (times: number, unrolled: boolean) => {
      const rounds = many(times, () => round).join(', ');
      const inner = unrolled ? `{ repeat: { times: 1, steps: [${rounds}] } }` : round;
      const told = outcomesOf(fleet, [`repeat: { times: ${unrolled ? 1 : times}, steps: [${inner}] }`]);
      return Math.max(
        ...told.flatMap(({ actions }) => actions.flatMap(({ rates }) => rates.breaches.map((one) => one.most))),
      );
    };
    for (const times of [3, 4, 10, 40]) assert.equal(most(times, false), most(times, true), `${times} rounds`);
  });
});
