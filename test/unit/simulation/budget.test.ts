import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workOf } from '../../../server/src/lint/check-runbook.ts';
import { beyondLimits, mostChanges } from '../../../server/src/simulation/limits.ts';
import type { StepOutcome } from '../../../server/src/simulation/outcome.ts';
import { simulate, simulateWith } from '../../../server/src/simulation/simulate.ts';
import { corpus } from '../../support/corpus.ts';
import { checkText, type Folder, fleetIn, folderAt } from '../../support/lint-folder.ts';

/** Fleets and runbooks of the tests: replayed incidents, and first files of different companies. */
const told = ['incidents/pairs.yaml', 'incidents/told.yaml', 'lint/first-runbooks.yaml'];

const serves = (i: number) => `{ s${i % 50}: 1, s${(i * 7 + 1) % 50}: ${1 + (i % 3)} }`;

/** 1 000 groups of unequal size, of which each serves two of 50 subsystems. */
function large(keys: string, top = ''): string {
  const subsystems = Array.from({ length: 50 }, (_, i) => `  s${i}: { minimum: 60%${keys} }\n`);
  const groups = Array.from({ length: 1000 }, (_, i) => {
    const zone = `z${i % 3}`;
    return `  g${i}: { count: ${6 + ((i * 7) % 19)}, serves: ${serves(i)}, zone: ${zone}, warmup: 2m }\n`;
  });
  return `fleet: large\n${top}subsystems:\n${subsystems.join('')}groups:\n${groups.join('')}${commands}`;
}

const commands = `commands:
  - tool: ctl
    usages:
      - { usage: "stop <target> --count <count>", effect: remove }
`;

const many = (count: number, step: (i: number) => string) => Array.from({ length: count }, (_, i) => step(i));
const side = (steps: readonly string[]) => `parallel: [${steps.map((step) => `{ ${step} }`).join(', ')}]`;

/** Every kind of step, single groups and whole subsystems. */
const ofGroups: readonly string[] = [
  ...many(30, (i) => `remove: { group: g${i * 3}, count: 2 }`),
  'restart: { group: g3, batch: 2, takes: 5m }',
  side(many(4, (i) => `restart: { group: g${100 + i}, batch: 2, takes: 5m }`)),
  side([...many(6, (i) => `remove: { group: g${200 + i}, count: 1 }`), 'wait: 10m', 'manual: Look']),
  '{ when: it is slow, remove: { group: g300, count: 3, batch: 1, pause: 5m } }',
  'repeat: { times: 12, steps: [{ restart: { group: g301, batch: 25%, takes: 3m } }, { wait: 10m }] }',
  'replace: { group: g302, batch: 2, surge: true, takes: 4m }',
  'scale: { group: g303, to: 9 }',
  'scale: { group: g304, to: 30 }',
  'check: { subsystem: s3, atLeast: 1 }',
  'run: for i in 1 2 3; do ctl stop "g31$i" --count 2; sleep 300; done',
  ...many(30, (i) => `restore: { group: g${i * 3} }`),
];

const ofSubsystems: readonly string[] = [
  ...many(12, (i) => `remove: { subsystem: s${i * 2}, count: ${2 + (i % 4)} }`),
  ...many(12, (i) => `restore: { subsystem: s${i * 2} }`),
];

/** Several removals in one step, of servers unknown which. */
const several: readonly string[] = [
  side(many(4, (i) => `remove: { subsystem: s${i * 2}, count: 2 }`)),
  'run: ctl stop s10 --count 2; ctl stop s12 --count 3; sleep 600; ctl stop s14 --count 2',
  'remove: { subsystem: s20, count: 9, batch: 3, pause: 10m }',
  'repeat: { times: 3, steps: [{ remove: { subsystem: s30, count: 2 } }, { wait: 10m }] }',
];

const unequal =
  'fleet: x\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n' +
  many(3, (i) => `  g${i}: { count: ${12 + i * 4}, serves: [web], warmup: ${2 + i * 4}m }\n`).join('');

