import assert from 'node:assert/strict';
import { fixed } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
subsystems:
  web: { minimum: 60 }
  billing: { minimum: 4 }
  index: { minimum: 30 }
groups:
  web: { count: 100, serves: [web] }
  billing-only: { count: 12, serves: [billing] }
  core: { count: 34, serves: [billing, index] }
  a: { count: 10, serves: [billing], zone: a, warmup: 15m }
  b: { count: 10, serves: [billing], zone: b, warmup: 15m }
removal: { limit: 20%, window: 10m, zonesAtOnce: 1 }
commands:
  - tool: ctl
    usages:
      - { usage: "remove --subsystem <subsystem> [--group <group>] --count <count>", effect: remove }
      - { usage: "stop <target> [<count>]", effect: remove, absent: all }
      - usage: "drain <group> --count <count> [-b|--batch <batch>] [--pause <pause>]"
        effect: remove
        speed: { batch: <batch>, absent: all-at-once }
      - { usage: "start <target> <count>", effect: restore }
`;

function steps(text: string, fleetText = fleet): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\nsteps:\n${text}`, 'x.fleet.yaml': fleetText };
}

const slow = fleet.replace('removal: { limit: 20%, window: 10m, zonesAtOnce: 1 }', '');

/** The steps after the fix of that title. */
async function after(rule: string, text: string, title: RegExp, fleetText = fleet): Promise<string> {
  return (await fixed(rule, steps(text, fleetText), title)).replace('runbook: x\nsteps:\n', '');
}

describe('a fix', () => {
  it('is not offered where it mends another step and leaves its own as it is', async () => {
    const text =
      '  - remove: { group: billing-only, count: 8 }\n  - remove: { group: web, count: 30 }\n  - remove: { group: core, count: 4 }\n  - remove: { group: a, count: 4 }\n';
    await assert.rejects(after('removal-rate', text, /^Wait/), /no such fix/);
    await assert.rejects(after('removal-rate', text, /^Restore/), /no such fix/);
  });
});

describe('the largest safe batch', () => {
  it('is an option of what carries the command to the hosts, behind its verb', async () => {
    const hosts = fleet.replace('{ count: 12, serves: [billing] }', '{ hosts: "b[01-12]", serves: [billing] }');
    const own = hosts.replace('billing: { minimum: 4 }', 'billing: { minimum: 62 }').replace(/^removal.*$/m, '');
    const said = async (run: string) =>
      after('below-minimum', `  - run: ${run}\n`, /^Use 4, the largest safe batch/, own);
    const stop = "'systemctl restart nginx'";
    assert.equal(
      await said(`sudo pdsh -w b[01-12] ${stop} # all`),
      `  - run: sudo pdsh -f 4 -w b[01-12] ${stop} # all\n`,
    );
    assert.equal(await said(`ansible b* -b -m reboot`), '  - run: ansible --forks 4 b* -b -m reboot\n');
    assert.equal(
      await said(`knife ssh -m 'b01 b02 b03 b04 b05' ${stop}`),
      `  - run: knife ssh --concurrency 4 -m 'b01 b02 b03 b04 b05' ${stop}\n`,
    );
    assert.equal(
      await said(`salt -L b01,b02,b03,b04,b05 service.restart nginx`),
      `  - run: salt --batch-size 4 -L b01,b02,b03,b04,b05 service.restart nginx\n`,
    );
    await assert.rejects(said(`pdsh -w b[01-12] 'systemctl stop nginx'`), /no such fix/);
  });
});

describe('a parameter that may have some values only', () => {
  const text = (values: string) =>
    `runbook: x\nparameters:\n  n: { enum: [${values}], default: 70 }\nsteps:\n  - remove: { group: web, count: "{{ n }}" }\n`;
  const files = (values: string) => ({ 'x.runbook.yaml': text(values), 'x.fleet.yaml': slow });
  it('gets the largest safe one of them as its default', async () => {
    const title = /^Set the parameter's default to 20, the largest safe one of its values$/;
    assert.equal(
      await fixed('below-minimum', files('2, 20, 70'), title),
      text('2, 20, 70').replace('default: 70', 'default: 20'),
    );
  });
  it('keeps its place in the step where none of them is safe', async () => {
    await assert.rejects(fixed('below-minimum', files('50, 70'), /^Use|^Set/), /no such fix/);
  });
});

