import assert from 'node:assert/strict';
import { read, reads } from './support.ts';

describe('a declared command', () => {
  it('is read with its target and its count', () => {
    reads('run: s3ctl remove --subsystem ⟦billing⟧ --count ⟦40⟧', ['remove subsystem:billing 40']);
  });

  it('takes its options in any form', () => {
    for (const count of ['--count ⟦4⟧', '--count=⟦4⟧', '-n ⟦4⟧', '-n⟦4⟧', '-yn ⟦4⟧', '-yn⟦4⟧', '--count="⟦4⟧"']) {
      reads(`run: s3ctl remove --subsystem ⟦billing⟧ ${count}`, ['remove subsystem:billing 4']);
      reads(`run: s3ctl remove ${count} --subsystem=⟦billing⟧`, ['remove subsystem:billing 4']);
    }
  });

  it('is known by the last part of its path, with its globals before the verb', () => {
    reads('run: /opt/bin/s3ctl -p prod remove --subsystem ⟦billing⟧ -n ⟦4⟧', ['remove subsystem:billing 4']);
  });

  it('is read in quoted, folded and literal values', () => {
    reads('run: "s3ctl remove --subsystem \'⟦billing⟧\' --count \\"⟦40⟧\\""', ['remove subsystem:billing 40']);
    reads('run: \'s3ctl remove --subsystem "⟦billing⟧" --count ⟦40⟧\'', ['remove subsystem:billing 40']);
    reads('run: >-\n  s3ctl remove\n  --subsystem ⟦billing⟧\n  --count ⟦40⟧\n', ['remove subsystem:billing 40']);
    reads('run: |\n  # a note\n  s3ctl remove \\\n    --subsystem ⟦billing⟧ \\\n    --count ⟦40⟧\n', [
      'remove subsystem:billing 40',
    ]);
  });

  it('means everything where no count is given and the declaration says so', () => {
    reads('run: s3ctl ⟦remove⟧ --subsystem ⟦billing⟧', ['remove subsystem:billing everything']);
    reads('run: s3ctl remove --subsystem ⟦billing⟧ ⟦--all⟧', ['remove subsystem:billing everything']);
    reads('run: s3ctl remove --subsystem ⟦billing⟧ ⟦--count⟧ ""', ['remove subsystem:billing everything']);
    reads('run: s3ctl remove --subsystem ⟦billing⟧ ⟦--count⟧= --percent ""', ['remove subsystem:billing everything']);
  });

  it('means one, or cannot be told, where the declaration says so', () => {
    reads('run: s3ctl ⟦evict⟧ --zone ⟦a⟧', ['remove zone:a 1']);
    reads('run: s3ctl ⟦restore⟧ --subsystem billing', ['restore subsystem:billing ? it does not say how many']);
  });

  it('needs no count where the hosts are named', () => {
    reads('run: s3ctl drain ⟦web[1-4]⟧ ⟦db1⟧', ['remove hosts:web[1-4] hosts:db1']);
  });

  it('is read with percent, batch and pause', () => {
    reads('run: s3ctl remove --subsystem ⟦a⟧ --percent ⟦10⟧ --batch ⟦2⟧ --pause ⟦10m⟧', [
      'remove subsystem:a 10% by 2 every 600s',
    ]);
    reads('run: s3ctl remove --subsystem ⟦a⟧ --percent ⟦12.5%⟧', ['remove subsystem:a 12.5%']);
    reads('run: s3ctl remove --subsystem a --count ⟦10%⟧', [
      'remove subsystem:a ? `10%` is a percentage, and stands where a number of servers is meant',
    ]);
    reads('run: s3ctl remove --subsystem a --count 4 --percent ⟦10⟧', [
      'remove subsystem:a ? both a count and a percentage are given',
    ]);
  });

  it('reads several roles out of one word', () => {
    reads('run: s3ctl scale ⟦web⟧=⟦4⟧', ['scale-to target:web 4']);
    reads('run: s3ctl scale "⟦web⟧=⟦4⟧"', ['scale-to target:web 4']);
  });

  it('has the speed that is declared', () => {
    reads('run: s3ctl ⟦bounce⟧ ⟦web⟧ --batch ⟦10%⟧', ['restart group:web everything by 10%']);
    reads('run: s3ctl ⟦bounce⟧ ⟦web⟧', ['restart group:web everything by 1']);
  });

  it('does what its variant says, and nothing in a dry run', () => {
    reads('run: asg terminate --instance-ids ⟦i-1⟧ ⟦i-2⟧ --no-decrement', ['replace hosts:i-1 hosts:i-2']);
    reads('run: asg terminate --decrement --instance-ids ⟦i-1⟧', ['remove hosts:i-1 permanent']);
    reads('run: asg ⟦set⟧ ⟦web⟧ --state drain', ['remove target:web-asg everything']);
    reads('run: asg ⟦set⟧ ⟦web⟧ --state ready', ['restore target:web-asg everything']);
    reads('run: s3ctl remove --subsystem billing --count 40 --dry-run=client', []);
    reads('run: s3ctl remove --help', []);
  });

  it('reads host names in the notation of its tool', () => {
    reads('run: asg detach --instances=⟦i-1⟧,⟦i-2⟧', ['remove hosts:i-1 hosts:i-2']);
    reads('run: asg detach --instances=⟦i-*⟧', ['remove hosts:i-*']);
  });

  it('gives each target its own figure, or one size to each', () => {
    reads('run: asg sizes ⟦web⟧=⟦4⟧ ⟦db⟧=⟦2⟧', ['scale-to target:web-asg 4', 'scale-to target:db 2']);
    reads('run: asg size ⟦web⟧ ⟦db⟧ --to ⟦4⟧', ['scale-to target:web-asg 4', 'scale-to target:db 4']);
  });

  it('fits the values of a variant as patterns, and all that it asks for', () => {
    reads('run: fleetctl svc ⟦web1⟧ -m service -a "name=x state=stopped"', ['remove hosts:web1']);
    reads('run: fleetctl svc ⟦web1⟧ -m systemd -a "name=x state=restarted"', ['restart hosts:web1']);
    reads('run: fleetctl svc ⟦web1⟧ -m copy -a "state=stopped"', ['opaque hosts:web1']);
    reads('run: fleetctl svc ⟦web1⟧ DOWN', ['remove hosts:web1']);
  });

  it('means no limit by a batch of 0, and a whole number by `<n>` in a map', () => {
    reads('run: fleetctl bounce ⟦7⟧ ⟦osd.8⟧ -P ⟦0⟧', ['restart hosts:osd.7 hosts:osd.8 by all']);
  });

  it('takes an option twice where its value decides nothing', () => {
    reads('run: fleetctl ⟦bounce⟧ ⟦web1⟧ -o a=1 -o b=2', ['restart hosts:web1 by 1']);
  });

  it('reads a figure inside JSON, and inside a here-document', () => {
    reads(`run: |\n  asg patch ⟦db⟧ -p '{"spec":{"replicas":⟦4⟧}}'\n`, ['scale-to target:db 4']);
    reads('run: |\n  asg apply ⟦db⟧ <<EOF\n  spec:\n    replicas: ⟦4⟧\n  EOF\n', ['scale-to target:db 4']);
  });

  it('tells its words and how to undo it', () => {
    const { commands } = read('run: s3ctl remove --subsystem=billing -n4');
    assert.deepEqual(
      commands.map(({ tool, effect, undo, words }) => ({
        ...{ tool, effect, undo },
        words: words.map(({ value, role }) => (role === undefined ? value : `${role} ${value}`)),
      })),
      [
        {
          ...{ tool: 's3ctl', effect: 'remove', undo: 's3ctl restore --subsystem billing --count 4' },
          words: ['s3ctl', 'remove', '--subsystem', 'subsystem billing', '-n', 'count 4'],
        },
      ],
    );
  });
});

