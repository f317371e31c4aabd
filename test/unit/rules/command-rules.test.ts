import assert from 'node:assert/strict';
import { fixed, reports } from '../../support/rule-tester.ts';

const fleet = `fleet: demo
environment: production
subsystems:
  web: { minimum: 8 }
  db: { capacity: 3, minimum: 2 }
groups:
  nodes: { hosts: "node-[01-10]", serves: [web], labels: { pool: web } }
commands:
  - tool: fleetctl
    usages:
      - usage: "erase [--hosts <hosts>] [--count <count>] [--force]"
        effect: remove
        absent: all
        unguardedIf: [--force]
        guards: [minimum]
      - { usage: "--env <environment> stop <hosts...>", effect: remove, environments: { blue: production, green: staging } }
      - { usage: "drain <hosts...> [--wait <_>]", effect: remove }
      - { usage: "pool <target> evict [-n <count>]", effect: remove }
`;

function steps(text: string, head = ''): Record<string, string> {
  return { 'x.runbook.yaml': `runbook: x\n${head}steps:\n${text}`, 'x.fleet.yaml': fleet };
}

const clean = async (rule: string, text: string, head = '') => {
  assert.deepEqual(await reports(rule, steps(text, head)), []);
};

describe('empty-selector', () => {
  it('stands on the variable, and guards it', async () => {
    await reports('empty-selector', steps('  - run: fleetctl erase --hosts "⟦$HOSTS⟧"\n'));
    await reports('empty-selector', steps(`  - run: fleetctl erase --hosts ⟦\${HOSTS}⟧\n`));
    const after = await fixed('empty-selector', steps('  - run: fleetctl erase --hosts "$HOSTS"\n'));
    assert.match(after, /--hosts "\$\{HOSTS:\?\}"/);
  });

  it('stands on the substitution, and on an xargs that runs without a word', async () => {
    await reports('empty-selector', steps('  - run: fleetctl erase --hosts "⟦$(cat old)⟧"\n'));
    await reports('empty-selector', steps('  - run: cat old | ⟦xargs⟧ fleetctl erase --hosts\n'));
    const after = await fixed('empty-selector', steps('  - run: cat old | xargs fleetctl erase --hosts\n'));
    assert.match(after, /xargs -r fleetctl/);
  });

  it('says nothing where the script sees to it, or where nothing is meant by nothing', async () => {
    await clean('empty-selector', `  - run: fleetctl erase --hosts "\${HOSTS:?}"\n`);
    await clean(
      'empty-selector',
      '  - run: |\n      [ -n "$HOSTS" ] || exit 1\n      fleetctl erase --hosts "$HOSTS"\n',
    );
    await clean('empty-selector', '  - run: fleetctl drain $HOSTS\n');
    await clean('empty-selector', '  - run: kubectl drain $NODE --ignore-daemonsets\n');
    await clean('empty-selector', '  - run: HOSTS=node-01; fleetctl erase --hosts "$HOSTS"\n');
  });
});

describe('guard-bypassed', () => {
  it('stands on the option where the step breaks a minimum, and leaves it out', async () => {
    const run = 'kubectl drain node-01 node-02 node-03 ⟦--disable-eviction⟧ --ignore-daemonsets';
    await reports('guard-bypassed', steps(`  - run: ${run}\n`));
    const after = await fixed('guard-bypassed', steps(`  - run: ${run.replace(/[⟦⟧]/g, '')}\n`));
    assert.match(after, /node-03 --ignore-daemonsets/);
    await reports('guard-bypassed', steps('  - run: fleetctl erase ⟦--force⟧ --hosts node-[01-05]\n'));
  });

  it('says nothing where the figures do not matter, or the guard stands', async () => {
    await clean('guard-bypassed', '  - run: kubectl drain node-01 --disable-eviction --ignore-daemonsets\n');
    await clean('guard-bypassed', '  - run: kubectl drain node-01 node-02 node-03 --force --ignore-daemonsets\n');
  });
});

