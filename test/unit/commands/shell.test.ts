import assert from 'node:assert/strict';
import { inWords, read, reads } from './support.ts';

describe('the shell around a command', () => {
  it('peels wrappers with their options', () => {
    for (const wrapper of [
      'sudo',
      'sudo -u ops -E',
      'sudo --user=ops A=1',
      'timeout -k 5 5m',
      'env -i A=1 B=2',
      'nice -n 10 nohup',
      'time',
      'command',
      'A=1 B="x y"',
      'sudo timeout 5m env A=1 stdbuf -oL',
      'exec',
    ]) {
      reads(`run: ${wrapper} s3ctl drain ⟦web1⟧`, ['remove hosts:web1']);
    }
    reads('run: command -v s3ctl', []);
    reads('run: ⟦watch⟧ -n 5 s3ctl drain web1', ['remove hosts:web1 ? it is repeated, and how often is not known']);
  });

  it('reads scripts in scripts', () => {
    reads("run: sudo bash -euxc 's3ctl drain ⟦web1⟧ && s3ctl drain ⟦web2⟧'", [
      'remove hosts:web1',
      'remove hosts:web2',
    ]);
    reads('run: eval "s3ctl drain ⟦web1⟧"', ['remove hosts:web1']);
    reads('run: x=$(s3ctl drain ⟦web1⟧)', ['remove hosts:web1']);
    reads("run: |\n  bash -s <<'EOF'\n  s3ctl drain ⟦web1⟧\n  EOF\n", ['remove hosts:web1']);
  });

  it('runs lists, groups, pipes and subshells', () => {
    const both = ['remove hosts:a', 'remove hosts:b'];
    for (const between of [' && ', '; ', ' & ', ' | tee log; ']) {
      reads(`run: s3ctl drain ⟦a⟧${between}s3ctl drain ⟦b⟧`, both);
    }
    reads('run: (s3ctl drain ⟦a⟧; "s3ctl" drain ⟦b⟧)', both);
    reads('run: "{ s3ctl drain ⟦a⟧; s3ctl drain ⟦b⟧; }"', both);
    reads('run: |\n  s3ctl drain ⟦a⟧ # then\n\n  s3ctl drain ⟦b⟧', both);
  });

  it('reckons with what runs only where something else fails', () => {
    const maybe = 'maybe: `||` runs this only where what stands before it fails';
    const why = '? `||` runs this only where what stands before it fails';
    reads('run: s3ctl drain ⟦a⟧ || s3ctl drain ⟦b⟧', ['remove hosts:a', `remove hosts:b ${maybe}`]);
    reads('run: s3ctl drain ⟦a⟧ || exit 1', ['remove hosts:a']);
    reads('run: s3ctl remove --subsystem ⟦a⟧ -n ⟦4⟧ ⟦||⟧ s3ctl remove --subsystem a -n 2', [
      'remove subsystem:a 4',
      `remove subsystem:a 2 ${why}`,
    ]);
    // That the rollback does not run is the worst.
    reads('run: s3ctl drain ⟦a⟧ || s3ctl restore --subsystem a --count 1', ['remove hosts:a']);
  });

  it('takes the worst of the ways that an `if` may go, and the only one where its test is known', () => {
    const maybe = 'maybe: which way the `if` goes is not known';
    const why = '? which way the `if` goes is not known';
    reads('run: if [ "$A" = b ]; then s3ctl drain ⟦a⟧; else s3ctl status; fi', [`remove hosts:a ${maybe}`]);
    reads('run: if x; then s3ctl drain ⟦a⟧; elif y; then s3ctl drain a; else s3ctl drain a; fi', ['remove hosts:a']);
    reads('run: if x; then s3ctl drain a; else s3ctl drain ⟦a⟧ ⟦b⟧; fi', [`remove hosts:a hosts:b ${maybe}`]);
    reads('run: if x; then s3ctl remove --subsystem a -n 2; else s3ctl remove --subsystem ⟦a⟧ -n ⟦4⟧; fi', [
      `remove subsystem:a 4 ${maybe}`,
    ]);
    reads('run: ⟦if⟧ x; then s3ctl drain a; else s3ctl evict; fi', [
      `remove hosts:a ${why}`,
      `remove the whole fleet 1 ${why}`.replace('the whole fleet ', ''),
    ]);
    reads('run: if x; then s3ctl restore --subsystem ⟦a⟧ --count ⟦2⟧; fi', [`restore subsystem:a 2 ${maybe}`]);
    reads('run: s3ctl drain ⟦b⟧; if x; then s3ctl restore --subsystem ⟦a⟧ --count ⟦2⟧; fi', [
      'remove hosts:b',
      `restore subsystem:a 2 ${maybe}`,
    ]);
    reads('run: if true; then s3ctl drain ⟦a⟧; else s3ctl drain b; fi', ['remove hosts:a']);
    reads('run: N=3; if [ $N -gt 4 ]; then s3ctl drain a; elif [[ $N == 3 ]]; then s3ctl drain ⟦b⟧; fi', [
      'remove hosts:b',
    ]);
    reads('run: case {{ m }} in drain) s3ctl drain ⟦a⟧;; *) s3ctl drain b;; esac', ['remove hosts:a'], { m: 'drain' });
  });

  it('takes a test before `&&` for a branch', () => {
    const maybe = 'maybe: whether the test holds is not known';
    reads('run: \'[ -n "$X" ] && s3ctl drain ⟦a⟧\'', [`remove hosts:a ${maybe}`]);
    reads('run: grep -q x f && s3ctl drain ⟦a⟧ || s3ctl status', [`remove hosts:a ${maybe}`]);
    reads('run: test 1 -eq 2 && s3ctl drain a', []);
    reads('run: test 1 -eq 2 || s3ctl drain ⟦a⟧', ['remove hosts:a']);
  });

  it('counts the turns of a loop where they follow from the script', () => {
    reads('run: ⟦while⟧ sleep 5; do s3ctl drain a; done', [
      'remove hosts:a ? how often the `while` turns is not known',
    ]);
    reads('run: ⟦while⟧ true; do s3ctl drain a; done', ['remove hosts:a ? how often the `while` turns is not known']);
    reads('run: i=1; while [ $i -le 2 ]; do s3ctl drain ⟦w$i⟧; i=$((i+1)); done', [
      'remove hosts:w1',
      'remove hosts:w2',
    ]);
    reads('run: for ((i=1; i<=2; i++)); do s3ctl drain ⟦w$i⟧; done', ['remove hosts:w1', 'remove hosts:w2']);
    reads('run: for ((i=0; i<4; i+=2)); do s3ctl drain ⟦w$i⟧; done', ['remove hosts:w0', 'remove hosts:w2']);
    reads('run: for ((i=0; i<$N; i++)); do s3ctl drain w$i; done'.replace('i=0; i<$N; i++', '⟦i=0; i<$N; i++⟧'), [
      'remove hosts:w0 ? how often the `for` turns is not known',
    ]);
  });

  it('reads lines with `while read`', () => {
    const both = ['remove hosts:a', 'remove hosts:b'];
    reads('run: |\n  while read -r h; do s3ctl drain $h; done <<EOF\n  ⟦a⟧\n  ⟦b⟧\n  EOF\n', both);
    reads("run: printf '%s\\n' ⟦a⟧ | while IFS= read -r h _; do s3ctl drain $h; done", both.slice(0, 1));
    reads("run: echo ⟦a⟧ ⟦b⟧ | tr ' ' '\\n' | while read h; do s3ctl drain $h; done", both);
    reads('run: while read h; do s3ctl drain $h; done < ⟦hosts.txt⟧', ['remove ? what `hosts.txt` holds is not known']);
    reads(
      'run: mapfile -t H <<< "⟦a⟧"; s3ctl drain "${H[@]}"'
        .replace('"⟦a⟧"; s3ctl drain "${H[@]}"', '"a"; s3ctl drain "${H[@]}"')
        .replace('"a"', '"⟦a⟧"'),
      ['remove hosts:a'],
    );
  });

  it('says that a blank behind a backslash ends the command', () => {
    reads('run: |\n  s3ctl drain ⟦a⟧ ⟦\\⟧ \n    ⟦b⟧\n', [
      'remove hosts:a hosts:b',
      'opaque ? a blank stands behind this backslash, so the command ends here and the next line is one of its own',
    ]);
  });

  it('does not know the files that a `*` stands for', () => {
    reads('run: s3ctl drain ⟦*⟧', ['remove ? the shell puts names of files in place of `*`']);
    reads("run: s3ctl drain '⟦*⟧'", ['remove hosts:*']);
    reads('run: s3ctl drain ⟦web*⟧', ['remove hosts:web*']);
  });

  it('knows what is assigned in the same step', () => {
    reads('run: N=40; s3ctl remove --subsystem ⟦a⟧ -n ⟦$N⟧', ['remove subsystem:a 40']);
    reads(`run: export N=4$((2 - 2)); s3ctl remove --subsystem ⟦a⟧ -n "⟦\${N}⟧"`, ['remove subsystem:a 40']);
    reads(`run: s3ctl remove --subsystem a -n ⟦\${N:-4}⟧`, [`remove subsystem:a ? \`\${N:-4}\` has no known value`]);
  });

  it('forgets a variable that may have been set', () => {
    reads('run: N=4; if x; then N=40; fi; s3ctl remove --subsystem a -n ⟦$N⟧', [
      'remove subsystem:a ? `$N` has no single known value',
    ]);
    reads('run: N=4; (N=40); s3ctl remove --subsystem ⟦a⟧ -n ⟦$N⟧', ['remove subsystem:a 4']);
    reads('run: read N; s3ctl remove --subsystem a -n ⟦$N⟧', [
      'remove subsystem:a unless $N is empty ? `$N` has no known value',
    ]);
  });

  it('expands braces and known substitutions', () => {
    reads('run: s3ctl drain ⟦web-{1..3}⟧', ['remove hosts:web-1 hosts:web-2 hosts:web-3']);
    reads('run: s3ctl drain ⟦{a,b}{1,2}⟧', ['remove hosts:a1 hosts:a2 hosts:b1 hosts:b2']);
    reads('run: s3ctl drain ⟦web{08..10}⟧', ['remove hosts:web08 hosts:web09 hosts:web10']);
    reads('run: s3ctl drain ⟦$(seq -w 9 10)⟧', ['remove hosts:09 hosts:10']);
    reads('run: s3ctl drain web{1..$N}'.replace('{1..$N}', '⟦{1..$N}⟧'), [
      'remove ? the shell does not expand variables inside the braces of `{1..$N}`',
    ]);
    reads('run: s3ctl drain ⟦web{1..{{ n }}}⟧', ['remove hosts:web1 hosts:web2'], { n: '2' });
  });

  it('strips prompts', () => {
    reads('run: |\n  $ s3ctl drain ⟦a⟧\n  ops@host:~$ s3ctl drain ⟦b⟧\n  [root@host ~]# s3ctl drain ⟦c⟧\n', [
      'remove hosts:a',
      'remove hosts:b',
      'remove hosts:c',
    ]);
    reads('run: |\n  # s3ctl drain a\n', []);
    reads(
      'run: |\n  (venv) $ s3ctl drain ⟦a⟧\n  bastion$ s3ctl drain ⟦b⟧\n  db1:~# s3ctl drain ⟦c⟧\n  PS C:\\> s3ctl drain ⟦d⟧\n',
      ['remove hosts:a', 'remove hosts:b', 'remove hosts:c', 'remove hosts:d'],
    );
  });

  it('strips the fences of a code block', () => {
    for (const fence of ['```', '```sh', '~~~ bash']) {
      reads(`run: |\n  ${fence}\n  s3ctl drain ⟦a⟧\n  ${fence.slice(0, 3)}\n`, ['remove hosts:a']);
    }
  });

  it('tells of the quotes and dashes of a page', () => {
    for (const [script, meant] of [
      ['s3ctl drain “a”', '"a"'],
      ['s3ctl drain ‘a’', '"a"'],
      ['s3ctl drain –force a', '--force'],
    ] as const) {
      const { actions } = read(`run: ${script}`);
      assert.deepEqual(
        actions.map(({ obstacle }) => obstacle?.advice),
        [`Write \`${meant}\`.`],
      );
    }
    const { actions } = read('run: s3ctl drain a # it’s – fine');
    assert.deepEqual(actions.map(inWords), ['remove hosts:a']);
  });

  it('runs what stands in the place of a command', () => {
    for (const script of ['$(s3ctl drain a)', '"`s3ctl drain a`"', '"``$(s3ctl drain a)``"']) {
      const { actions } = read(`run: ${script}`);
      assert.ok(actions.map(inWords).includes('remove hosts:a'), script);
    }
  });

  it('lets time pass', () => {
    const { actions } = read('run: sleep 5m; sleep 1h 30; sleep 0.5; sleep $N; sleep 10 &');
    assert.deepEqual(actions.map(inWords), ['wait 300s', 'wait 3630s']);
  });

  it('keeps what can be read of a broken script', () => {
    const { actions } = read('run: s3ctl drain a; s3ctl drain "b');
    assert.deepEqual(actions.map(inWords).slice(0, 2), ['remove hosts:a', 'remove hosts:b']);
    assert.match(inWords(actions[2] ?? assert.fail()), /^opaque \? the shell cannot read it/);
  });
});