describe('batches with a pause', () => {
  const title = /^Take them out in batches of 20, 10 minutes apart$/;
  it('of a structured step', async () => {
    assert.equal(
      await after('removal-rate', '  - remove: { group: web, count: 40 } # all of them\n', title),
      '  - remove: { group: web, count: 40, batch: 20, pause: 10m } # all of them\n',
    );
    assert.equal(
      await after('removal-rate', '  - remove:\n      # the old ones\n      group: web\n      count: 40\n', title),
      '  - remove:\n      # the old ones\n      batch: 20\n      pause: 10m\n      group: web\n      count: 40\n',
    );
    assert.equal(
      await after('removal-rate', '  - remove: { group: web, count: 40, batch: 30, pause: 1m }\n', title),
      '  - remove: { group: web, count: 40, batch: 20, pause: 10m }\n',
    );
  });
  it('of a typed command that has options for it', async () => {
    assert.equal(
      await after('removal-rate', '  - run: ctl drain web --count 40\n', title),
      '  - run: ctl drain web --count 40 --batch 20 --pause 10m\n',
    );
    assert.equal(
      await after('removal-rate', '  - run: ctl drain web --count 40 -b 30 # all\n', title),
      '  - run: ctl drain web --count 40 -b 20 --pause 10m # all\n',
    );
  });
  it('of a typed command', async () => {
    assert.equal(
      await after('removal-rate', '  - run: ctl stop web 40\n', title),
      '  - run: for round in $(seq 2); do ctl stop web 20; sleep 600; done\n',
    );
    assert.equal(
      await after('removal-rate', '  - run: |\n      # now\n      ctl stop web 30\n', title),
      '  - run: |\n      # now\n      for round in $(seq 1); do ctl stop web 20; sleep 600; done; ctl stop web 10\n',
    );
  });
  it('of a typed command that names its hosts', async () => {
    const named = `${slow.replace('web: { count: 100,', 'web: { hosts: "web[01-99],web100",')}removal: { limit: 4, window: 10m }\n`;
    const fours = /^Take them out in batches of 4, 10 minutes apart$/;
    assert.equal(
      await after('removal-rate', '  - run: kubectl drain web{01..10} --force # go\n', fours, named),
      '  - run: kubectl drain web{01..04} --force; sleep 600; kubectl drain web{05..08} --force; sleep 600; kubectl drain web{09..10} --force # go\n',
    );
    assert.equal(
      await after(
        'removal-rate',
        '  - run: |\n      kubectl drain web01 web02 web07 web08 web09\n      echo\n',
        fours,
        named,
      ),
      '  - run: |\n      kubectl drain web01 web02 web07 web08; sleep 600; kubectl drain web09\n      echo\n',
    );
    assert.equal(
      await after('removal-rate', '  - run: ansible web[01:05] -m reboot -f 9\n', fours, named),
      '  - run: ansible web[01:04] -m reboot -f 9; sleep 600; ansible web05 -m reboot -f 9\n',
    );
    await assert.rejects(
      after('removal-rate', '  - run: date && kubectl drain web{01..10}\n', fours, named),
      /no such fix/,
    );
    await assert.rejects(after('removal-rate', '  - run: kubectl drain web{01..60}\n', fours, named), /no such fix/);
  });
});

describe('a figure that the name says too', () => {
  const named = `${slow.replace('web: { count: 100,', 'web: { hosts: "web[001-100]",')}removal: { limit: 4, window: 10m }\n`;
  it('is another in both, where it would look like a slip beside the other', async () => {
    assert.equal(
      await after('removal-rate', '  - name: Take five out\n    remove: { group: web, count: 5 }\n', /^Use 4/, named),
      '  - name: Take 4 out\n    remove: { group: web, count: 4 }\n',
    );
    assert.equal(
      await after('removal-rate', '  - name: Drain 5 nodes\n    run: kubectl drain web{001..005}\n', /^Use/, named),
      '  - name: Drain 4 nodes\n    run: kubectl drain web{001..004}\n',
    );
  });
  it('is left alone where it would not, or where the name says it twice', async () => {
    const racks = '  - name: Drain 9 of the 9 nodes\n    remove: { group: web, count: 9 }\n';
    assert.equal(await after('removal-rate', racks, /^Use 4/, named), racks.replace('count: 9', 'count: 4'));
    const nine = '  - name: Drain 9 nodes\n    remove: { group: web, count: 9 }\n';
    assert.equal(await after('removal-rate', nine, /^Use 4/, named), nine.replace('count: 9', 'count: 4'));
  });
});