describe('environment-mismatch', () => {
  it("stands on the runbook's environment where the fleet is of another", async () => {
    await clean('environment-mismatch', '  - wait: 5m\n');
    const [one] = await reports('environment-mismatch', {
      ...steps(''),
      'x.runbook.yaml': 'runbook: x\nenvironment: ⟦staging⟧\nsteps:\n  - wait: 5m\n',
    });
    assert.equal(one?.related.length, 1);
    await clean('environment-mismatch', '  - wait: 5m\n', 'environment: prod\n');
  });

  it('leaves a command alone that only looks', async () => {
    const looks = [
      ...['get pods', 'delete pod shop-1 --help', 'drain node-01 --dry-run=client'],
      ...['exec shop-1 -- df -h', 'exec shop-1 -- systemctl status shop'],
    ];
    for (const what of looks) await clean('environment-mismatch', `  - run: kubectl --context staging ${what}\n`);
    await clean('environment-mismatch', '  - run: AWS_PROFILE=staging aws ec2 describe-instances\n');
    for (const what of ['exec shop-1 -- kill 1', 'exec shop-1 -- ./migrate.sh', 'cordon node-01'])
      await reports('environment-mismatch', steps(`  - run: kubectl --context ⟦staging⟧ ${what}\n`));
    // What comes after it acts there.
    for (const what of ['kubectl config use-context', 'kubectx', 'az account set -s', 'docker context use'])
      await reports('environment-mismatch', steps(`  - run: ${what} ⟦staging⟧\n`));
  });

  it('stands on what a command says, by its declaration or by its kind', async () => {
    await reports('environment-mismatch', steps('  - run: fleetctl --env ⟦green⟧ stop node-01\n'));
    await clean('environment-mismatch', '  - run: fleetctl --env blue stop node-01\n');
    await reports('environment-mismatch', steps('  - run: kubectl --context ⟦staging-eu⟧ drain node-01\n'));
    await reports(
      'environment-mismatch',
      steps('  - run: AWS_PROFILE=⟦dev⟧ aws ec2 stop-instances --instance-ids node-01\n'),
    );
    await clean('environment-mismatch', '  - run: kubectl --context prod-eu drain node-01\n');
    await clean('environment-mismatch', '  - run: kubectl --context eu-west drain node-01\n');
    for (const context of ['nonprod', 'acme-non-prod-eu'])
      await reports('environment-mismatch', steps(`  - run: kubectl --context ⟦${context}⟧ drain node-01\n`));
    const onStaging = fleet.replace('environment: production', 'environment: staging');
    const some = steps('  - run: kubectl --context acme-non-prod-eu drain node-01\n');
    assert.deepEqual(await reports('environment-mismatch', { ...some, 'x.fleet.yaml': onStaging }), []);
  });
});