/** Groups of unequal size in three zones, with every rule that looks at zones and time. */
const inZones =
  'fleet: x\nremoval: { limit: 20%, window: 15m, zonesAtOnce: 1 }\nsubsystems:\n' +
  '  web: { minimum: 50%, minimumPerZone: 40, survives: { hosts: 1 } }\n  cache: { minimum: 50% }\ngroups:\n' +
  ['a', 'b', 'c']
    .map((zone, i) => `  web-${zone}: { count: ${120 - i * 7}, serves: [web], zone: ${zone}, warmup: 3m }\n`)
    .join('') +
  `  cache: { count: 40, serves: [cache], zone: a }\n${commands}`;

const fleets: readonly (readonly [string, string, readonly string[]])[] = [
  ['groups of a large fleet', large(''), ofGroups],
  ['groups of a large fleet under a rate', large('', 'removal: { limit: 10%, window: 10m }\n'), ofGroups],
  [
    'groups of a large fleet that is to survive',
    large(', survives: { hosts: 2 }, minimumPerZone: 2', 'removal: { zonesAtOnce: 2 }\n'),
    ofGroups,
  ],
  ['subsystems of a large fleet', large(''), ofSubsystems],
  ['several removals in one step', large(''), several],
  [
    'several removals in one step under a rate, of what is to survive',
    large(', survives: { hosts: 1 }, minimumPerZone: 2', 'removal: { limit: 10%, window: 10m, zonesAtOnce: 2 }\n'),
    several,
  ],
  [
    'a subsystem under a rate whose groups warm up unequally',
    `${unequal}removal: { limit: 20%, window: 15m }\n`,
    [
      'restart: { subsystem: web, batch: 3, takes: 5m }',
      'replace: { subsystem: web, batch: 2, takes: 5m, surge: true }',
      'wait: 20m',
      'remove: { subsystem: web, count: 3 }',
      'restart: { subsystem: web, batch: 1, takes: 1m }',
      'restore: { subsystem: web }',
    ],
  ],
  [
    'a subsystem whose groups warm up unequally, beside other steps',
    unequal,
    [side(['restart: { subsystem: web, batch: 4, takes: 5m }', 'wait: 10m', 'manual: Look'])],
  ],
  [
    'restarts of a whole subsystem beside one another, and beside a removal from it',
    large(', survives: { hosts: 1 }', 'removal: { zonesAtOnce: 2 }\n'),
    [
      side(many(5, (i) => `restart: { subsystem: s3, batch: ${3 + i}, takes: 1m }`)),
      side(['restart: { subsystem: s4, batch: 2, takes: 5m }', 'remove: { subsystem: s4, count: 2 }']),
      'restart: { zone: z1, batch: 2 }',
    ],
  ],
  [
    'loops over whole subsystems',
    unequal.replaceAll(/count: /g, 'count: 10'),
    [
      'repeat: { times: 52, steps: [{ restart: { subsystem: web, batch: 10%, takes: 5m } }, { wait: 7d }] }',
      'repeat: { times: 1000000, steps: [{ remove: { subsystem: web, count: 2 } }, { restart: { subsystem: web, batch: 5 } }, { restore: { subsystem: web } }, { wait: 1h }] }',
    ],
  ],
  [
    'what is left of a subsystem after a removal from it',
    unequal.replaceAll(/count: /g, 'count: 10'),
    [
      'remove: { subsystem: web, count: 10%, batch: 1, pause: 10m }',
      'restart: { subsystem: web, batch: 5%, takes: 5m }',
      'restore: { subsystem: web, count: 50% }',
      'wait: 20m',
      '{ when: it is slow, restart: { subsystem: web, batch: 10, takes: 5m } }',
      'restore: { subsystem: web }',
      'wait: 20m',
      'repeat: { times: 4, steps: [{ remove: { subsystem: web, count: 5% } }, { restart: { subsystem: web, batch: 7% } }, { restore: { subsystem: web } }, { wait: 1h }] }',
    ],
  ],
  [
    'a subsystem that is restarted while servers that came for it warm up',
    unequal.replaceAll(/count: /g, 'count: 10'),
    [
      'scale: { group: g0, to: 1100 }',
      'restart: { subsystem: web, batch: 10%, takes: 15m }',
      'scale: { group: g0, to: 1012 }',
    ],
  ],
  [
    'groups of which single hosts are named, when all are rolled, each group by its own rule',
    'fleet: x\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n' +
      many(3, (i) => `  g${i}: { hosts: "g${i}-[1-20]", serves: [web] }\n`).join(''),
    [
      ...many(24, (i) => `remove: { hosts: [g${i % 3}-${1 + i}] }`).slice(0, 18),
      'run: kubectl rollout restart deployments',
      'restart: { subsystem: web, batch: 3, takes: 5m }',
    ],
  ],
  [
    'a subsystem of a group in each zone that is restarted beside other steps',
    inZones,
    [
      side(['restart: { subsystem: web, batch: 10%, takes: 2m }', 'remove: { group: cache, count: 2 }']),
      side(['restart: { subsystem: web, batch: 10, takes: 2m }', 'restart: { group: cache, batch: 2, takes: 5m }']),
      side(['restart: { subsystem: web, batch: 25%, takes: 2m }', 'wait: 10m', 'restore: { group: cache }']),
    ],
  ],
  [
    'a subsystem of a group in each zone of which servers go in many batches, and a zone is restarted then',
    inZones,
    [
      'remove: { subsystem: web, count: 90, batch: 1, pause: 5m }',
      'run: for i in $(seq 40); do ctl stop web --count 2; sleep 300; done',
      'repeat: { times: 30, steps: [{ remove: { subsystem: web, count: 1 } }, { wait: 5m }] }',
      'restart: { subsystem: web, zone: b, batch: 10%, takes: 2m }',
    ],
  ],
  [
    'percentages of subsystems that share their servers, one after another',
    'fleet: x\nsubsystems:\n' +
      many(6, (i) => `  s${i}: { minimum: 60% }\n`).join('') +
      'groups:\n' +
      many(6, (i) => `  g${i}: { count: 50, serves: [s${i}, s${(i + 1) % 6}] }\n`).join(''),
    many(5, (i) => `remove: { subsystem: s${i}, count: 10% }`),
  ],
  [
    'a group of 100 000 hosts of which several branches take some',
    'fleet: x\nsubsystems:\n  web: { minimum: 50% }\ngroups:\n  web: { count: 100000, serves: [web] }\n',
    [
      side(['restart: { group: web, batch: 10%, takes: 5m }', 'remove: { group: web, count: 400 }']),
      side(many(3, (i) => `restart: { group: web, batch: ${i + 1}%, takes: 5m }`)),
    ],
  ],
];