describe('what cannot be told', () => {
  it('stands on the unknown option that a word may belong to', () => {
    reads('run: s3ctl drain ⟦--force⟧ web1', ['remove hosts:web1 ? whether `--force` takes a value is not declared']);
    reads('run: s3ctl resize ⟦--wait⟧ web 4', [
      'scale-to group:web 4 ? whether `--wait` takes a value is not declared',
    ]);
  });

  it('is not an unknown option that can only have a value, or none', () => {
    reads('run: s3ctl resize ⟦web⟧ ⟦4⟧ --wait 5m', ['scale-to group:web 4']);
    reads('run: s3ctl resize ⟦web⟧ ⟦4⟧ --wait', ['scale-to group:web 4']);
    reads('run: s3ctl resize --wait=5m ⟦web⟧ ⟦4⟧', ['scale-to group:web 4']);
    reads('run: s3ctl --verbose remove --subsystem ⟦billing⟧ -n ⟦4⟧', ['remove subsystem:billing 4']);
    reads('run: s3ctl remove --reason upgrade --subsystem ⟦billing⟧ -n ⟦4⟧', ['remove subsystem:billing 4']);
  });

  it('stands on the word that no usage knows, or on the verb where one is missing', () => {
    reads('run: s3ctl resize web 4 ⟦5⟧', ['scale-to group:web 4 ? no usage declares what `5` is here']);
    reads('run: s3ctl ⟦resize⟧ web', ['scale-to group:web ? `<count>` is missing']);
    reads('run: asg ⟦set⟧', ['remove everything ? `<target>` and `--state` are missing']);
    reads('run: s3ctl ⟦remove⟧ --count 4', ['remove 4 ? `--subsystem` is missing']);
    reads('run: s3ctl remove --subsystem billing ⟦--count⟧', [
      'remove subsystem:billing everything ? `--count` has no value',
    ]);
    reads('run: s3ctl remove --subsystem billing --count ⟦four⟧', [
      'remove subsystem:billing ? `four` is no count of servers',
    ]);
    reads('run: s3ctl remove --subsystem a --count 4 ⟦--count⟧ 5', ['remove subsystem:a 5 ? `--count` is given twice']);
  });

  it('stands on a value that is not known', () => {
    reads('run: s3ctl remove --subsystem billing --count ⟦$N⟧', [
      'remove subsystem:billing unless $N is empty ? `$N` has no known value',
    ]);
    reads(`run: s3ctl drain web1 "⟦\${HOST}⟧.example"`, [`remove hosts:web1 ? \`\${HOST}\` has no known value`]);
    reads('run: s3ctl drain $(⟦⟧)'.replace('$(⟦⟧)', '⟦$(cat hosts)⟧'), [
      'remove ? what `$(cat hosts)` writes is not known',
    ]);
    reads('run: s3ctl drain ⟦<NODE>⟧', ['remove ? `<NODE>` stands for a value that is not given']);
  });

  it('is a command whose tool is not declared and whose verb changes capacity', () => {
    reads('run: ⟦kubectl⟧ drain node-1 --force', ['opaque ? `kubectl` is not declared']);
    reads('run: ⟦aws⟧ ec2 terminate-instances --instance-ids i-1', ['opaque ? `aws` is not declared']);
    reads('run: sudo ⟦reboot⟧', ['opaque ? `reboot` is not declared']);
  });

  it('is a script of which nothing is known, and no variable that is asked', () => {
    reads('run: eval "⟦$CMD⟧"', ['opaque ? `$CMD` has no known value']);
    reads('run: sudo bash -c "⟦$1⟧"', ['opaque ? `$1` has no known value']);
    reads('run: eval "$(ssh-agent -s)" && $DEBUG && echo', []);
    reads('run: run() { eval "$1"; }; run uptime', []);
  });

  it('is a slip in the verb of a declared tool', () => {
    reads('run: s3ctl ⟦remvoe⟧ --subsystem billing', ['opaque ? no usage declares `remvoe`']);
    reads('run: s3ctl ⟦$VERB⟧ --subsystem billing', ['opaque ? `$VERB` has no known value']);
  });

  it('is not what is known to be harmless', () => {
    for (const line of ['echo remove web1', 'kubectl get pods drain', 's3ctl status billing', 's3ctl list', 'ls -l']) {
      reads(`run: ${line}`, []);
    }
    reads('run: git rm remove.txt && curl -s http://example/', []);
  });
});

