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

  it('does not know whether what is conditional runs', () => {
    const why = '? `||` runs this only where what stands before it fails';
    reads('run: s3ctl drain ⟦a⟧ ⟦||⟧ s3ctl drain b', ['remove hosts:a', `remove hosts:b ${why}`]);
    reads('run: s3ctl drain ⟦a⟧ || exit 1', ['remove hosts:a']);
    reads('run: ⟦if⟧ true; then s3ctl drain a; else s3ctl status; fi', [
      'remove hosts:a ? which way the `if` goes is not known',
    ]);
    reads('run: ⟦while⟧ sleep 5; do s3ctl drain a; done', [
      'remove hosts:a ? how often the `while` turns is not known',
    ]);
  });

  it('knows what is assigned in the same step', () => {
    reads('run: N=40; s3ctl remove --subsystem ⟦a⟧ -n ⟦$N⟧', ['remove subsystem:a 40']);
    reads(`run: export N=4$((2 - 2)); s3ctl remove --subsystem ⟦a⟧ -n "⟦\${N}⟧"`, ['remove subsystem:a 40']);
    reads(`run: s3ctl remove --subsystem a -n ⟦\${N:-4}⟧`, [`remove subsystem:a ? \`\${N:-4}\` has no known value`]);
  });

  it('forgets a variable that may have been set', () => {
    reads('run: N=4; if true; then N=40; fi; s3ctl remove --subsystem a -n ⟦$N⟧', [
      'remove subsystem:a ? `$N` has no single known value',
    ]);
    reads('run: N=4; (N=40); s3ctl remove --subsystem ⟦a⟧ -n ⟦$N⟧', ['remove subsystem:a 4']);
    reads('run: read N; s3ctl remove --subsystem a -n ⟦$N⟧', ['remove subsystem:a ? `$N` has no known value']);
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

  it('does not say how many are down at once where several run together', () => {
    const why = '? it is not waited for, so that how many are down at once is not known';
    reads('run: for g in a b; do s3ctl ⟦bounce⟧ $g & done; wait', [
      `restart group:a everything by 1 ${why}`,
      `restart group:b everything by 1 ${why}`,
    ]);
    reads('run: echo a | xargs -P4 s3ctl ⟦bounce⟧', [`restart group:a everything by 1 ${why}`]);
    reads('run: s3ctl drain ⟦a⟧ & s3ctl drain ⟦b⟧', ['remove hosts:a', 'remove hosts:b']);
  });

  it('cannot be told with unknown ones', () => {
    reads('run: cat hosts | ⟦xargs⟧ s3ctl drain', ['remove ? what `xargs` reads is not known']);
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