describe('let the new servers come first', () => {
  const full = 'fleet: demo\nsubsystems: { api: { minimum: 10 } }\ngroups: { api: { count: 10, serves: [api] } }\n';
  const fix = (text: string) => after('below-minimum', text, /^Let the new servers come first$/, full);
  it('where a replacement has no room', async () => {
    const [flow, block] = [
      '  - replace: { group: api, batch: 2 } # all\n',
      '  - replace:\n      group: api # all\n      batch: 2\n',
    ];
    assert.equal(await fix(flow), flow.replace(' }', ', surge: true }'));
    assert.equal(await fix(block), block.replace('group', 'surge: true\n      group'));
  });
  it('not of a restart, nor where that is refused', async () => {
    await assert.rejects(fix('  - restart: { group: api, batch: 2 }\n'), /no such fix/);
    await assert.rejects(fix('  - replace: { group: api, batch: 2, surge: false }\n'), /no such fix/);
  });
});

describe('wait first', () => {
  it('until the window has passed, above the comments on the step', async () => {
    assert.equal(
      await after(
        'removal-rate',
        '  - remove: { group: web, count: 10 }\n  - wait: 3m\n\n  # the second half\n  - remove: { group: web, count: 15 }\n',
        /^Wait 7m first$/,
      ),
      '  - remove: { group: web, count: 10 }\n  - wait: 3m\n\n  - wait: 7m\n\n  # the second half\n  - remove: { group: web, count: 15 }\n',
    );
  });
  it('until what came back is warm', async () => {
    const warm =
      '  - restart: { group: a, batch: 2 }\n    id: x\n  - remove: { group: a, count: 1 }\n    id: y\n  - restore: y\n';
    const two = '  - remove: { group: b, count: 1 }\n';
    assert.match(
      await after('zones-at-once', `${warm}${two}`, /^Wait 15m first$/),
      /- restore: y\n {2}- wait: 15m\n {2}- remove: \{ group: b/,
    );
  });
});

describe('restore first', () => {
  it('moves the later restore up, or adds one', async () => {
    const zoned = fleet.replace('warmup: 15m', 'warmup: 0s').replace('warmup: 15m', 'warmup: 0s');
    const first = '  - id: one\n    remove: { group: a, count: 1 }\n';
    const second = '  - id: two\n    remove: { group: b, count: 1 }\n';
    assert.equal(
      await after(
        'zones-at-once',
        `${first}${second}  - restore: one\n  - restore: two\n`,
        /^Restore one first$/,
        zoned,
      ),
      `${first}  - restore: one\n${second}  - restore: two\n`,
    );
    assert.equal(
      await after(
        'zones-at-once',
        `${first}\n${second}\n  # back\n  - restore: one\n\n  - restore: two\n`,
        /^Restore one first$/,
        zoned,
      ),
      `${first}\n  # back\n  - restore: one\n\n${second}\n  - restore: two\n`,
    );
    assert.equal(
      await after('zones-at-once', `${first}${second}`, /^Restore one first$/, zoned),
      `${first}  - restore: one\n${second}`,
    );
  });
});

describe('a restore of both steps', () => {
  it('stays where it is, and another comes first', async () => {
    const both =
      '  - remove: { group: web, count: 30 }\n  - remove: { group: web, count: 30 }\n  - restore: { group: web }\n';
    assert.equal(
      await after('below-minimum', both, /^Restore web first$/, slow),
      both.replace('}\n  - remove', '}\n  - restore: { group: web }\n  - remove'),
    );
  });
});

describe('fixes of several lines', () => {
  it('keep the line breaks of the file', async () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const files = steps(
      '  - id: one\n    remove: { group: web, count: 30 }\n\n  - id: two\n    remove: { group: web, count: 30 }\n\n  - restore: one\n  - restore: two\n',
      slow,
    );
    for (const title of [/^Restore one first$/, /^Use 10/]) {
      const lf = await fixed('below-minimum', files, title);
      const crlf = await fixed(
        'below-minimum',
        { ...files, 'x.runbook.yaml': windows(files['x.runbook.yaml'] ?? '') },
        title,
      );
      assert.equal(crlf, windows(lf));
    }
  });
});