describe('parameters in a script', () => {
  it('stand on their braces, with their values', () => {
    reads('run: s3ctl remove --subsystem ⟦{{ pool }}⟧ --count ⟦{{n}}⟧', ['remove subsystem:billing 4'], {
      pool: 'billing',
      n: '4',
    });
    reads("run: s3ctl remove --subsystem '⟦{{ pool }}⟧' --count=⟦4{{ n }}⟧", ['remove subsystem:billing 40'], {
      pool: 'billing',
      n: '0',
    });
  });

  it('are shell variables too', () => {
    reads('run: s3ctl remove --subsystem ⟦billing⟧ --count ⟦$count⟧', ['remove subsystem:billing 4'], { count: '4' });
    reads(`run: s3ctl remove --subsystem ⟦billing⟧ --count "⟦\${count}⟧"`, ['remove subsystem:billing 4'], {
      count: '4',
    });
  });

  it('are obstacles without a value', () => {
    reads('run: s3ctl remove --subsystem billing --count ⟦{{ count }}⟧', [
      'remove subsystem:billing ? `{{ count }}` has no value',
    ]);
  });

  it('become several words where their value is', () => {
    reads('run: s3ctl drain ⟦{{ hosts }}⟧ ⟦db1⟧', ['remove hosts:web1 hosts:web2 hosts:db1'], { hosts: 'web1 web2' });
  });

  it('are part of a sum', () => {
    reads('run: s3ctl remove --subsystem ⟦billing⟧ --count ⟦$(( 12 - {{ n }} ))⟧', ['remove subsystem:billing 4'], {
      n: '8',
    });
    reads(
      'run: for ((i=1; i<={{ n }}; i++)); do s3ctl drain ⟦web$i⟧; done',
      ['remove hosts:web1', 'remove hosts:web2'],
      {
        n: '2',
      },
    );
  });

  it('are not templates of the tools', () => {
    reads("run: docker ps --format '{{.Names}}'", []);
  });
});

