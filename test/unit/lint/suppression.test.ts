import assert from 'node:assert/strict';
import { fixesOf } from '../../../server/src/lint/lint.ts';
import type { Finding } from '../../../server/src/rules/finding.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { analyseFiles } from '../../support/rule-tester.ts';

const fleet = fleetIn({
  'x.fleet.yaml': [
    'fleet: demo',
    'subsystems:',
    '  web: { capacity: 12, minimum: 8 }',
    'commands:',
    '  - tool: ctl',
    '    usages:',
    '      - usage: "drop --count <count> <subsystem>"',
    '        effect: remove',
    '      - usage: "back <subsystem>"',
    '        effect: restore',
    '',
  ].join('\n'),
});

const step = '  - remove: { subsystem: web, count: 6 }\n  - restore: { subsystem: web }\n';
const comment = '# runbook-lint-disable-next-line below-minimum: the load is low';

function findingsIn(steps: string, head = 'runbook: x\n'): readonly Finding[] {
  return checkText(`${head}steps:\n${steps}`, fleet).analysis.findings.filter(({ severity }) => severity !== 'hint');
}

function rulesIn(steps: string, head?: string): readonly string[] {
  return findingsIn(steps, head).map(({ rule }) => rule);
}

function messagesIn(steps: string, head?: string): readonly string[] {
  return findingsIn(steps, head).flatMap(({ rule, message }) => (rule === 'unused-suppression' ? message : []));
}