describe('loops', () => {
  it('are unrolled over a known list, and stand on its words', () => {
    reads('run: for h in ⟦web1⟧ ⟦web2⟧; do s3ctl drain $h; sleep 60; done', [
      'remove hosts:web1',
      'wait 60s',
      'remove hosts:web2',
      'wait 60s',
    ]);
    reads('run: for i in ⟦{1..2}⟧; do s3ctl drain web-$i; done', ['remove hosts:web-1', 'remove hosts:web-2']);
    reads('run: H="web1 web2"; for h in ⟦$H⟧; do s3ctl drain $h; done', ['remove hosts:web1', 'remove hosts:web2']);
    reads(`run: H=(web1 web2); for h in "⟦\${H[@]}⟧"; do s3ctl drain $h; done`, [
      'remove hosts:web1',
      'remove hosts:web2',
    ]);
  });

  it('tell the words that give their extent, and a command once', () => {
    const text = 'run: for i in $(seq 1 3); do s3ctl remove --subsystem a -n 4; done';
    const { actions, commands } = read(text);
    assert.deepEqual(
      actions.map(({ loop }) => loop && text.slice(loop.start, loop.end)),
      ['$(seq 1 3)', '$(seq 1 3)', '$(seq 1 3)'],
    );
    assert.equal(commands.filter(({ tool }) => tool === 's3ctl').length, 1);
  });

  it('cannot be told over an unknown or an endless list', () => {
    reads('run: for h in ⟦$HOSTS⟧; do s3ctl drain $h; done', ['remove ? `$HOSTS` has no known value']);
    reads('run: for h in ⟦{1..2000}⟧; do s3ctl drain $h; done', [
      'remove ? the loop turns 2000 times, and no more than 1000 are followed',
    ]);
  });
});