describe('a carried command', () => {
  it('acts on the hosts that it is carried to', () => {
    reads('run: ssh ⟦web1⟧ sudo systemctl stop nginx', ['remove hosts:web1']);
    reads('run: ssh -p 22 ⟦web[1-4]⟧ "cd /srv && systemctl restart nginx"', ['restart hosts:web[1-4]']);
    reads('run: systemctl ⟦stop⟧ nginx', ['remove ? it is not known on which host it runs']);
    reads('run: ssh ⟦$H⟧ systemctl stop nginx', ['remove ? `$H` has no known value']);
  });

  it('acts on its own target where it has one', () => {
    reads("run: ssh bastion 's3ctl remove --subsystem ⟦billing⟧ --count ⟦40⟧'", ['remove subsystem:billing 40']);
    reads('run: "ssh bastion \\"s3ctl remove --subsystem ⟦billing⟧ --count ⟦40⟧\\""', ['remove subsystem:billing 40']);
  });

  it('knows no variable of the script around it, but what that put in', () => {
    reads('run: N=4; ssh b "s3ctl remove --subsystem ⟦a⟧ -n ⟦$N⟧"', ['remove subsystem:a 4']);
    reads("run: N=4; ssh b 's3ctl remove --subsystem a -n ⟦$N⟧'", [
      'remove subsystem:a unless $N is empty ? `$N` has no known value',
    ]);
  });

  it('cannot be told behind an option that may take the host for its value', () => {
    reads('run: ssh ⟦-x⟧ web1 systemctl stop nginx', ['opaque ? whether `-x` takes a value is not declared']);
    reads('run: ssh -x web1 uptime', []);
  });

  it('is nothing where it only opens a session, or is harmless', () => {
    reads('run: ssh web1', []);
    reads('run: ssh $H uptime', []);
  });

  it('stays on the host of the outer one where its own names none', () => {
    reads("run: ssh ⟦web1⟧ inbox app 'systemctl stop nginx'", ['remove hosts:web1']);
    reads('run: inbox app systemctl ⟦stop⟧ nginx', ['remove ? it is not known on which host it runs']);
  });

  it('acts on every host, on some of them, or on all but a few', () => {
    reads('run: everywhere ⟦-a⟧ systemctl stop nginx', ['remove hosts:all']);
    reads('run: everywhere ⟦-a⟧ -x ⟦web3⟧ systemctl stop nginx', ['remove except:web3 hosts:all']);
    reads('run: everywhere -w ⟦web[1-9]⟧ --pick ⟦2⟧ systemctl stop nginx', ['remove hosts:web[1-9] 2']);
    reads('run: everywhere -w ⟦web[1-9]!web3⟧ -f ⟦2⟧ systemctl restart nginx', ['restart hosts:web[1-9]!web3 by 2']);
  });

  it('may stand in a here-document', () => {
    reads('run: |\n  ssh ⟦web1⟧ <<EOF\n  systemctl stop nginx\n  EOF\n', ['remove hosts:web1']);
  });
});
