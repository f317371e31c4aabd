import assert from 'node:assert/strict';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { unreadable } from '../../../server/src/syntax/unreadable.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const fleet = fleetIn({
  'x.fleet.yaml':
    'fleet: demo\nsubsystems:\n  web: { minimum: 1 }\ngroups:\n  web: { hosts: "web[1-60]", serves: [web] }\n',
});

/** What is said of a script that nobody writes. */
function told(script: string): readonly string[] {
  const text = `runbook: x\nsteps:\n  - run: |\n${script.replace(/^/gm, '      ')}\n`;
  const { findings } = checkText(text, fleet).analysis;
  return findings.filter(({ rule }) => rule !== 'not-restored').map(({ rule, message }) => `${rule}: ${message}`);
}

describe('a script that nobody writes', () => {
  for (const [what, script] of [
    ['functions', 'f() '.repeat(20_000)],
    ['sums', `echo $((1${'+1'.repeat(50_000)}))`],
  ] as const)
    it(`cannot be told where it is nested too deeply: ${what}`, () => {
      const [first, ...more] = told(`${script}\nssh web1 sudo reboot`);
      assert.match(first ?? '', /^cannot-tell: .* it is nested too deeply to be read\./);
      assert.deepEqual(more, []);
    });

  it('is followed no further than commands are, however many conditions a branch has', () => {
    const [first, ...more] = told(`if a; then b\n${'elif c; then d\n'.repeat(20_000)}fi`);
    assert.match(first ?? '', /^cannot-tell: .* more than 5000 commands/);
    assert.deepEqual(more, []);
  });

  it('is told where what it is given is forgotten one by one', () => {
    const names = Array.from({ length: 60 }, (_, i) => `web${i + 1}`).join(' ');
    const [first, ...more] = told(`set -- ${names}\nshift 59\nssh $1 sudo poweroff\nssh $2 sudo poweroff`);
    assert.match(first ?? '', /^cannot-tell: .*`\$2`/);
    assert.deepEqual(more, []);
  });

  it('has a place for each of many lists of hosts', () => {
    const lists = Array.from({ length: 2_000 }, (_, i) => `web[${(i % 59) + 1}-${(i % 59) + 2}]`).join(',');
    assert.deepEqual(
      told(`pdsh -w ${lists} sudo poweroff`).map((one) => one.split(':')[0]),
      ['below-minimum'],
    );
  });
});

describe('a text that nobody writes', () => {
  it('is told of its first mistakes alone', () => {
    assert.ok(parseYaml(`a: ${'"b" '.repeat(5_000)}`).problems.length > 0);
  });

  it('knows the lines of a template in a text, also where they are indented unequally', () => {
    const lines = ['{% if a %}', '  {% if b %}', '  {% endif %}', '{% endif %}']
      .map((line) => `      ${line}\n`)
      .join('');
    const text = `runbook: x\nsteps:\n  - run: |\n${lines.repeat(200)}`;
    assert.equal(unreadable(text), undefined);
    for (const outside of ['  {% if c %}\n', '{% if c %}\n']) {
      const { span } = unreadable(text + outside + lines) ?? {};
      assert.equal(span && (text + outside).slice(span.start, span.end), outside.trim(), outside);
    }
  });
});
