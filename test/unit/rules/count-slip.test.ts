import assert from 'node:assert/strict';
import { saidFigures } from '../../../server/src/rules/evidence/said-figures.ts';
import { isSlip } from '../../../server/src/rules/evidence/slip.ts';
import { fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: s3-us-east-1
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 50 }
groups:
  billing-only: { count: 1200, serves: [billing] }
  core-a: { count: 600, serves: [billing, index], zone: a }
  core-b: { count: 600, serves: [billing, index], zone: b }
  small: { count: 60, serves: [index] }
commands:
  - tool: s3ctl
    usages:
      - usage: "remove --subsystem <subsystem> [-n|--count <count>]"
        effect: remove
`;

/** A runbook of these steps, beside the fleet. */
function steps(text: string, parameters = ''): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\n${parameters}steps:\n${text}`, 'x.fleet.yaml': fleet };
}

/** A removal of so many under a name. */
function named(name: string, count: string): Record<string, string> {
  return steps(`  - name: "${name}"\n    remove: { group: billing-only, count: ${count} }\n`);
}

describe('count-slip beside the name of the step', () => {
  const slips: readonly (readonly [string, string])[] = [
    ['Take four billing servers out', '40'],
    ['Take 4 billing servers out', '44'],
    ['Take 4 S3 billing servers out', '14'],
    ['Remove 12 hosts from billing', '21'],
    ['Remove 12 hosts', '1'],
    ['Take four out', '40'],
    ['Drain 4', '5'],
    ['Step 3: take out four of the servers', '40'],
    ['2) Remove twenty-five idle nodes', '225'],
    ['Take one server out', '11'],
    ['Take four servers out and wait 15 minutes', '40'],
    ['Take four servers out of us-east-1', '41'],
    ['Take four billing-only out', '40'],
    ['Remove 10 more servers', '100'],
    ['Take 4 of 40 servers out', '44'],
    ['Take 4 of them out', '40'],
  ];
  for (const [name, count] of slips) {
    it(`${count} in “${name}”`, async () => {
      const [finding] = await reports('count-slip', named(name, `⟦${count}⟧`));
      assert.match(finding?.message ?? '', /the name of the step says/);
    });
  }
  const innocents: readonly (readonly [string, string])[] = [
    ['Take four billing servers out', '4'],
    ['Take servers out of us-east-1', '10'],
    ['Roll out v2 to the servers', '20'],
    ['Drain node-4', '40'],
    ['Drain node 4', '40'],
    ['Step 2: drain billing', '20'],
    ['Step 2', '20'],
    ['2. Drain billing', '20'],
    ['Take 4 of 40 servers out', '40'],
    ['Take 4 of the racks out', '40'],
    ['Wait 15 minutes and drain', '150'],
    ['Take 10% out', '100'],
    ['Take 10 % out', '100'],
    ['Drain the second rack', '20'],
    ['Drain them one by one', '10'],
    ['Drain one of the racks', '10'],
    ['Restart after 28 Feb', '280'],
    ['Fix the outage of 2017-02-28', '17'],
    ['Leave 4 servers in service', '40'],
    ['Keep at least 4 servers', '40'],
    ['Scale down to 4 servers', '40'],
    ['Drain 3 times', '30'],
    ['Remove servers in 4 batches', '40'],
    ['Round 1 of removals', '10'],
    ['Remove the servers of ticket 4', '40'],
    ['Take 4 servers out, then 8 more servers', '40'],
    ['Take four billing servers out', '120'],
    ['Take four billing servers out', '7'],
    ['Take a dozen servers out', '120'],
    ['Look at billing', '40'],
    ['Remove up to 4 servers', '40'],
    ['Take out 40 servers, 4 at a time', '44'],
    ['Restart 2 pods per node', '12'],
    ['Drain billing (4 nodes stay)', '40'],
  ];
  for (const [name, count] of innocents) {
    it(`not ${count} in “${name}”`, async () => void (await reports('count-slip', named(name, count))));
  }
  const percents: readonly (readonly [string, string])[] = [
    ['Drain 2% of billing', '⟦20%⟧'],
    ['Drain 2 percent of the servers', '⟦20%⟧'],
    ['Take out 10 %', '⟦1%⟧'],
    ['Drain 20% of billing (2% is safe)', '20%'],
    ['Drain until errors are below 2%', '20%'],
    ['If 2% of requests fail, drain', '20%'],
    ['Keep 2% of billing', '20%'],
    ['Drain billing to 80%', '8%'],
    ['Drain 2.5% of billing', '25%'],
    ['Drain 20-30% of billing', '2%'],
    ['Take 4 billing servers out', '40%'],
  ];
  for (const [name, count] of percents) {
    it(`${count} in “${name}”`, async () => void (await reports('count-slip', named(name, count))));
  }
  it('offers the percentage', async () => {
    assert.match(await fixed('count-slip', named('Drain 2% of billing', '20%')), /count: 2% \}/);
  });
  it('speaks of typed commands too, and of batches and sizes', async () => {
    await reports(
      'count-slip',
      steps('  - name: Take four billing servers out\n    run: s3ctl remove --subsystem billing --count=⟦40⟧\n'),
    );
    await reports(
      'count-slip',
      steps('  - name: Restart core-a, two at a time\n    restart: { group: core-a, batch: ⟦22⟧ }\n'),
    );
    await reports(
      'count-slip',
      steps('  - name: Scale core-a to 580 servers\n    scale: { group: core-a, to: ⟦508⟧ }\n'),
    );
    await reports(
      'count-slip',
      steps('  - name: Scale core-a down by 4 servers\n    scale: { group: core-a, to: 40 }\n'),
    );
  });
  it('says nothing where several commands or turns add up', async () => {
    const twice = 's3ctl remove --subsystem billing --count 3';
    await reports('count-slip', steps(`  - name: Take six servers out\n    run: |\n      ${twice}\n      ${twice}\n`));
    await reports(
      'count-slip',
      steps(
        '  - repeat:\n      times: 10\n      steps:\n        - name: Take ten servers out\n          remove: { group: small, count: 1 }\n',
      ),
    );
    await reports(
      'count-slip',
      steps(
        '  - name: Take ten servers out\n    run: for i in $(seq 10); do s3ctl remove --subsystem billing -n 1; done\n',
      ),
    );
  });
  it('takes the word of the intent', async () => {
    const name = '  - name: Take four billing servers out\n    remove: { subsystem: billing, count: 40 }\n';
    await reports('count-slip', steps(`${name}    intent: { count: 40 }\n`));
    await reports('count-slip', steps(`${name}    intent: { count: 4 }\n`));
    await reports('intent-mismatch', steps(`${name.replace('40', '⟦40⟧')}    intent: { count: 4 }\n`));
  });
  it('offers the figure', async () => {
    assert.match(await fixed('count-slip', named('Take four billing servers out', '40')), /count: 4 \}/);
  });
});