/** No two groups are alike. */
const odd =
  'fleet: odd\nsubsystems:\n  web: { minimum: 60% }\ngroups:\n' +
  many(12, (i) => `  g${i}: { count: ${5 + i}, serves: { web: ${1 + i} } }\n`).join('');

/** Orders and choices multiply. */
const endless = (more: number) =>
  side(many(5, (i) => `when: it is slow, restart: { subsystem: web, batch: ${3 + i + more}, takes: 1m }`));

function saidOf({ verdict, obstacle, figures }: StepOutcome): unknown {
  return [verdict, obstacle?.why, figures.map(({ before, lowest, after }) => [before, lowest, after])];
}

function allOf(outcomes: readonly StepOutcome[]): readonly StepOutcome[] {
  return outcomes.flatMap((outcome) => [outcome, ...allOf(outcome.steps)]);
}

function beyond(folder: Folder): number {
  const fleet = fleetIn(folder);
  const runbooks = Object.entries(folder).filter(([path]) => path.endsWith('.runbook.yaml'));
  const outcomes = runbooks.flatMap(([, text]) =>
    checkText(text, fleet).analysis.runs.flatMap((run) => allOf(run.outcomes)),
  );
  return outcomes.filter(({ obstacle }) => obstacle?.why === beyondLimits).length;
}

