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

  it('reckons with all ways that an `if` may go, and with the only one where its test is known', () => {
    const maybe = 'maybe: which way the `if` goes is not known';
    reads('run: if [ "$A" = b ]; then s3ctl drain ⟦a⟧; else s3ctl status; fi', [`remove hosts:a ${maybe}`]);
    reads('run: if x; then s3ctl drain ⟦a⟧; elif y; then s3ctl drain a; else s3ctl drain a; fi', ['remove hosts:a']);
    reads('run: if x; then s3ctl drain ⟦a⟧; else s3ctl drain ⟦a⟧ ⟦b⟧; fi', [
      `remove hosts:a ${maybe}`,
      `remove hosts:a hosts:b ${maybe}`,
    ]);
    reads('run: if x; then s3ctl remove --subsystem ⟦a⟧ -n ⟦2⟧; else s3ctl remove --subsystem ⟦a⟧ -n ⟦4⟧; fi', [
      `remove subsystem:a 2 ${maybe}`,
      `remove subsystem:a 4 ${maybe}`,
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
