import { reads } from './support.ts';

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