describe('a suppression', () => {
  it('is needed here', () => assert.deepEqual(rulesIn(step), ['below-minimum']));

  it('before a step covers all of it, wherever the comment is indented to', () => {
    for (const indent of ['', ' ', '  ', '    ', '      ']) {
      assert.deepEqual(rulesIn(`  - wait: 1m\n${indent}${comment}\n${step}`), [], `indented by ${indent.length}`);
    }
    const long = '  - name: x\n    remove:\n      subsystem: web\n      count: 6\n  - restore: { subsystem: web }\n';
    assert.deepEqual(rulesIn(`  ${comment}\n\n  # why\n${long}`), []);
  });

  it('covers that step alone, and that rule alone', () => {
    assert.deepEqual(rulesIn(`  ${comment}\n${step}${step}`), ['below-minimum']);
    const other = comment.replace('below-minimum', 'removal-rate');
    assert.deepEqual(rulesIn(`  ${other}\n${step}`), ['unused-suppression', 'below-minimum']);
  });

  it('of one command of a script leaves what the others break to be said', () => {
    const script = (first: string, second: string) =>
      `  - run: |\n      ${first}\n      ctl drop --count 6 web\n      ${second}\n      ctl drop --count 2 web\n      ctl back web\n`;
    const places = (steps: string) => {
      const text = `runbook: x\nsteps:\n${steps}`;
      const line = (start: number) => text.slice(0, start).split('\n').length - 3;
      return findingsIn(steps).map(({ rule, span }) => `${rule} ${line(span.start)}`);
    };
    assert.deepEqual(places(script('# first', '# second')), ['below-minimum 2']);
    assert.deepEqual(places(script(comment, '# second')), ['below-minimum 4']);
    assert.deepEqual(places(script('# first', comment)), ['below-minimum 2']);
    assert.deepEqual(places(script(comment, comment)), []);
  });

  it('inside a step covers the entry that begins on the next line', () => {
    const remove = (first: string, second: string) =>
      `  - remove:\n${first}      subsystem: web\n${second}      count: 6\n  - restore: { subsystem: web }\n`;
    assert.deepEqual(rulesIn(remove('', `      ${comment}\n`)), []);
    assert.deepEqual(rulesIn(remove(`      ${comment}\n`, '')), ['unused-suppression', 'below-minimum']);
    assert.deepEqual(
      rulesIn(
        `  - name: x\n    ${comment}\n    remove:\n      subsystem: web\n      count: 6\n${step.split('\n')[1]}\n`,
      ),
      [],
    );
  });

  it('before an inner step covers that one', () => {
    const inner = (lead: string) =>
      `  - repeat:\n      times: 1\n      steps:\n${lead}        - remove: { subsystem: web, count: 6 }\n        - restore: { subsystem: web }\n`;
    const bare = rulesIn(inner('')).filter((rule) => rule === 'below-minimum');
    const left = rulesIn(inner(`        ${comment}\n`));
    assert.deepEqual(left.includes('below-minimum'), false);
    assert.equal(left.includes('unused-suppression'), bare.length === 0);
  });

  it('inside a block of commands covers the next command line, with the lines that continue it', () => {
    const run = (...lines: readonly string[]) => `  - run: |\n${lines.map((line) => `      ${line}\n`).join('')}`;
    assert.deepEqual(rulesIn(run(comment, 'ctl drop --count 6 web', 'ctl back web')), []);
    assert.deepEqual(rulesIn(run(comment, '', '# so', 'ctl drop \\', '  --count 6 web', 'ctl back web')), []);
    assert.deepEqual(rulesIn(run(comment, 'echo hello', 'ctl drop --count 6 web', 'ctl back web')), [
      'unused-suppression',
      'below-minimum',
    ]);
  });

  it('at the top covers the whole file', () => {
    const whole = '# runbook-lint-disable-file below-minimum: a drill on a test fleet\n';
    assert.deepEqual(rulesIn(step + step, `${whole}runbook: x\n`), []);
    assert.deepEqual(rulesIn(step, `runbook: x\n${whole}`), []);
    assert.match(messagesIn(`  ${whole}${step}`)[0] ?? '', /has to stand at the top/);
    assert.match(messagesIn('  - wait: 1m\n', `${whole}runbook: x\n`)[0] ?? '', /`below-minimum` in this file/);
  });

  it('takes several rules, separated by commas', () => {
    const both = comment.replace('below-minimum', 'removal-rate,below-minimum , exceeds-target');
    assert.deepEqual(rulesIn(`  ${both}\n${step}`), ['unused-suppression', 'unused-suppression']);
  });

  it('without a reason suppresses nothing and says so', () => {
    for (const end of ['', ':', ':  ']) {
      const bare = `  # runbook-lint-disable-next-line below-minimum${end}\n`;
      assert.deepEqual(rulesIn(bare + step), ['unused-suppression', 'below-minimum']);
      assert.match(messagesIn(bare + step)[0] ?? '', /gives no reason/);
    }
  });

  it('without a colon before its reason suppresses nothing, and says what to write', () => {
    for (const reason of [' drill', ' - drill'])
      assert.match(
        messagesIn(`  # runbook-lint-disable-next-line below-minimum${reason}\n${step}`)[0] ?? '',
        /no colon stands before the reason\. Write `# runbook-lint-disable-next-line below-minimum: drill`/,
      );
  });

  it('with a blank for its dash is told, and a sentence about the linter is not', () => {
    assert.deepEqual(rulesIn(`  # runbook-lint disable-next-line below-minimum: drill\n${step}`), [
      'unused-suppression',
      'below-minimum',
    ]);
    assert.deepEqual(rulesIn(`  # runbook-lint: disable it here?\n${step}`), ['below-minimum']);
  });

  it('of a rule that there is not says what may have been meant', () => {
    const slip = comment.replace('below-minimum', 'below-minimun');
    assert.match(messagesIn(`  ${slip}\n${step}`)[0] ?? '', /no rule `below-minimun`\. Did you mean `below-minimum`\?/);
    assert.match(
      messagesIn(`  ${comment.replace('-line', '-lin')}\n${step}`)[0] ?? '',
      /there is no `runbook-lint-disa/,
    );
    assert.match(messagesIn('  # runbook-lint-disable-next-line: so\n  - wait: 1m\n')[0] ?? '', /names no rule/);
  });

  it('is not called unused where nothing could be found', () => {
    const text = `runbook: x\nsteps:\n  ${comment}\n${step}`;
    assert.deepEqual(
      checkText(text, undefined).analysis.findings.map(({ rule }) => rule),
      ['no-fleet'],
    );
    assert.deepEqual(rulesIn(`  ${comment}\n  - remove: { subsystem: web, count: "6 }\n`), ['syntax']);
    const unread = fleetIn({ 'x.fleet.yaml': 'fleet: x\nsubsystems:\n  web: { capacity: 12, minimum: 8x }\n' });
    assert.deepEqual(
      checkText(text, unread).analysis.findings.map(({ rule }) => rule),
      ['cannot-tell', 'cannot-tell'],
    );
  });

  it('leaves every other comment alone', () => {
    assert.deepEqual(rulesIn('  # runbook-lint is run in CI\n  # runbook-lint-cli too\n  - wait: 1m\n'), []);
  });

  it('works where the steps are read as a whole', () => {
    const text = `runbook: x\nsteps:\n  [\n    ${comment}\n    { remove: { subsystem: web, count: 6 } },\n    { restore: { subsystem: web } } ]\n`;
    assert.deepEqual(
      checkText(text, fleet).analysis.findings.filter(({ severity }) => severity !== 'hint'),
      [],
    );
  });

  it('keeps every other step as it was when one is edited', () => {
    const text = `runbook: x\nsteps:\n  ${comment}\n${step}  - wait: 1m\n`;
    const before = checkText(text, fleet);
    const after = checkText(text.replace('1m', '2m'), fleet, before);
    const fresh = checkText(text.replace('1m', '2m'), fleet);
    assert.deepEqual(after.analysis.findings, fresh.analysis.findings);
    assert.equal(after.analysis.steps[0]?.reading, before.analysis.steps[0]?.reading);
  });
});

describe('the fix of an unused suppression', () => {
  function fixed(steps: string): string {
    const text = `runbook: x\nsteps:\n${steps}`;
    const { analysis } = checkText(text, fleet);
    const finding = analysis.findings.find(({ rule }) => rule === 'unused-suppression');
    const [edit] = finding === undefined ? [] : (fixesOf(analysis, finding)[0]?.edits ?? []);
    assert.ok(edit);
    return (text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end)).slice(
      'runbook: x\nsteps:\n'.length,
    );
  }

  it('removes the line', () => assert.equal(fixed(`  ${comment}\r\n  - wait: 1m\n`), '  - wait: 1m\n'));
  it('removes the comment behind other words', () =>
    assert.equal(fixed(`  - wait: 1m ${comment}\n  - wait: 2m\n`), '  - wait: 1m\n  - wait: 2m\n'));
  it('removes one rule of several', () => {
    const two = comment.replace('below-minimum', 'removal-rate, below-minimum');
    assert.equal(fixed(`  ${two}\n${step}`), `  ${comment}\n${step}`);
    const turned = comment.replace('below-minimum', 'below-minimum, removal-rate');
    assert.equal(fixed(`  ${turned}\n${step}`), `  ${comment}\n${step}`);
  });
});

describe('a suppression in a fleet', () => {
  it('covers the entry below it', async () => {
    const of = async (text: string) => {
      const { analysis } = await analyseFiles({ 'x.fleet.yaml': text });
      return analysis.findings.map(({ rule }) => rule);
    };
    const bad = '  web: { capacity: 12, minimum: 14 }\n';
    assert.deepEqual(await of(`fleet: x\nsubsystems:\n${bad}`), ['impossible-fleet']);
    const why = '  # runbook-lint-disable-next-line impossible-fleet: eight more come tomorrow\n';
    assert.deepEqual(await of(`fleet: x\nsubsystems:\n${why}${bad}`), []);
    assert.deepEqual(await of(`fleet: x\nsubsystems:\n${bad}${why}${bad.replace('web', 'api')}`), ['impossible-fleet']);
    const whole = why.replace('next-line', 'file').trimStart();
    assert.deepEqual(await of(`${whole}fleet: x\nsubsystems:\n${bad}`), []);
  });
});