describe('xargs', () => {
  it('hands on known words', () => {
    reads('run: echo ⟦a⟧ ⟦b⟧ | xargs s3ctl drain', ['remove hosts:a hosts:b']);
    reads('run: echo ⟦a⟧ ⟦b⟧ | xargs -n1 -P 4 sudo s3ctl drain', ['remove hosts:a', 'remove hosts:b']);
    reads("run: printf '%s\\n' ⟦a⟧ | xargs -I{} s3ctl drain {}", ['remove hosts:a']);
    reads('run: |\n  cat <<EOF | xargs s3ctl drain\n  ⟦a⟧\n  ⟦b⟧\n  EOF\n', ['remove hosts:a hosts:b']);
    reads('run: seq 40 | head -n 2 | xargs s3ctl drain'.replace('seq 40', 'seq ⟦40⟧'), ['remove hosts:1 hosts:2']);
  });

  it('runs one or several at a time, and that bounds only what comes back', () => {
    reads(
      'run: echo ⟦a⟧ ⟦b⟧ ⟦c⟧ | xargs -n1 ssh2 systemctl ⟦restart⟧ x'.replace(
        'ssh2 systemctl ⟦restart⟧ x',
        's3ctl drain',
      ),
      ['remove hosts:a', 'remove hosts:b', 'remove hosts:c'],
    );
    const restart = 'xargs -I{} -P ⟦2⟧ ssh {} systemctl restart x';
    reads(`run: echo ⟦a⟧ ⟦b⟧ ⟦c⟧ | tr ' ' '\\n' | ${restart}`, ['restart hosts:a hosts:b hosts:c by 2']);
    reads(`run: echo ⟦a⟧ ⟦b⟧ ⟦c⟧ | tr ' ' '\\n' | ${restart}`.replace('-P ⟦2⟧', '-P 0'), [
      'restart hosts:a hosts:b hosts:c',
    ]);
    reads(`run: parallel -j⟦2⟧ ssh {} systemctl restart x ::: ⟦a⟧ ⟦b⟧`, ['restart hosts:a hosts:b by 2']);
    reads("run: parallel 'ssh {} systemctl restart x' ::: ⟦a⟧ ⟦b⟧", ['restart hosts:a hosts:b']);
  });

  it('cannot be told with unknown ones', () => {
    reads('run: ⟦cat hosts⟧ | xargs s3ctl drain', ['remove ? what `cat hosts` writes is not known']);
    reads('run: ⟦xargs⟧ s3ctl drain', ['remove ? what `xargs` reads is not known']);
  });
});