describe('a command that is spelled wrong', () => {
  it('is one on a verb that stands behind a name too', async () => {
    const [finding] = await reports('unknown-name', steps('  - run: fleetctl pool nodes ⟦evcit⟧ -n 1\n'));
    assert.match(finding?.message ?? '', /no command `evcit`\. Did you mean `evict`\?/);
  });

  it('is a mistake on the option, with the one that was meant', async () => {
    await reports('unknown-name', steps('  - run: fleetctl erase ⟦--cuont⟧ 4\n'));
    await reports('unknown-name', steps('  - run: fleetctl erase ⟦--cout⟧=4\n'));
    await reports('unknown-name', steps('  - run: kubectl scale deploy/nodes ⟦--replica⟧=4\n'));
    const after = await fixed('unknown-name', steps('  - run: fleetctl erase --cuont 4\n'));
    assert.match(after, /erase --count 4/);
    await reports('unknown-name', steps('  - run: kubectl drain ⟦--ignore-daemonset⟧ node-01\n'));
  });

  it('is a mistake on the verb', async () => {
    const [beyond] = await reports('unknown-name', steps('  - run: fleetctl drain ⟦node-[09-13]⟧\n'));
    assert.equal(beyond?.message, 'There is no host `node-11` in the fleet, nor 2 more of these.');
    await reports('unknown-name', steps('  - run: fleetctl ⟦drian⟧ node-01\n'));
    const labels = fleet.replace('labels: { pool: web }', 'labels: { pool: web, tier: front }');
    const select = (selector: string) => ({
      'x.runbook.yaml': `runbook: x\nsteps:\n  - run: kubectl drain -l ${selector}\n`,
      'x.fleet.yaml': labels.replace(
        'commands:',
        '  other: { count: 2, serves: [web], labels: { pool: db } }\ncommands:',
      ),
    });
    const [label] = await reports('unknown-name', select('pool=web,⟦tier=frnt⟧'));
    assert.match(label?.message ?? '', /^There is no label `tier=frnt` in the fleet\. Did you mean `tier=front`\?$/);
    await reports('cannot-tell', select('pool=web,⟦release=canary⟧'));
    await reports('no-effect', select('⟦pool=db,tier=front⟧'));
    // What its inventory calls the group of them is no slip for one of the hosts.
    const kafka =
      'fleet: x\nsubsystems: { log: { minimum: 2 } }\ngroups: { brokers: { hosts: "kafka[1-6]", serves: [log] } }\n';
    const reboot = (word: string) => `runbook: x\nsteps:\n  - run: ansible ${word} -m reboot\n`;
    await reports('unknown-name', { 'x.runbook.yaml': reboot('kafka'), 'x.fleet.yaml': kafka });
    await reports('cannot-tell', { 'x.runbook.yaml': reboot('⟦kafka⟧'), 'x.fleet.yaml': kafka });
    await reports('unknown-name', { 'x.runbook.yaml': reboot('⟦kafka7⟧'), 'x.fleet.yaml': kafka });
    await reports('unknown-name', steps('  - run: kubectl ⟦drian⟧ node-01\n'));
  });

  it('is a mistake on a host that is not there, where no count is needed with hosts', async () => {
    const own = fleet.replace(
      /commands:[\s\S]*/,
      'commands:\n  - tool: ctl\n    usages:\n      - { usage: "drain <target...> [-n <count>]", effect: remove, absent: error }\n',
    );
    const run = (words: string) => ({
      'x.runbook.yaml': `runbook: x\nsteps:\n  - run: ctl drain ${words}\n`,
      'x.fleet.yaml': own,
    });
    await reports('unknown-name', run('⟦node-99⟧'));
    await reports('cannot-tell', run('node-99'));
    const whole = run('web');
    await reports('cannot-tell', { ...whole, 'x.runbook.yaml': whole['x.runbook.yaml'].replace('drain', '⟦drain⟧') });
  });

  it('is none where the option is merely not declared', async () => {
    await clean('unknown-name', '  - run: fleetctl drain node-01 --verbose\n');
    await clean('unknown-name', '  - run: kubectl drain node-01 --namespaces x\n');
  });
});

describe('a command that may be run or not', () => {
  it('is judged as if it were run, and what follows counts both', async () => {
    const drain = (words: string) => `  - run: if check; then fleetctl drain ${words}; fi\n`;
    const [found] = await reports('below-minimum', steps(drain('node-01 node-02 ⟦node-03⟧')));
    assert.match(found?.message ?? '', /if it is run/);
    const next = '  - run: fleetctl erase --count ⟦1⟧\n';
    const [later] = await reports(
      'below-minimum',
      steps(drain('node-01 node-02') + next.replace('erase', 'drain').replace('--count ⟦1⟧', '⟦node-03⟧')),
    );
    assert.equal(later?.severity, 'warning');
  });

  it('takes no more than there are where it draws from a list', async () => {
    const run = 'kubectl get nodes -l pool=web -o name | head -n ⟦40⟧ | xargs kubectl drain';
    assert.deepEqual(await reports('exceeds-target', steps(`  - run: ${run.replace(/[⟦⟧]/g, '')}\n`)), []);
    await reports('below-minimum', steps(`  - run: ${run}\n`));
  });
});

