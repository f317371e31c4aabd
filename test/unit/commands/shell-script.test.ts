import assert from 'node:assert/strict';
import { inWords, read, reads } from './support.ts';

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