describe('commands in the background', () => {
  it('restart all at once what is not waited for, and one after the other what is', () => {
    const ssh = 'ssh $h systemctl restart x';
    reads(`run: for h in ⟦a⟧ ⟦b⟧; do ${ssh} & done; wait`, ['restart hosts:a hosts:b']);
    reads(`run: for h in ⟦a⟧ ⟦b⟧; do ${ssh}; done`, ['restart hosts:a', 'restart hosts:b']);
    reads(`run: for h in ⟦a⟧ ⟦b⟧; do ${ssh} & wait; done`, ['restart hosts:a', 'restart hosts:b']);
    reads('run: ssh ⟦a⟧ systemctl restart x & ssh ⟦b⟧ systemctl restart x; wait', ['restart hosts:a hosts:b']);
  });

  it('take out before they restart, whatever their order: that is the worst', () => {
    reads('run: ssh ⟦a⟧ systemctl restart x & s3ctl drain ⟦b⟧; wait; s3ctl drain ⟦c⟧', [
      'remove hosts:b',
      'restart hosts:a',
      'remove hosts:c',
    ]);
    reads('run: s3ctl drain ⟦a⟧ & s3ctl drain ⟦b⟧', ['remove hosts:a', 'remove hosts:b']);
  });

  it('cannot be told where they roll by rules of their own', () => {
    const why = '? it is not waited for, so that how many are down at once is not known';
    reads('run: for g in a b; do s3ctl ⟦bounce⟧ $g & done; wait', [
      `restart group:a everything by 1 ${why}`,
      `restart group:b everything by 1 ${why}`,
    ]);
  });
});