describe('count-slip in a range of hosts', () => {
  const hosts = (name: string, run: string) => ({
    'x.runbook.yaml': `runbook: x\nsteps:\n  - name: ${name}\n    ${run}\n`,
    'x.fleet.yaml':
      'fleet: x\nsubsystems:\n  web: { minimum: 5 }\ngroups:\n  web: { hosts: "web[01-99]", serves: [web] }\n',
  });
  it('is a slip of its last number', async () => {
    for (const [name, run] of [
      ['Drain 4 web nodes', 'run: kubectl drain ⟦web{01..14}⟧ --force'],
      ['Restart the first three web nodes', 'run: pdsh -w ⟦web[01-13]⟧ sudo systemctl restart nginx'],
      ['Take 4 servers out', 'remove: { hosts: "⟦web[11-24]⟧" }'],
      ['Take 4 servers out', 'run: for i in ⟦$(seq -w 1 40)⟧; do kubectl drain web$i; done'],
      ['Take 4 servers out', 'run: |\n      for i in ⟦web{01..40}⟧; do\n        kubectl drain $i\n      done'],
    ] as const)
      await reports('count-slip', hosts(name, run));
    const [finding] = await reports('count-slip', hosts('Drain 4 nodes', 'run: kubectl drain ⟦web{01..14}⟧'));
    assert.equal(
      finding?.message,
      'web{01..14} names 14 servers, which looks like a slip of the key: the name of the step says 4 (“Drain 4 nodes”). Type web{01..04} if that is meant, or correct what is said.',
    );
    assert.match(
      await fixed('count-slip', hosts('Drain 4 nodes', 'run: kubectl drain web{01..14} # now')),
      / {4}run: kubectl drain web\{01\.\.04\} # now\n/,
    );
  });
  it('is none where the name says something else, or more is taken', async () => {
    for (const [name, run] of [
      ['Drain web01 to web14', 'run: kubectl drain web{01..14}'],
      ['Drain 14 nodes', 'run: kubectl drain web{01..14}'],
      ['Drain 2 racks, 4 servers each', 'run: kubectl drain web{01..08}'],
      ['Drain 4 racks', 'run: kubectl drain web{01..14}'],
      ['Restart the web nodes, 4 at a time', 'run: pdsh -f 4 -w web[01-14] sudo systemctl restart nginx'],
      ['Step 4 drain', 'run: kubectl drain web{01..14}'],
      ['Take 9 servers out', 'remove: { hosts: "web[01-06]" }'],
      ['Drain 4 servers', 'run: |\n      kubectl drain web{01..14}\n      kubectl drain web{21..22}'],
      ['Drain 4 servers', 'run: |\n      for i in web{01..14}; do kubectl drain $i; done\n      kubectl drain web21'],
      ['Drain 2 servers', 'run: kubectl drain web01 web02 web03'],
      ['Restart the 2 web containers', 'run: pdsh -w web[01-12] docker restart web'],
    ] as const)
      await reports('count-slip', hosts(name, run));
  });
});