describe('restore first, what has no id', () => {
  const hosts =
    'fleet: demo\nsubsystems: { db: { minimum: 6 } }\ngroups: { db: { hosts: "db[01-10]", serves: [db] } }\n';
  it('by the target, or by the command that takes it back', async () => {
    assert.equal(
      await after(
        'below-minimum',
        '  - remove: { hosts: "db[01-04]" }\n  - remove: { hosts: db05 }\n',
        /^Restore db\[01-04\] first$/,
        hosts,
      ),
      '  - remove: { hosts: "db[01-04]" }\n  - restore: { hosts: "db[01-04]" }\n  - remove: { hosts: db05 }\n',
    );
    assert.equal(
      await after(
        'below-minimum',
        '  - run: kubectl drain db01 db02 db03 db04\n  - run: kubectl drain db05\n',
        /^Restore db01, db02, db03 and db04 first$/,
        hosts,
      ),
      '  - run: kubectl drain db01 db02 db03 db04\n  - run: kubectl uncordon db01 db02 db03 db04\n  - run: kubectl drain db05\n',
    );
  });
  it('by the later command that brings it back', async () => {
    const [out, back] = [
      '  - run: kubectl drain db01 db02 db03 db04\n',
      '  - run: kubectl uncordon db01 db02 db03 db04\n',
    ];
    const next = '  - run: kubectl drain db05 # the fifth\n';
    assert.equal(await after('below-minimum', `${out}${next}${back}`, /^Restore/, hosts), `${out}${back}${next}`);
  });
});