describe('names drawn from a listing', () => {
  it('are so many of those that it lists', () => {
    reads('run: s3ctl status ⟦core⟧ | head -n ⟦4⟧ | xargs s3ctl drain', ['remove subsystem:core 4 at most']);
    reads('run: s3ctl drain $(s3ctl status ⟦core⟧ | sort | head -⟦4⟧)', ['remove subsystem:core 4 at most']);
    reads("run: for h in $(s3ctl status ⟦core⟧ | awk 'NR<=⟦4⟧ {print $1}'); do s3ctl drain $h; done", [
      'remove subsystem:core 4 at most',
    ]);
    reads('run: s3ctl status ⟦core⟧ | tail -n +2 | head -n ⟦2⟧ | while read h; do ssh $h systemctl ⟦restart⟧ x; done', [
      'restart subsystem:core 2 at most by 1',
    ]);
    reads('run: s3ctl status ⟦core⟧ | head -⟦6⟧ | xargs -n1 -P⟦3⟧ -I{} ssh {} systemctl restart x', [
      'restart subsystem:core 6 at most by 3',
    ]);
  });

  it('are all of them where nothing narrows them, and unknown where nobody knows how many are left', () => {
    reads('run: ⟦s3ctl status ⟦core⟧⟧ | xargs s3ctl drain', ['remove subsystem:core everything']);
    reads('run: s3ctl status core | ⟦grep web⟧ | xargs s3ctl drain', [
      'remove ? how many names `grep` leaves is not known',
    ]);
    reads('run: s3ctl status ⟦core⟧ | grep web | head -n ⟦2⟧ | xargs s3ctl drain', ['remove subsystem:core 2 at most']);
  });

  it('say nothing of what is done beside them in a loop', () => {
    reads('run: for h in $(⟦s3ctl status core⟧ | head -n 4); do s3ctl remove --subsystem b -n 1; done', [
      'remove subsystem:b 1 ? how often it is run is not known',
    ]);
  });
});

