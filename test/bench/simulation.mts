// The simulation alone, in process: medians, and how many times the least bookkeeping they are.
// The least: a count for each group and a figure for each of 50 subsystems, entered step by step.
import { performance } from 'node:perf_hooks';
import type { FleetAnalysis } from '../../server/src/lint/analysis.ts';
import { workOf } from '../../server/src/lint/check-runbook.ts';
import { checkFleetFile, checkRunbook, readFleetFile, readRunbook } from '../../server/src/lint/lint.ts';
import type { StepToSimulate } from '../../server/src/simulation/plan/plan.ts';
import { simulate, simulateWith } from '../../server/src/simulation/simulate.ts';

const groups = 1_000;
const subsystems = 50;
const steps = process.argv.includes('--quick') ? 1_000 : 10_000;
const rounds = process.argv.includes('--quick') ? 3 : 5;

/** 100 000 hosts in ranges, each group serving two subsystems. */
function fleetText(): string {
  const list = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
  return [
    'fleet: bench',
    'subsystems:',
    ...list(subsystems, (i) => `  s${i}: { minimum: 60% }`),
    'groups:',
    ...list(groups, (i) => {
      const serves = `[s${i % subsystems}, s${(i * 7 + 1) % subsystems}]`;
      return `  g${i}: { hosts: "g${i}-[001-100]", serves: ${serves}, zone: z${i % 3} }`;
    }),
    '',
  ].join('\n');
}

function runbookText(lines: readonly string[]): string {
  return `runbook: bench\nsteps:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}

/** Two removals, then both taken back. */
function pairs(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const group = Math.floor(i / 4) % groups;
    const name = `g${(group + (i % 2)) % groups}`;
    return i % 4 < 2 ? `remove: { group: ${name}, count: 3 }` : `restore: { group: ${name} }`;
  });
}

const fleet: FleetAnalysis = checkFleetFile(readFleetFile('file:///x.fleet.yaml', fleetText()), {
  commandFiles: [],
  unreadable: [],
  severities: new Map(),
});

function readings(lines: readonly string[]): readonly StepToSimulate[] {
  const document = readRunbook('file:///x.runbook.yaml', runbookText(lines));
  const lookup = { unreadable: [], nearby: undefined };
  const analysis = checkRunbook(document, { fleets: [fleet], lookup, severities: new Map() });
  return workOf(analysis)?.runs[0]?.readings ?? [];
}

function median(work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return times.sort((a, b) => a - b)[rounds >> 1] ?? 0;
}

function leastBookkeeping(): number {
  const inService = new Int32Array(groups).fill(100);
  const rows = new Int32Array(subsystems);
  let lowest = 0;
  for (let i = 0; i < steps; i++) {
    inService[Math.floor(i / 4) % groups] = 97;
    for (let s = 0; s < subsystems; s++) {
      rows[s] = (rows[s] ?? 0) + (i % 4 < 2 ? -3 : 3);
      lowest = Math.min(lowest, rows[s] ?? 0);
    }
  }
  return lowest;
}

const names = { outside: [] };
const many = readings(pairs(steps));
const middle = steps >> 1;
const other = readings([(pairs(steps)[middle] ?? '').replace('3', '4')])[0];
const repeated = readings([
  'repeat: { times: 1000000, steps: [{ remove: { group: g1, count: 3 } }, { restore: { group: g1 } }] }',
]);
const chosen = readings(
  Array.from(
    { length: 100 },
    (_, i) => `${i % 2 === 0 ? 'remove' : 'restore'}: { subsystem: s${(i >> 1) % subsystems}, count: 5 }`,
  ),
);
const walk = simulate(many, fleet.capacity, names);

const floor = median(leastBookkeeping);
const figures = [
  [
    `${steps} steps, ${groups} groups, ${subsystems} subsystems, ${groups * 100} hosts`,
    () => simulate(many, fleet.capacity, names),
  ],
  ['one step in the middle is another', () => other && simulateWith(walk, middle, other)],
  ['repeat, a million times', () => simulate(repeated, fleet.capacity, names)],
  ['20 steps that name a subsystem, of 40 groups each', () => simulate(chosen, fleet.capacity, names)],
] as const;

console.log('\nsimulation in process (ms, medians)'.padEnd(74), 'ratio to the least bookkeeping');
console.log(`  ${'least bookkeeping'.padEnd(70)}${floor.toFixed(2)}`);
for (const [name, work] of figures) {
  const took = median(work);
  console.log(`  ${name.padEnd(70)}${took.toFixed(2).padEnd(10)}${(took / floor).toFixed(1)}`);
}