describe('fewer of the hosts that are named', () => {
  const hosts =
    'fleet: demo\nsubsystems: { db: { minimum: 6 } }\ngroups: { db: { hosts: "db[01-10]", serves: [db] } }\n';
  const fix = (text: string) => after('below-minimum', text, /the most that is safe$/, hosts);
  it('of a range, in a step and for a tool', async () => {
    assert.equal(
      await fix('  - remove: { hosts: "db[01-08]" } # eight\n'),
      '  - remove: { hosts: "db[01-04]" } # eight\n',
    );
    assert.equal(
      await fix("  - run: pdsh -w 'db[03-08]' systemctl stop pg\n"),
      "  - run: pdsh -w 'db[03-06]' systemctl stop pg\n",
    );
  });
  it('of a list', async () => {
    assert.equal(
      await fix('  - run: kubectl drain db01 db02 db03 db04 db05 --force\n'),
      '  - run: kubectl drain db01 db02 db03 db04 --force\n',
    );
    assert.equal(
      await fix('  - remove: { hosts: [db01, db02, db03, db04, db05] }\n'),
      '  - remove: { hosts: [db01, db02, db03, db04] }\n',
    );
  });
  it('of a list over several lines', async () => {
    const list = (last: string) => `  - run: |\n      kubectl drain db01 db02 \\\n        db03 db04${last} --force\n`;
    assert.equal(await fix(list(' \\\n        db05')), list(''));
    const items = (last: string) =>
      `  - remove:\n      hosts:\n        - db01\n        - db02 # two\n        - db03\n        - db04${last}\n  - wait: 5m\n`;
    assert.equal(await fix(items('\n        - db05').replace(' # two', '')), items('').replace(' # two', ''));
    await assert.rejects(fix(items('\n        - db05')), /no such fix/);
  });
  it('of a loop, and of the one that brings them back', async () => {
    const loops = (some: string) =>
      `  - run: |\n      for h in ${some}; do\n        ssh $h systemctl stop pg\n      done\n  - run: for h in ${some}; do ssh $h systemctl start pg; done\n`;
    assert.equal(await fix(loops('db{01..09}')), loops('db{01..04}'));
    assert.equal(await fix(loops('db01 db02 db03 db04 db05')), loops('db01 db02 db03 db04'));
    const counted = (some: string) => `  - run: for i in $(seq -w ${some}); do ssh db$i systemctl stop pg; done\n`;
    assert.equal(await fix(counted('01 09')), counted('01 04'));
    assert.equal(await fix(counted('1 10')), counted('1 04'));
    const oneStep = (some: string) =>
      `  - run: |\n      for i in ${some}; do ssh db0$i systemctl stop pg; done\n      for i in ${some}; do ssh db0$i systemctl start pg; done\n`;
    assert.equal(await fix(oneStep('1 2 3 4 5 6')), oneStep('1 2 3 4'));
  });
  it('though fewer than that would look like a slip beside the name', async () => {
    const many = hosts.replace('minimum: 6', 'minimum: 40').replace('db[01-10]', 'db[001-100]');
    const drain = (last: number) =>
      `  - name: Drain 40 nodes\n    run: for i in $(seq 1 ${last}); do kubectl drain db$(printf %03d $i); done\n`;
    assert.equal(await after('below-minimum', drain(99), /most that is safe$/, many), drain(60));
  });
  it('of what the script puts into a variable', async () => {
    const ranged = (some: string) =>
      `  - run: |\n      HOSTS='${some}' # today\n      pdsh -w "$HOSTS" systemctl stop pg\n      pdsh -w "$HOSTS" systemctl start pg\n`;
    assert.equal(await fix(ranged('db[01-08]')), ranged('db[01-04]'));
    const listed = (some: string) =>
      `  - run: |\n      hosts=(${some})\n      for h in "\${hosts[@]}"; do ssh $h systemctl stop pg; done\n`;
    assert.equal(await fix(listed('db01 db02 db03 db04 db05')), listed('db01 db02 db03 db04'));
    const plain = (some: string) => `  - run: H=${some}; pdsh -w $H systemctl stop pg\n`;
    assert.equal(await fix(plain('db01,db02,db03,db04,db05')), plain('db01,db02,db03,db04'));
    const twice = "  - run: H='db[01-02]'; H='db[01-08]'; pdsh -w $H systemctl stop pg\n";
    await assert.rejects(fix(twice), /no such fix/);
  });
  it('of what a command lists', async () => {
    const loop = (some: string) =>
      `  - run: |\n      for n in $(kubectl get nodes -o name${some}); do\n        kubectl drain $n\n      done\n`;
    assert.equal(await fix(loop('')), loop(' | head -n 4'));
  });
  it('not where what is done later leaves room for none', async () => {
    const few = 'fleet: x\nsubsystems:\n  db: { minimum: 2 }\ngroups:\n  db: { hosts: "db[1-3]", serves: [db] }\n';
    const later = '  - when: it is full\n    remove: { hosts: "db[1-2]" }\n  - remove: { hosts: db3 }\n';
    await assert.rejects(after('below-minimum', later, /most that is safe/, few), /no such fix/);
  });
  it('not where each of them is one too many, or where a pattern names them', async () => {
    const first = '  - remove: { hosts: "db[01-04]" }\n';
    for (const text of [`${first}  - remove: { hosts: "db[05-06]" }\n`, "  - run: salt 'db*' service.stop pg\n"])
      await assert.rejects(fix(text), /no such fix/, text);
  });
});

describe('sleep longer', () => {
  const hosts =
    'fleet: demo\nsubsystems: { db: { minimum: 6 } }\ngroups: { db: { hosts: "db[01-10]", serves: [db] } }\nremoval: { limit: 1, window: 10m }\n';
  const fix = (text: string) => after('removal-rate', text, /^Sleep 10m in each turn$/, hosts);
  const loop = (last: string) =>
    `  - run: |\n      for h in db{01..04}; do\n        ssh $h systemctl restart pg${last}\n      done\n`;
  it('where a loop sleeps too little', async () => {
    assert.equal(await fix(loop(' # one\n        sleep 60')), loop(' # one\n        sleep 600'));
    assert.equal(await fix(loop('\n        sleep 1m')), loop('\n        sleep 10m'));
  });
  it('or not at all', async () => {
    assert.equal(await fix(loop('')), loop('\n        sleep 600'));
    const line = (last: string) => `  - run: for h in db{01..04}; do ssh $h systemctl restart pg; ${last}done\n`;
    assert.equal(await fix(line('')), line('sleep 600; '));
  });
});