describe('a word that may be empty, where empty means everything', () => {
  const remove = 's3ctl remove --subsystem ⟦a⟧ --count';
  const unknown = (text: string) => `? \`${text}\` has no known value`;

  it('is told beside its being unknown', () => {
    reads(`run: ${remove.replace('⟦a⟧', 'a')} "⟦$N⟧"`, [`remove subsystem:a unless $N is empty ${unknown('$N')}`]);
    reads(`run: ${remove.replace('⟦a⟧', 'a')} ⟦$N⟧`, [`remove subsystem:a unless $N is empty ${unknown('$N')}`]);
    reads('run: ⟦cat n⟧ | xargs s3ctl remove --subsystem a --count', [
      'remove subsystem:a unless xargs is empty ? what `cat n` writes is not known',
    ]);
  });

  it('is not told where it cannot be empty, or means nothing then', () => {
    const plain = [`remove subsystem:a ${unknown('$N')}`];
    reads(`run: ${remove.replace('⟦a⟧', 'a')} "⟦\${N:?}⟧"`, [`remove subsystem:a ${unknown(`\${N:?}`)}`]);
    for (const guard of [
      ': "${N:?}"',
      '[ -z "$N" ] && exit 1',
      '[ -n "$N" ] || exit 1',
      'test -n "$N" || { echo no; exit 1; }',
      'if [[ -z $N ]]; then exit 1; fi',
      'set -eu',
    ]) {
      reads(`run: |\n  ${guard}\n  ${remove.replace('⟦a⟧', 'a')} ⟦$N⟧\n`, plain);
    }
    reads('run: ⟦cat n⟧ | xargs -r s3ctl remove --subsystem a --count', [
      'remove subsystem:a ? what `cat n` writes is not known',
    ]);
    reads('run: s3ctl drain ⟦$H⟧', [`remove ${unknown('$H')}`]);
    reads('run: s3ctl restore --subsystem a --count ⟦$N⟧', [`restore subsystem:a ${unknown('$N')}`]);
  });
});

describe('work on a script', () => {
  const hostile = [
    `X=ab; for i in {1..999}; do X=$X$X; done; s3ctl drain $X`,
    `for i in {1..999}; do echo {1..9999}; done`,
    `f() { f; f; }; f`,
    `s3ctl drain {1..9999}{1..9999}`,
    `s3ctl drain {1..9999}`,
    `echo {1..9999} | xargs -n1 s3ctl drain`,
    `${'$('.repeat(500)}s3ctl drain a`,
    `${'('.repeat(2000)}`,
    `${'if true; then '.repeat(300)}s3ctl drain a`,
    `${'ssh a '.repeat(300)}`,
    `eval ${'eval '.repeat(300)} s3ctl drain a`,
    `s3ctl ${'a '.repeat(20_000)}`,
    `s3ctl drain --x ${'a --y '.repeat(2000)}`,
    `${'<a '.repeat(20_000)}{{${' '.repeat(20_000)}`,
  ];

  it('is bounded', () => {
    for (const script of hostile) {
      const started = process.cpuUsage();
      read(`run: |\n  ${script}\n`);
      const { user } = process.cpuUsage(started);
      assert.ok(user < 1_500_000, `${user / 1000} ms for ${script.slice(0, 60)}`);
    }
  });

  it('says where it stops', () => {
    const { actions } = read('run: f() { f; f; }; f; s3ctl drain web1');
    assert.match(inWords(actions.at(-1) ?? assert.fail()), /more than 5000 commands/);
  });
});