describe('a name with its kind before it', () => {
  it('is looked for by its last part', async () => {
    await clean('unknown-name', '  - run: kubectl rollout restart deployment/nodes -n prod\n');
    await clean('cannot-tell', '  - run: kubectl scale prod/nodes --replicas=10\n');
    await clean('unknown-name', '  - remove: { group: prod/nodes, count: 1 }\n');
  });
});

describe('a script that the shell cannot read', () => {
  it('is told on a word, also where its end is missing', async () => {
    await reports('cannot-tell', steps('  - run: |\n      for h in node-01 node-02; do ssh $h sudo ⟦reboot⟧\n\n'));
    await reports('cannot-tell', steps('  - run: ssh node-01 ⟦"⟧sudo reboot\n'));
  });
});

describe('what to do about a step that cannot be told', () => {
  it('is said of every command', async () => {
    const [value] = await reports('cannot-tell', steps('  - run: kubectl drain ⟦$NODE⟧\n'));
    assert.match(
      value?.message ?? '',
      /Where it can be written out, do so; else say what goes and comes back in steps/,
    );
    const [blank] = await reports(
      'cannot-tell',
      steps('  - run: |\n      kubectl drain node-01 ⟦\\⟧ \n        node-02\n'),
    );
    assert.match(blank?.message ?? '', /one of its own\. Remove the blank\.$/);
    const [verb] = await reports('cannot-tell', steps('  - run: kubectl ⟦scal⟧ deploy/web --replicas=9\n'));
    assert.match(verb?.message ?? '', /no usage declares `scal`\. Did you mean `scale`\?$/);
  });
});

describe('a command that lacks one of two options', () => {
  it('is told both', async () => {
    const run = 'aws autoscaling ⟦terminate-instance-in-auto-scaling-group⟧ --instance-id node-01';
    const [finding] = await reports('cannot-tell', steps(`  - run: ${run}\n`));
    assert.match(finding?.message ?? '', /`--should-decrement-\S+` or `--no-should-decrement-\S+` is missing/);
  });
});

describe('a command that nobody declared', () => {
  it('is held against those that are declared', async () => {
    const [finding] = await reports('cannot-tell', steps('  - run: ⟦kubctl⟧ drain node-01\n'));
    assert.match(finding?.message ?? '', /Did you mean `kubectl`\? If not, declare what it does/);
    const [other] = await reports('cannot-tell', steps('  - run: ⟦mytool⟧ drain node-01\n'));
    assert.doesNotMatch(other?.message ?? '', /Did you mean/);
  });
  it('is told of where it names something of the fleet, or would take something down', async () => {
    await reports('cannot-tell', steps('  - run: mytool frobnicate ⟦node-01⟧\n'));
    await reports('cannot-tell', steps('  - run: sudo $TOOL ⟦node-01⟧\n'));
    await clean('cannot-tell', '  - run: $TOOL elsewhere-01\n');
    await reports('cannot-tell', steps('  - run: mytool --host=⟦node-01⟧ frobnicate now\n'));
    await reports('cannot-tell', steps('  - run: http POST lb/api/⟦node-01⟧/quiesce\n'));
    await reports('cannot-tell', steps('  - run: ⟦mytool⟧ shutdown all of it\n'));
  });

  it('says of an edit what it edits, and of a host before it that no command stands there', async () => {
    const [edit] = await reports('cannot-tell', steps("  - run: sed -i '/⟦node-01⟧/d' /etc/haproxy.cfg\n"));
    assert.match(edit?.message ?? '', /it changes what a file says of it/);
    const [host] = await reports('cannot-tell', steps('  - run: ssh node-02 ⟦node-01⟧ frobnicate\n'));
    assert.match(host?.message ?? '', /stands where a command is looked for/);
  });

  it('is silent where it only looks, or names nothing that the fleet knows', async () => {
    await clean('cannot-tell', '  - run: mytool frobnicate elsewhere-01\n');
    await clean('cannot-tell', '  - run: mytool status node-01\n');
    await clean('cannot-tell', '  - run: curl -s http://node-01/health && ping -c1 node-01\n');
    await clean('cannot-tell', '  - run: echo drain node-01 | tee node-01.log\n');
  });
});