function runbookOf(steps: readonly string[]): string {
  return `runbook: x\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
}

/** The fleets of a file of cases, each with the runbooks for it. */
function foldersIn(file: string): readonly Folder[] {
  const read = parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
  const cases: readonly Record<string, unknown>[] = Array.isArray(read) ? read : read.pairs;
  return cases.flatMap(({ fleet = '', runbook = '', head = '', steps = '' }): readonly Folder[] => {
    const text = runbook === '' ? `runbook: x\n${head}steps:\n${steps}` : `${runbook}`;
    const own = { 'x.fleet.yaml': `${read.fleets?.[`${fleet}`] ?? fleet}` };
    return ['$1', '$2'].map((which) => ({
      ...own,
      'x.runbook.yaml': text.replaceAll(/⟦([^|⟧]*)\|([^⟧]*)⟧/g, which),
    }));
  });
}

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');

describe('the budget of a step', () => {
  for (const name of readdirSync(examples))
    it(`is enough for the example ${name}`, () => assert.equal(beyond(folderAt(join(examples, name))), 0));

  it('is enough for every runbook of the tests', () => {
    const folders = [...corpus, ...told.flatMap(foldersIn)];
    assert.ok(folders.length > 200, `${folders.length} folders`);
    for (const folder of folders) assert.equal(beyond(folder), 0, folder['x.runbook.yaml']);
  });

  for (const [name, fleet, steps] of fleets)
    it(`is enough for ${name}`, () => {
      const files = { 'x.fleet.yaml': fleet, 'x.runbook.yaml': runbookOf(steps) };
      const { analysis } = checkText(files['x.runbook.yaml'], fleetIn(files));
      const outcomes = analysis.runs[0]?.outcomes ?? [];
      assert.equal(outcomes.length, steps.length);
      assert.deepEqual(
        steps.filter((_, i) => outcomes[i]?.obstacle !== undefined),
        [],
      );
    });

  it('is reached where a dozen open choices are told apart by their zone, and what comes back may be any of them', () => {
    const steps = [...ofSubsystems.slice(0, 12), 'remove: { zone: z1, count: 5 }', ...ofSubsystems.slice(12)];
    const { analysis } = checkText(runbookOf(steps), fleetIn({ 'x.fleet.yaml': large('') }));
    const outcomes = analysis.runs[0]?.outcomes ?? [];
    assert.deepEqual(
      outcomes.slice(13).map(({ obstacle }) => obstacle?.why),
      many(12, () => beyondLimits),
    );
  });

  it('is the less for a step the more the steps before it were, and the same after an edit as in a file that is opened', () => {
    const folder = { 'x.fleet.yaml': odd, 'x.runbook.yaml': runbookOf(many(30, (i) => endless(i % 3))) };
    const { analysis } = checkText(folder['x.runbook.yaml'], fleetIn(folder));
    const walk = workOf(analysis)?.runs[0]?.walk;
    assert.ok(walk !== undefined);
    const { steps, around } = walk;
    const purse = { left: 100 * mostChanges };
    simulateWith(walk, 0, { ...(steps[0] ?? assert.fail()) }, purse);
    assert.ok(100 * mostChanges - purse.left < 6 * mostChanges, `${100 * mostChanges - purse.left} changes`);
    const plain = checkText(runbookOf(['remove: { group: g11, count: 1 }']), fleetIn(folder));
    const [other] = workOf(plain.analysis)?.runs[0]?.walk?.steps ?? [];
    assert.ok(other !== undefined);
    for (const at of [0, 1, 14, 29]) {
      const edited = simulateWith(walk, at, other);
      const opened = simulate(steps.with(at, other), around.world.capacity, { outside: [] });
      assert.deepEqual(edited.heavy, opened.heavy);
      assert.deepEqual(edited.outcomes.map(saidOf), opened.outcomes.map(saidOf));
    }
  });

  it('is reached where orders and choices multiply without end, and then little more is done', () => {
    const folder = { 'x.fleet.yaml': odd, 'x.runbook.yaml': runbookOf([endless(0)]) };
    const { analysis } = checkText(folder['x.runbook.yaml'], fleetIn(folder));
    const walk = workOf(analysis)?.runs[0]?.walk;
    const [outcome] = walk?.outcomes ?? [];
    assert.equal(outcome?.verdict, 'unknown');
    assert.equal(outcome.obstacle?.why, beyondLimits);
    const said = analysis.findings.filter(({ rule }) => rule === 'cannot-tell').map(({ message }) => message);
    assert.equal(said.length, 1);
    assert.match(said.join(), /it can go in more ways than are followed/);
    const [step] = walk?.steps ?? [];
    assert.ok(walk !== undefined && step !== undefined);
    const purse = { left: 10 * mostChanges };
    simulateWith(walk, 0, { ...step }, purse);
    assert.ok(9 * mostChanges - purse.left < 1000, `${10 * mostChanges - purse.left} changes`);
  });
});
