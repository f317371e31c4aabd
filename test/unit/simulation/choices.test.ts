import assert from 'node:assert/strict';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet =
  'fleet: app\nsubsystems: { app: { minimum: 10 } }\ngroups: { app: { hosts: "app[01-12]", serves: [app] } }\n';

/** The first step's figures of `app`, as `before lowest after`, and the findings as `severity rule`. */
function told(script: string) {
  const lines = script.split('\n').map((line) => `      ${line}\n`);
  const runbook = `runbook: One way of several\nsteps:\n  - run: |\n${lines.join('')}`;
  const { analysis } = checkText(runbook, fleetIn({ 'x.fleet.yaml': fleet }));
  const [step] = analysis.runs[0]?.outcomes ?? [];
  const [app] = step?.figures ?? [];
  const figure = (of: { worst: number; best: number } | undefined) =>
    of?.worst === of?.best ? `${of?.worst}` : `${of?.worst}-${of?.best}`;
  return {
    verdict: step?.verdict,
    figures: [app?.before, app?.lowest, app?.after].map(figure).join(' '),
    findings: analysis.findings.map(({ severity, rule }) => `${severity} ${rule}`),
    messages: analysis.findings.map(({ message }) => message),
  };
}

const stop = (hosts: string) => `pdsh -w ${hosts} sudo systemctl stop app`;
const start = (hosts: string) => `pdsh -w ${hosts} sudo systemctl start app`;

describe('a script that goes one of several ways', () => {
  it('runs all of a way or nothing of it', () => {
    const loop =
      'for h in app0{1..9}; do ssh $h sudo systemctl stop app; sleep 5; ssh $h sudo systemctl start app; done';
    const { verdict, figures, findings } = told(`if [ "$ACTION" = deploy ]; then\n  ${loop}\nfi`);
    assert.deepEqual([verdict, figures, findings], ['safe', '12 11-12 12', []]);
  });

  it('decides anew in each turn of a loop', () => {
    const turn = 'if ssh $h test -f /etc/old; then ssh $h sudo systemctl stop app; fi';
    const { verdict, figures, findings } = told(`for h in app01 app02 app03; do ${turn}; done`);
    assert.deepEqual([verdict, figures], ['unsafe', '12 9-12 9-12']);
    assert.deepEqual(findings.slice(0, 1), ['warning below-minimum']);
  });

  it('never takes two ways at once', () => {
    const either = `if x; then ${stop('app[01-02]')}; else ${stop('app[03-04]')}; fi`;
    const one = told(either);
    assert.deepEqual([one.verdict, one.figures], ['safe', '12 10 10']);
    assert.ok(one.messages.some((message) => /may still be out/.test(message)));
    const two = told(`${either}\nif y; then ${stop('app05')}; else ${stop('app06')}; fi`);
    assert.deepEqual([two.verdict, two.figures], ['unsafe', '12 9 9']);
  });

  it('breaks a minimum for certain where every way does', () => {
    const both = told(`if x; then ${stop('app[01-03]')}; else ${stop('app[02-05]')}; fi`);
    assert.deepEqual([both.verdict, both.figures], ['unsafe', '12 8-9 8-9']);
    assert.ok(both.findings.includes('error below-minimum'));
    const one = told(`if x; then ${stop('app[01-02]')}; else ${stop('app[02-05]')}; fi`);
    assert.deepEqual([one.verdict, one.figures], ['unsafe', '12 8-10 8-10']);
    assert.ok(one.findings.includes('warning below-minimum'));
  });

  it('may do nothing in a `case`, unless one of its items takes any word', () => {
    const items = (last: string) => `case "$1" in start) ${start('app01')};; ${last}) ${stop('app01')};; esac`;
    assert.deepEqual(told(items('stop')).figures, '12 11-12 11-12');
    const any = `case "$1" in one) ${stop('app01')};; *) ${stop('app02')};; esac`;
    assert.deepEqual(told(any).figures, '12 11 11');
  });

  it('has what one way brings back still out where it goes the other', () => {
    const { figures, findings } = told(`case "$1" in stop) ${stop('app01')};; start) ${start('app01')};; esac`);
    assert.equal(figures, '12 11-12 11-12');
    assert.ok(findings.includes('hint not-restored'));
  });

  it('decides inside of a way by itself', () => {
    const inner = `if y; then ${stop('app03')}; ${start('app03')}; fi`;
    const { verdict, figures } = told(`if x; then ${stop('app[01-02]')}; ${inner}; ${start('app[01-02]')}; fi`);
    assert.deepEqual([verdict, figures], ['unsafe', '12 9-12 12']);
  });
});
