import assert from 'node:assert/strict';
import { stepLabel } from '../../../server/src/features/steps/step-label.ts';
import type { Run, RunbookAnalysis } from '../../../server/src/lint/analysis.ts';
import { simulationJson } from '../../../server/src/report/simulation-json.ts';
import { simulationTable } from '../../../server/src/report/simulation-table.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { plain } from './files.ts';

const fleet = fleetIn({
  'a.fleet.yaml': `fleet: a
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 10 }
groups:
  own: { count: 4, serves: [billing] }
  shared: { count: 12, serves: [billing, index] }
commands:
  - tool: ctl
    usages:
      - { usage: "remove <subsystem> <count>", effect: remove }
      - { usage: status, effect: none }
`,
});

const runbook = `runbook: Take some out
steps:
  - name: Out
    id: out
    run: |
      ctl status
      sudo ctl remove billing 6
  - restore: out
  - restart: { group: shared, count: 3 }
  - run: mystery --all
`;

const context = { pathOf: (uri: string) => uri.replace('file:///', '') };

function simulated(): readonly [RunbookAnalysis, Run] {
  const { analysis } = checkText(runbook, fleet);
  const [run] = analysis.runs;
  assert.ok(run);
  return [analysis, run];
}

describe('simulationJson', () => {
  const { version, steps, ...files } = JSON.parse(simulationJson(...simulated(), context));

  it('says which runbook, on which fleet', () => {
    assert.equal(version, 1);
    assert.deepEqual(files, { runbook: 'x.runbook.yaml', fleet: 'a.fleet.yaml' });
  });

  it('calls a step without a name by its verb and no other key', () => {
    const { analysis } = checkText(
      'runbook: x\nsteps:\n  - remove: { group: billing, count: 1 }\n    id: out\n  - { id: b, restore: { group: billing } }\n  - run: |\n      ctl a\n\n      ctl b\n    description: x\n  - run: "ctl c"\n  - run: |\n      # why\n\n      # now\n      ctl d\n  - run: |\n      # later\n',
      fleet,
    );
    const labels = analysis.steps.map((place) => stepLabel(analysis, place, place.reading.step));
    assert.deepEqual(labels, [
      'remove { group: billing, count: 1 }',
      'restore { group: billing }',
      'run ctl a ctl b',
      'run "ctl c"',
      'run ctl d',
      'run # later',
    ]);
  });

  it('gives every step with its place, its name and its verdict', () => {
    assert.deepEqual(
      steps.map(({ index, id, name, line, verdict }: Record<string, unknown>) => [index, id, name, line, verdict]),
      [
        [0, 'out', 'Out', 3, 'unsafe'],
        [1, undefined, undefined, 8, 'safe'],
        [2, undefined, undefined, 9, 'unsafe'],
        [3, undefined, undefined, 10, 'safe'],
      ],
    );
  });

  it('gives the figures of every subsystem', () => {
    assert.deepEqual(steps[0].subsystems, {
      billing: {
        before: { worst: 16, best: 16 },
        lowest: { worst: 10, best: 10 },
        after: { worst: 10, best: 10 },
        minimum: 8,
      },
      index: {
        before: { worst: 12, best: 12 },
        lowest: { worst: 6, best: 10 },
        after: { worst: 6, best: 10 },
        minimum: 10,
      },
    });
  });

  it('says how each command was read, on which line', () => {
    assert.deepEqual(steps[0].commands, [
      { tool: 'ctl', effect: 'none', target: [], count: null, line: 6 },
      { tool: 'ctl', effect: 'remove', target: ['billing'], count: { least: 6, most: 6 }, line: 7 },
    ]);
    assert.deepEqual(steps[3].commands, [{ tool: 'mystery', effect: null, target: [], count: null, line: 10 }]);
    assert.deepEqual(steps[1].commands, []);
  });
});

describe('simulationTable', () => {
  it('has a row a step, and for each subsystem its units, its minimum and the margin, with signs where it counts', () => {
    const table = simulationTable(...simulated(), context, plain);
    assert.equal(
      table,
      `Take some out, on a.fleet.yaml

   step                                                 billing  minimum  margin           index  minimum  margin
   before                                                    16        8      +8              12       10      +2
1  Out                                  unsafe               10        8      +2            6–10       10      -4  !◀
2  restore out                          safe                 16        8      +8              12       10      +2
3  restart { group: shared, count: 3 }  unsafe  16 (down to 13)        8      +5  12 (down to 9)       10      -1  !
4  run mystery --all                    safe                 16        8      +8              12       10      +2

! below the minimum
◀ the tightest point: index, 4 below its minimum of 10, in step 1
`,
    );
  });

  it('keeps its columns straight where it is coloured and where names are wide', () => {
    const { analysis } = checkText(runbook.replace('Out', '取り出す'), fleet);
    const [run] = analysis.runs;
    assert.ok(run);
    const paint = (text: string) => `\u001B[1m${text}\u001B[0m`;
    const colours = { bold: paint, dim: paint, underline: paint, red: paint, yellow: paint, blue: paint, green: paint };
    const coloured = simulationTable(analysis, run, context, colours);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's codes begin with one
    const bare = coloured.replace(/\u001B\[\dm/g, '');
    assert.equal(bare, simulationTable(analysis, run, context, plain));
    assert.match(bare, /^1 {2}取り出す {29}unsafe/m);
  });
});