describe('a count that is left out', () => {
  it('is written where its usage has it', async () => {
    assert.equal(
      await after('below-minimum', '  - run: ctl stop web\n', /^Use 40/, slow),
      '  - run: ctl stop web 40\n',
    );
  });
});

describe('name the group', () => {
  it('that serves nothing else', async () => {
    const title = /^Name the group billing-only instead of billing$/;
    assert.equal(
      await after('below-minimum', '  - remove: { subsystem: billing, count: 5 }\n', title, slow),
      '  - remove: { group: billing-only, count: 5 }\n',
    );
    assert.equal(
      await after('below-minimum', '  - run: ctl remove --subsystem billing --count 5\n', title, slow),
      '  - run: ctl remove --subsystem billing --count 5 --group billing-only\n',
    );
    assert.equal(
      await after('below-minimum', '  - run: ctl stop billing 5\n', title, slow),
      '  - run: ctl stop billing-only 5\n',
    );
  });
});

describe('roll in rounds', () => {
  it('not where something else is taken out or brought back in between', async () => {
    const text =
      '  - id: one\n    remove: { group: web, count: 20 }\n  - id: two\n    remove: { group: web, count: 30 }\n  - restore: one\n  - restore: two\n';
    await assert.rejects(after('below-minimum', text, /^Roll/, slow), /no such fix/);
  });
  it('around the stretch up to the restore', async () => {
    assert.equal(
      await after(
        'below-minimum',
        '  # begin\n  - id: out\n    remove: { group: web, count: 60 } # many\n\n  - wait: 5m\n  - restore: out\n',
        /^Roll in 2 rounds of 30$/,
        slow,
      ),
      '  # begin\n  - repeat:\n      times: 2\n      steps:\n        - id: out\n          remove: { group: web, count: 30 } # many\n\n        - wait: 5m\n        - restore: out\n',
    );
    assert.match(
      await after(
        'below-minimum',
        '  - run: ctl stop web 60\n  - run: ctl start web 60\n',
        /^Roll in 2 rounds of 30$/,
        slow,
      ),
      /stop web 30[\s\S]*start web 30/,
    );
  });
});

describe('add the precondition', () => {
  const title = /^Add the precondition `--current-replicas=100`, and use 60$/;
  it('of a tool that has one, with a safe size beside it', async () => {
    assert.equal(
      await after('below-minimum', '  - run: kubectl scale deploy/web --replicas=6 # fewer\n', title, slow),
      '  - run: kubectl scale deploy/web --replicas=60 --current-replicas=100 # fewer\n',
    );
    assert.equal(
      await after('below-minimum', '  - run: "kubectl scale --replicas 6 deploy web"\n', title, slow),
      '  - run: "kubectl scale --replicas 60 deploy web --current-replicas=100"\n',
    );
    assert.equal(
      await after(
        'count-slip',
        '  - name: Scale web to 90 servers\n    run: kubectl scale deploy/web --replicas=9\n',
        /^Add the/,
        slow,
      ),
      '  - name: Scale web to 90 servers\n    run: kubectl scale deploy/web --replicas=90 --current-replicas=100\n',
    );
  });
  it('not where it is there, where no tool has one, or where the size before is another', async () => {
    for (const text of [
      '  - run: kubectl scale deploy/web --replicas=6 --current-replicas=100\n',
      '  - scale: { group: web, to: 6 }\n',
      '  - run: aws autoscaling set-desired-capacity --auto-scaling-group-name web --desired-capacity 6\n',
      '  - run: |\n      kubectl scale deploy/web --replicas=90\n      kubectl scale deploy/web --replicas=6\n',
      '  - scale: { group: web, to: 90 }\n  - run: kubectl scale deploy/web --replicas=6\n',
    ])
      await assert.rejects(after('below-minimum', text, /precondition/, slow), /no such fix/, text);
  });
});
