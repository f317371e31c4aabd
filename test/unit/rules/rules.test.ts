import assert from 'node:assert/strict';
import { fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 50, recovery: 3h }
  placement: { minimum: 10, dependsOn: [index] }
groups:
  billing-only: { hosts: "b[01-12]", serves: [billing], aliases: [billing-asg] }
  core: { count: 60, serves: [billing, index, placement] }
commands:
  - tool: s3ctl
    usages:
      - usage: "remove --subsystem <subsystem> [-n|--count <count>] [--all]"
        effect: remove
        absent: all
        allIf: ["--all"]
      - usage: "take <hosts...>"
        effect: remove
`;

const head = 'runbook: x\nsteps:\n';

/** A runbook of these steps, beside the fleet. */
function steps(text: string, fleetText = fleet): Record<string, string> {
  return { 'x.runbook.yaml': head + text, 'x.fleet.yaml': fleetText };
}

describe('below-minimum', () => {
  it('stands on the digits of a count, structured or typed, in every form', async () => {
    await reports('below-minimum', steps('  - remove: { group: core, count: ⟦20⟧ }\n'));
    await reports('below-minimum', steps('  - run: s3ctl remove --subsystem index --count=⟦20⟧\n'));
    await reports('below-minimum', steps("  - run: 's3ctl remove --subsystem index -n⟦20⟧'\n"));
    await reports(
      'below-minimum',
      steps('  - run: |\n      # first\n      sudo s3ctl remove \\\n        -n "⟦20⟧" --subsystem index\n'),
    );
    await reports(
      'below-minimum',
      steps('  - run: >-\n      s3ctl remove\n      --count ⟦20⟧\n      --subsystem index\n'),
    );
  });
  it('stands on the word that says everything, or on the verb', async () => {
    await reports('below-minimum', steps('  - run: s3ctl remove --subsystem index ⟦--all⟧\n'));
    await reports('below-minimum', steps('  - run: s3ctl ⟦remove⟧ --subsystem index\n'));
    await reports('below-minimum', steps('  - remove: { group: core, count: ⟦all⟧ }\n'));
  });
  it('speaks of every subsystem that falls, and of those that depend on it', async () => {
    const [finding] = await reports('below-minimum', steps('  - remove: { group: core, count: ⟦20⟧ }\n'));
    assert.deepEqual(finding?.subsystems, ['index']);
    assert.match(finding?.message ?? '', /index below its minimum of 50 units \(from 60 to 40\).*placement/);
    assert.match(
      finding?.related.map(({ message }) => message).join(),
      /index must keep 50 units.*placement depends on it/,
    );
  });
  it('tells what falls for certain from what only may', async () => {
    const files = steps(
      '  - remove: { subsystem: c, count: ⟦5⟧ }\n',
      'fleet: x\nsubsystems: { a: { minimum: 10 }, c: { minimum: 8 } }\ngroups:\n  ab: { count: 8, serves: [a] }\n  ac: { count: 6, serves: [a, c] }\n  bc: { count: 6, serves: [c] }\n',
    );
    const [finding] = await reports('below-minimum', files);
    assert.equal(finding?.severity, 'error');
    assert.match(
      finding?.message ?? '',
      /takes c below its minimum of 8 units \(from 12 to 7\), and may take a below its minimum of 10 units \(from 14 to 9\)\./,
    );
  });
  it('tells of another command of the step what that does', async () => {
    const [finding] = await reports(
      'below-minimum',
      steps(
        '  - run: |\n      kubectl drain a1 ⟦a2⟧\n      kubectl drain b1 b2\n',
        'fleet: x\nsubsystems: { a: { minimum: 2 }, b: { minimum: 2 } }\ngroups:\n  a: { hosts: "a[1-3]", serves: [a] }\n  b: { hosts: "b[1-3]", serves: [b] }\n',
      ),
    );
    assert.match(
      finding?.message ?? '',
      /^Removing a1 and a2 takes a below its minimum of 2 units \(from 3 to 1\)\. Another command of this step takes b below its minimum\./,
    );
    assert.deepEqual(finding?.subsystems, ['a', 'b']);
  });
  it('is a warning where it depends on which servers go', async () => {
    const [finding] = await reports('below-minimum', steps('  - remove: { subsystem: billing, count: ⟦11⟧ }\n'));
    assert.equal(finding?.severity, 'warning');
    assert.match(finding?.message ?? '', /11 from core/);
  });
  it('is an error where no choice spares all, though each could be spared', async () => {
    const two =
      'fleet: demo\nsubsystems:\n  all: { minimum: 0 }\n  a: { minimum: 10 }\n  b: { minimum: 10 }\ngroups:\n  ga: { count: 10, serves: [all, a] }\n  gb: { count: 10, serves: [all, b] }\n';
    const [finding] = await reports('below-minimum', steps('  - remove: { subsystem: all, count: ⟦1⟧ }\n', two));
    assert.equal(finding?.severity, 'error');
  });
  it('stays silent at the minimum, and does not repeat what a step leaves as it was', async () => {
    await reports('below-minimum', steps('  - remove: { group: core, count: 10 }\n'));
    await reports(
      'below-minimum',
      steps('  - remove: { group: core, count: ⟦11⟧ }\n  - wait: 1m\n  - remove: { group: billing-only, count: 1 }\n'),
    );
    await reports(
      'below-minimum',
      steps(
        '  - remove: { group: core, count: 8 }\n  - restore: { group: core }\n  - remove: { group: core, count: 8 }\n',
      ),
    );
  });
  it('says once what an alias repeats on the same word', async () => {
    await reports(
      'below-minimum',
      steps('  - &roll\n    restart: { group: core, batch: ⟦20⟧ }\n  - wait: 5m\n  - *roll\n'),
    );
  });
  it('counts what earlier steps took', async () => {
    await reports(
      'below-minimum',
      steps('  - remove: { group: core, count: 8 }\n  - remove: { group: core, count: ⟦8⟧ }\n'),
    );
  });
  it('looks at the batches of a restart', async () => {
    await reports(
      'below-minimum',
      steps(
        '  - restart: { group: core, batch: 10 }\n  - restart: { group: core, batch: ⟦11⟧ }\n  - ⟦restart⟧: { group: core }\n',
      ),
    );
  });
  it('looks at a scale down', async () => {
    await reports('below-minimum', steps('  - scale: { group: core, to: 50 }\n  - scale: { group: core, to: ⟦49⟧ }\n'));
  });
  it('offers the largest count that is safe here and later', async () => {
    const after = await fixed(
      'below-minimum',
      steps('  - remove: { group: core, count: 40 }\n  - remove: { group: core, count: 3 }\n'),
    );
    assert.match(after, /count: 7 \}\n/);
  });
  it('offers the smallest safe size and the largest safe batch', async () => {
    assert.match(await fixed('below-minimum', steps('  - scale: { group: core, to: 25 }\n')), /to: 50/);
    assert.match(await fixed('below-minimum', steps('  - restart: { group: core, batch: 40 }\n')), /batch: 10/);
  });
  it('asks whether the figure was meant that the step says itself', async () => {
    const files = steps('  - name: Take four out\n    remove: { group: core, count: 40 }\n');
    assert.match(await fixed('below-minimum', files, /Did you mean 4\?/), /count: 4 \}/);
  });
});

describe('exceeds-target', () => {
  it('fires where more is taken than is there', async () => {
    await reports('exceeds-target', steps('  - remove: { group: billing-only, count: ⟦13⟧ }\n'));
    await reports(
      'exceeds-target',
      steps('  - remove: { group: billing-only, count: 8 }\n  - remove: { group: billing-only, count: ⟦5⟧ }\n'),
    );
  });
  it('does not where there is just enough', async () => {
    await reports('exceeds-target', steps('  - remove: { group: billing-only, count: 12 }\n'));
  });
});

describe('the name of a target', () => {
  it('is that of the groups that carry all of its labels', async () => {
    const [found] = await reports('below-minimum', {
      'x.runbook.yaml':
        'runbook: x\nsteps:\n  - remove: { labels: { role: replica, dc: west }, count: ⟦3⟧ }\n  - restore: { labels: { role: replica } }\n',
      'x.fleet.yaml':
        'fleet: x\nsubsystems:\n  db: { minimum: 18 }\ngroups:\n  east: { count: 10, serves: [db], labels: { role: replica, dc: east } }\n  west: { count: 10, serves: [db], labels: { role: replica, dc: west } }\n',
    });
    assert.ok(found?.message.startsWith('Removing 3 servers of west takes db'), found?.message);
  });
});

describe('unknown-name', () => {
  it('stands on the name', async () => {
    await reports('unknown-name', steps('  - remove: { subsystem: ⟦biling⟧, count: 1 }\n'));
    await reports('unknown-name', steps('  - run: s3ctl remove --subsystem "⟦biling⟧" -n 1\n'));
    await reports('unknown-name', steps('  - remove: { hosts: ⟦b13⟧ }\n'));
    await reports('unknown-name', steps('  - restore: ⟦nobody⟧\n'));
    await reports('unknown-name', steps('  - remove: { group: core, count: "{{ ⟦n⟧ }}" }\n'));
  });
  it('is an information where the fleet has a mistake that hides its names', async () => {
    const [found] = await reports('unknown-name', {
      'x.runbook.yaml': 'runbook: x\nsteps:\n  - remove: { group: ⟦web⟧, count: 1 }\n',
      'x.fleet.yaml':
        'fleet: x\nsubsystems:\n  web: { minimum: 6 }\ngroups:\n  - { name: web, count: 10, serves: [web] }\n',
    });
    assert.equal(found?.severity, 'information');
  });
  it('offers the value of a label that stands apart from its key', async () => {
    const files = {
      'x.runbook.yaml': 'runbook: x\nsteps:\n  - restart: { labels: { app: ⟦wbe⟧ }, batch: 1 }\n',
      'x.fleet.yaml':
        'fleet: x\nsubsystems:\n  web: { minimum: 6 }\ngroups:\n  a: { count: 10, serves: [web], labels: { app: web } }\n',
    };
    const [found] = await reports('unknown-name', files);
    assert.equal(found?.message, 'There is no label `app=wbe` in the fleet. Did you mean `web`?');
    // The label, and not the subsystem that has the same name.
    const [declared] = found?.related ?? [];
    assert.equal(files['x.fleet.yaml'].slice(declared?.span.start).trim(), 'web } }');
  });
  it('knows groups, aliases, subsystems and hosts', async () => {
    await reports(
      'unknown-name',
      steps('  - remove: { group: billing-asg, count: 1 }\n  - remove: { hosts: "b[01-03]" }\n'),
    );
  });
  it('offers the name that was meant', async () => {
    assert.match(
      await fixed('unknown-name', steps('  - remove: { subsystem: biling, count: 1 }\n')),
      /subsystem: billing,/,
    );
  });
  it('stands on a path that cannot be read', async () => {
    await reports('unknown-name', {
      'x.runbook.yaml': 'runbook: x\nfleet: ⟦./nobody.fleet.yaml⟧\nsteps:\n  - wait: 1m\n',
    });
    await reports('unknown-name', {
      'x.runbook.yaml': 'runbook: x\nfleet: ⟦./x.runbook.yaml⟧\nsteps:\n  - wait: 1m\n',
    });
  });
});

describe('shared-servers', () => {
  it('is silent where a command names several groups that share nothing', async () => {
    const files = (serves: string, step: string) => ({
      'x.runbook.yaml': `runbook: x\nsteps:\n  - ${step}\n`,
      'x.fleet.yaml': `fleet: x\nsubsystems:\n  web: { minimum: 1 }\n  api: { minimum: 1 }\ngroups:\n  web: { count: 9, serves: [web] }\n  lb: { count: 9, serves: [${serves}] }\n`,
    });
    const several = 'run: kubectl rollout restart deployment web lb';
    await reports('shared-servers', files('api', several));
    await reports('shared-servers', files('web, api', several));
    await reports('shared-servers', files('web, api', 'remove: { subsystem: ⟦web⟧, count: 1 }'));
  });
  it('tells what else the servers serve', async () => {
    await reports('shared-servers', steps('  - remove: { subsystem: ⟦billing⟧, count: 1 }\n'));
  });
  it('is silent where a group is named', async () => {
    await reports('shared-servers', steps('  - remove: { group: core, count: 1 }\n'));
  });
});

describe('cannot-tell', () => {
  it('stands on the word that is the obstacle', async () => {
    await reports('cannot-tell', steps('  - run: s3ctl remove --subsystem billing --count ⟦$N⟧\n'));
  });
  it('is silent where all is known', async () => {
    await reports(
      'cannot-tell',
      steps('  - run: N=2 && s3ctl remove --subsystem billing --count $N\n  - run: ls -l\n'),
    );
  });
});

describe('no-effect', () => {
  it('tells where there is nothing to restore', async () => {
    await reports('no-effect', steps('  - restore: { group: ⟦core⟧ }\n'));
    const [finding] = await reports('no-effect', steps('  - remove: { hosts: b01 }\n  - remove: { hosts: ⟦b01⟧ }\n'));
    assert.equal(finding?.severity, 'information');
    const [named] = await reports('no-effect', steps('  - restore: { hosts: ⟦b01⟧ }\n'));
    assert.equal(named?.severity, 'warning');
    const twice = '  - id: a\n    remove: { group: core, count: 1 }\n  - restore: a\n  - restore: ⟦a⟧\n';
    const [again] = await reports('no-effect', steps(twice));
    assert.match(
      again?.message ?? '',
      /^Nothing that `a` took out is still out, so there is nothing to restore\. Correct what it names, or leave it out\.$/,
    );
  });
  it('is silent where there is', async () => {
    await reports('no-effect', steps('  - id: out\n    remove: { group: core, count: 1 }\n  - restore: out\n'));
    // What it was taken out for.
    await reports('no-effect', steps('  - run: kubectl drain b01\n  - run: ssh b01 sudo reboot\n'));
  });
  it('is silent where what is restored may have gone in a way that nobody can follow', async () => {
    const lost = '  - run: |\n      kubectl drain $X\n      kubectl uncordon b01\n';
    const beside =
      '  - repeat:\n      times: 2\n      steps:\n        - run: kubectl drain $X\n        - restore: { group: core }\n';
    const menu =
      '  - run: |\n      case $1 in\n      start) kubectl uncordon b01 ;;\n      stop) kubectl drain b01 ;;\n      esac\n';
    for (const text of [lost, beside, menu]) await reports('no-effect', steps(text));
  });
  it('is silent where a script drains before it stops, and where work is taken again after a drain', async () => {
    await reports('no-effect', steps('  - run: kubectl drain b01 && ssh b01 sudo systemctl stop kubelet\n'));
    await reports('no-effect', steps('  - run: kubectl drain b01 && kubectl drain ⟦b01⟧\n'));
    const retried = 'for i in 1 2 3; do if kubectl drain b01; then break; fi; done';
    await reports('no-effect', steps(`  - run: ${retried}; kubectl uncordon b01\n`));
    await reports('no-effect', steps('  - run: for n in b01 b02 ⟦b01⟧; do kubectl drain $n; done\n'));
    await reports('no-effect', steps('  - run: kubectl delete pod b01 && kubectl exec b01 -- vault operator unseal\n'));
    await reports('no-effect', steps('  - run: ssh b01 sudo reboot && kubectl uncordon ⟦b02⟧\n'));
    const slurm = (node: string) =>
      `  - run: scontrol update nodename=b01 state=drain\n  - run: scontrol update nodename=${node} state=resume\n`;
    await reports('no-effect', steps(slurm('b01')));
    await reports('no-effect', steps(slurm('⟦b02⟧')));
  });
  it('is silent of the second service of a host that a script stops or starts', async () => {
    const both = (verb: string, host = 'b01', second = 'b') =>
      `  - run: |\n      ssh b01 systemctl ${verb} a\n      ssh ${host} systemctl ${verb} ${second}\n`;
    await reports('no-effect', steps(both('stop') + both('start')));
    await reports('no-effect', steps(`  - run: ssh b01 'systemctl stop a b'\n${both('start')}`));
    await reports('no-effect', steps(both('stop', '⟦b01⟧', 'a')));
    await reports('no-effect', steps(both('stop') + both('start', '⟦b01⟧', 'a')));
  });
  it('says how many of how many a restart takes at once', async () => {
    const [some] = await reports('below-minimum', steps('  - restart: { group: core, count: ⟦20⟧ }\n'));
    assert.match(some?.message ?? '', /^Restarting 20 servers of core at once takes /);
  });
  it('is not said of all that a command without a name takes', async () => {
    const [finding] = await reports('below-minimum', steps('  - run: kubectl scale deploy --all --replicas=⟦0⟧\n'));
    assert.match(finding?.message ?? '', /^Scaling the whole fleet to 0 servers takes /);
  });
  it('tells that nothing is in service where a part of nothing is asked for', async () => {
    const [finding] = await reports(
      'no-effect',
      steps('  - remove: { group: core, count: all }\n  - remove: { group: ⟦core⟧, count: 10% }\n'),
    );
    assert.equal(
      finding?.message,
      'No server of core is in service, so nothing happens. Restore some first, or leave the step out.',
    );
  });
});

describe('the fleet itself', () => {
  const one = (text: string) => ({ 'x.fleet.yaml': text });
  it('impossible-fleet stands on a subsystem that nobody serves, beside a group that serves nothing', async () => {
    for (const serves of ['[]', '{}'])
      await reports(
        'impossible-fleet',
        one(`fleet: x\nsubsystems:\n  ⟦a⟧: { minimum: 1 }\ngroups:\n  g: { count: 3, serves: ${serves} }\n`),
      );
  });
  it('already-below-minimum stands on the minimum', async () => {
    await reports(
      'already-below-minimum',
      one('fleet: x\nsubsystems:\n  a: { minimum: ⟦9⟧ }\ngroups:\n  g: { count: 10, serves: [a], unavailable: 2 }\n'),
    );
    await reports(
      'already-below-minimum',
      one('fleet: x\nsubsystems:\n  a: { minimum: 8 }\ngroups:\n  g: { count: 10, serves: [a], unavailable: 2 }\n'),
    );
  });
  it('impossible-fleet says what contradicts what', async () => {
    const cases = [
      'fleet: x\nsubsystems:\n  a: { capacity: 4, minimum: ⟦5⟧ }\n',
      'fleet: x\nsubsystems:\n  ⟦a⟧: { minimum: 1 }\n',
      'fleet: x\nsubsystems:\n  ⟦a⟧: { capacity: 4, minimum: 1, dependsOn: [b] }\n  b: { capacity: 4, minimum: 1, dependsOn: [a] }\n',
      'fleet: x\nsubsystems:\n  a: { capacity: 4, minimum: 1, dependsOn: [⟦bb⟧] }\n',
      'fleet: x\nsubsystems:\n  a: { minimum: 1 }\ngroups:\n  g: { hosts: "h[1-3]", serves: [a] }\n  h: { hosts: "⟦h[3-4]⟧", serves: [a] }\n',
      'fleet: x\nsubsystems:\n  a: { minimum: 1 }\ngroups:\n  g: { count: 4, serves: [a, ⟦c⟧] }\n',
      'fleet: x\nsubsystems:\n  a: { capacity: 4, minimum: 1 }\nremoval: { limit: ⟦5%⟧, window: 1m }\n',
      'fleet: x\nsubsystems:\n  a: { minimum: 1 }\ngroups:\n  g: { count: 4, serves: [a], unavailable: ⟦5⟧ }\n',
    ];
    for (const text of cases) await reports('impossible-fleet', one(text));
  });
  it('impossible-fleet names all that a limit lets nothing go of', async () => {
    const [finding] = await reports(
      'impossible-fleet',
      one(
        'fleet: x\nsubsystems:\n  a: { capacity: 4, minimum: 1 }\n  b: { capacity: 3, minimum: 1 }\n  c: { capacity: 90, minimum: 1 }\nremoval: { limit: ⟦5%⟧, window: 1m }\n',
      ),
    );
    assert.equal(
      finding?.message,
      'This limit allows nothing of a and b to go: of their 4 units and 3 units it is less than one. Raise it, or give them a `removal` of their own.',
    );
  });
  it('a good fleet is silent', async () => {
    for (const rule of ['impossible-fleet', 'already-below-minimum', 'schema', 'syntax'])
      await reports(rule, one(fleet));
  });
});

describe('the file itself', () => {
  it('syntax says what to quote', async () => {
    const [finding] = await reports('syntax', steps('  - remove: { group: core, count: ⟦{{ n }}⟧ }\n'));
    assert.match(finding?.message ?? '', /[Qq]uote/);
    await reports('syntax', steps('  - wait: 1m\n  - manual: ⟦"Look at the dashboard⟧\n'));
  });
  it('schema is one plain finding a mistake', async () => {
    await reports('schema', steps('  - ⟦remov⟧: { group: core, count: 1 }\n'));
    await reports('schema', steps('  - remove: { group: core, count: ⟦4x⟧ }\n'));
    assert.match(await fixed('schema', steps('  - remov: { group: core, count: 1 }\n')), /- remove:/);
  });
  it('syntax puts braces around keys, also in place of parentheses', async () => {
    for (const keys of ['group: core, count: 1', '(group: core, count: 1)'])
      assert.match(await fixed('syntax', steps(`  - remove: ${keys}\n`), /./), /- remove: \{ group: core, count: 1 \}/);
  });
  it('unknown-name tells what brackets mean to Ansible', async () => {
    const [finding, ...more] = await reports('unknown-name', {
      'x.runbook.yaml':
        "runbook: x\nsteps:\n  - run: ansible '⟦web-0[1-4]⟧' -b -m reboot -f 1\n  - run: H=web-19; ansible ⟦$H⟧ -b -m reboot -f 1\n",
      'x.fleet.yaml':
        'fleet: d\nsubsystems: { web: { minimum: 6 } }\ngroups: { web: { hosts: "web-[01-10],web-191", serves: [web] } }\n',
    });
    assert.match(
      finding?.message ?? '',
      /`web-0` in the fleet\. Brackets behind a name count the servers of a group here/,
    );
    assert.ok(more.every(({ message }) => !message.includes('Brackets')));
  });
  it('unknown-name tells of zeros that a range of hosts lacks', async () => {
    const [finding] = await reports('unknown-name', {
      'x.runbook.yaml': 'runbook: x\nsteps:\n  - restart: { hosts: "⟦web[1-4]⟧", batch: 1 }\n',
      'x.fleet.yaml':
        'fleet: d\nsubsystems: { web: { minimum: 6 } }\ngroups: { web: { hosts: "web[01-10]", serves: [web] } }\n',
    });
    assert.match(finding?.message ?? '', /There is `web01`: zeros in front of a number belong to the name\.$/);
  });

  it('duplicate-key stands on the second', async () => {
    await reports('duplicate-key', steps('  - name: a\n    ⟦name⟧: b\n    wait: 1m\n'));
  });
  it('no-fleet is said once', async () => {
    await reports('no-fleet', {
      'x.runbook.yaml':
        '⟦runbook⟧: x\nsteps:\n  - remove: { group: a, count: 1 }\n  - remove: { group: b, count: 1 }\n',
    });
    await reports('no-fleet', {
      'x.runbook.yaml': '⟦runbook⟧: x\nsteps:\n  - wait: 1m\n',
      'a.fleet.yaml': fleet,
      'b.fleet.yaml': fleet,
    });
  });
  it('invalid-command-declaration stands in the usage line', async () => {
    const [finding] = await reports('invalid-command-declaration', {
      'x.fleet.yaml':
        'fleet: x\nsubsystems:\n  a: { capacity: 4, minimum: 1 }\ncommands:\n  - tool: t\n    usages:\n      - usage: "remove --count <⟦cuont⟧>"\n        effect: remove\n',
    });
    assert.ok(finding);
  });
});