describe('what a script hands on', () => {
  it('reads a list that is computed by known commands', () => {
    reads('run: s3ctl drain $(⟦⟧)'.replace('$(⟦⟧)', '⟦$(nodeset -e web[1-2])⟧'), ['remove hosts:web1 hosts:web2']);
    reads("run: printf 'web%02d\\n' ⟦1 2⟧ | xargs s3ctl drain", ['remove hosts:web01 hosts:web02']);
    reads("run: seq ⟦-f 'web%02g' 2⟧ | xargs s3ctl drain", ['remove hosts:web01 hosts:web02']);
    reads(`run: H=a,b; for h in ⟦\${H//,/ }⟧; do s3ctl drain $h; done`, ['remove hosts:a', 'remove hosts:b']);
    reads(`run: H=web1.example; s3ctl drain ⟦\${H%%.*}⟧`, ['remove hosts:web1']);
  });

  it('counts with `let` and `expr`, and knows what is never empty', () => {
    reads('run: n=1; until [ $n -gt 2 ]; do s3ctl drain ⟦w$n⟧; let n=n+1; done', [
      'remove hosts:w1',
      'remove hosts:w2',
    ]);
    reads('run: n=1; while [ $n -lt 3 ]; do s3ctl drain ⟦w$n⟧; n=$(expr $n + 1); done', [
      'remove hosts:w1',
      'remove hosts:w2',
    ]);
    reads(`run: N=\${1:-4}; s3ctl remove --subsystem a -n ⟦$N⟧`, [
      `remove subsystem:a ? \`\${1:-4}\` has no known value`,
    ]);
  });

  it('hands on what it reads to the shell that it carries', () => {
    reads("run: |\n  ssh ⟦web1⟧ 'bash -s' <<'EOF'\n  systemctl stop nginx\n  EOF\n", ['remove hosts:web1']);
    reads('run: echo systemctl stop nginx | ssh ⟦web1⟧ sudo bash', ['remove hosts:web1']);
  });

  it('reads what terminals and schedulers run', () => {
    for (const line of [
      'script -q -c "s3ctl drain ⟦web1⟧" log',
      'screen -dmS x s3ctl drain ⟦web1⟧',
      "tmux new-session -d 's3ctl drain ⟦web1⟧'",
      'at now <<< "s3ctl drain ⟦web1⟧"',
    ]) {
      reads(`run: ${line}`, ['remove hosts:web1']);
    }
    reads('run: |\n  $ sudo \\\n  > s3ctl drain ⟦web1⟧\n', ['remove hosts:web1']);
    reads('run: until s3ctl drain ⟦web1⟧; do sleep 5; done', ['remove hosts:web1']);
  });

  it('takes names with commas between them for several', () => {
    reads('run: s3ctl remove --subsystem ⟦a⟧,⟦b⟧ -n ⟦4⟧', ['remove subsystem:a subsystem:b 4']);
  });

  it('does not know what `find` finds', () => {
    reads('run: ⟦find⟧ /hosts -name "web*" -exec s3ctl drain {} \\;', ['remove ? what `find` finds is not known']);
    reads('run: find . -name "*.log" -delete', []);
  });

  it('knows a script by its file, and a service by its init script', () => {
    reads('run: ⟦bash⟧ -x ops/drain-all.sh 4'.replace('⟦bash⟧', 'bash').replace('drain-all.sh', '⟦drain-all.sh⟧'), [
      'opaque ? `drain-all.sh` is not declared',
    ]);
    reads('run: bash ops/report.sh', []);
    reads('run: (cd /opt; ./⟦stop.sh⟧)', ['opaque ? `stop.sh` is not declared']);
  });
});