describe('count-slip beside other steps', () => {
  const removals = (counts: readonly string[], group = (_: number) => 'billing-only') =>
    steps(counts.map((count, i) => `  - remove: { group: ${group(i)}, count: ${count} }\n`).join(''));

  it('compares percentages with percentages', async () => {
    await reports('count-slip', removals(['4%', '4%', '⟦40%⟧', '4%']));
    await reports('count-slip', removals(['4%', '4%', '40', '4%']));
    await reports('count-slip', removals(['1%', '1%', '10%']));
  });
  it('speaks where the others agree', async () => {
    await reports('count-slip', removals(['4', '⟦40⟧', '4']));
    await reports('count-slip', removals(['4', '4', '⟦44⟧']));
    await reports('count-slip', removals(['⟦40⟧', '4', '4']));
    await reports('count-slip', removals(['10', '⟦1⟧', '10', '10']));
    await reports(
      'count-slip',
      removals(['4', '⟦40⟧', '4'], (i) => ['core-a', 'core-b', 'core-a'][i] ?? ''),
    );
  });
  it('says nothing of ramps, trials and rests', async () => {
    for (const counts of [
      ['1', '10', '100'],
      ['1', '1', '10'],
      ['4', '40'],
      ['1', '10', '10'],
      ['10', '10', '1'],
      ['4', '4', '5'],
      ['3', '4', '40'],
      ['4', '40', '4', '40'],
      ['4', '4', '4'],
    ])
      await reports('count-slip', removals(counts));
  });
  it('says nothing of groups of another size', async () => {
    await reports(
      'count-slip',
      removals(['4', '40', '4'], (i) => ['core-a', 'billing-only', 'core-b'][i] ?? ''),
    );
  });
});

describe('count-slip beside a parameter', () => {
  const parameters = (name: string) => `parameters:\n  ${name}: { default: 4, minimum: 1, maximum: 8 }\n`;
  it('speaks where the parameter stands for just this count', async () => {
    await reports(
      'count-slip',
      steps(
        '  - remove: { subsystem: billing, count: "{{ count }}" }\n  - remove: { subsystem: billing, count: ⟦40⟧ }\n',
        parameters('count'),
      ),
    );
    const [finding] = await reports(
      'count-slip',
      steps('  - run: s3ctl remove --subsystem billing --count ⟦40⟧\n', parameters('count')),
    );
    assert.match(finding?.message ?? '', /the parameter `count` stands for 4/);
  });
  it('says nothing where it stands for something else, or is used', async () => {
    const remove = '  - remove: { group: core-a, count: 40 }\n';
    await reports('count-slip', steps(remove, parameters('retries')));
    // A trial with less than usual, and a figure that the name of the step confirms.
    await reports('count-slip', steps('  - remove: { subsystem: billing, count: 3 }\n', parameters('count')));
    await reports('count-slip', steps('  - remove: { subsystem: billing, count: ⟦5⟧ }\n', parameters('count')));
    await reports(
      'count-slip',
      steps('  - name: Take five out\n    remove: { subsystem: billing, count: 5 }\n', parameters('count')),
    );
    await reports('count-slip', steps(`${remove}  - run: curl --retry {{ count }} x\n`, parameters('count')));
    await reports(
      'count-slip',
      steps(`${remove}  - remove: { group: small, count: "{{ count }}" }\n`, parameters('count')),
    );
    await reports(
      'count-slip',
      steps('  - remove: { subsystem: billing, count: "{{ count }}" }\n', parameters('count')),
    );
  });
});

describe('the figures that a sentence says', () => {
  const names = new Set(['billing']);
  it('are told apart by what they count', () => {
    assert.deepEqual(saidFigures('Restart twenty servers, 4 at a time, down to 10', names), [
      { value: 20, of: 'servers' },
      { value: 4, of: 'batch' },
      { value: 10, of: 'size' },
    ]);
    assert.deepEqual(saidFigures('Take 1,200 billing servers out', names), [{ value: 1200, of: 'servers' }]);
    assert.deepEqual(saidFigures('Look 2 times at 3 dashboards', names), [
      { value: 2, of: 'other' },
      { value: 3, of: 'other' },
    ]);
  });
});

describe('a slip of the key', () => {
  it('is one digit too many, too few, beside, or swapped', () => {
    for (const [typed, said] of [
      [40, 4],
      [4, 40],
      [44, 4],
      [41, 4],
      [21, 12],
      [5, 4],
      [1200, 120],
    ] as const)
      assert.ok(isSlip(typed, said), `${typed} ${said}`);
    for (const [typed, said] of [
      [4, 4],
      [400, 4],
      [9, 4],
      [7, 4],
      [3, 40],
      [123, 312],
      [100, 64],
    ] as const)
      assert.ok(!isSlip(typed, said), `${typed} ${said}`);
  });
});
