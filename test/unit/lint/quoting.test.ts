import assert from 'node:assert/strict';
import { fixesOf, safeFixes, withEdits } from '../../../server/src/lint/lint.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { mark, marked } from '../../support/markers.ts';

const fleet = fleetIn({
  'x.fleet.yaml':
    'fleet: x\nsubsystems:\n  web: { minimum: 2 }\ngroups:\n  web: { hosts: "web[1-9]", serves: [web] }\n',
});

/** The findings on the form of a step's text, marked, and the text after the fixes that may be made unseen. */
function read(source: string): { readonly shown: string; readonly fixed: string; readonly said: string } {
  const { text } = marked(source);
  const { analysis } = checkText(text, fleet);
  const found = analysis.findings.filter(({ rule }) => rule === 'syntax' || rule === 'schema');
  const edits = safeFixes(analysis).flatMap(({ fix }) => fix.edits);
  return {
    shown: mark(
      text,
      found.map(({ span }) => span),
    ),
    fixed: withEdits(text, edits),
    said: found.map(({ message }) => message).join('\n'),
  };
}

const head = 'runbook: x\nparameters:\n  n: { default: 2 }\nsteps:\n';

describe('a value that needs quotes', () => {
  const cases: readonly (readonly [step: string, fixed: string, said: RegExp])[] = [
    ['remove: { group: web, count: ⟦{{ n }}⟧ }', 'remove: { group: web, count: "{{ n }}" }', /without quotes `\{\{`/],
    ['name: ⟦{{ n }} go⟧\n    wait: 1m', 'name: "{{ n }} go"\n    wait: 1m', /without quotes `\{\{`/],
    ['remove: { hosts: ⟦web[1-4]⟧ }', 'remove: { hosts: "web[1-4]" }', /inside braces or brackets/],
    ['manual: ⟦Step 1: look⟧', 'manual: "Step 1: look"', /its colon makes a key/],
    ['run: ⟦echo "a: b"⟧', `run: 'echo "a: b"'`, /its colon makes a key/],
    ['check: ⟦*all is well⟧', 'check: "*all is well"', /cannot begin with `\*`/],
    ['restore: { group: ⟦*.web⟧ }', 'restore: { group: "*.web" }', /cannot begin with `\*`/],
    ['manual: ⟦@ops looks⟧', 'manual: "@ops looks"', /cannot begin with `@`/],
    ['manual: ⟦`uptime`⟧', 'manual: "`uptime`"', /cannot begin with/],
  ];
  for (const [step, fixed, said] of cases) {
    it(marked(step).text, () => {
      const found = read(`${head}  - ${step}\n  - wait: 2m\n`);
      assert.equal(found.shown, `${head}  - ${step}\n  - wait: 2m\n`);
      assert.match(found.said, said);
      assert.equal(found.fixed, `${head}  - ${fixed}\n  - wait: 2m\n`);
      assert.equal(read(found.fixed).said, '');
    });
  }

  it('is said where a comment begins that is meant as text, and left to the author', () => {
    for (const step of ['manual: ⟦Look at ticket #42⟧', 'check: ⟦All is quiet in #operations⟧']) {
      const found = read(`${head}  - ${step}\n`);
      assert.equal(found.shown, `${head}  - ${step}\n`);
      assert.match(found.said, / #` begins a comment/);
      assert.equal(found.fixed, marked(`${head}  - ${step}\n`).text);
    }
    for (const step of ['manual: Look # twice', 'run: kubectl get pods #all', 'wait: 5m #ops']) {
      assert.equal(read(`${head}  - ${step}\n`).said, '');
    }
  });

  it('is none where it stands in quotes, in a block or further on', () => {
    for (const step of [
      'run: |\n      * a: b @c\n      `d`',
      'manual: "* a"',
      'manual: a * b @c `d`',
      "check: '@a: b'",
    ]) {
      assert.equal(read(`${head}  - ${step}\n`).said, '', step);
    }
    assert.equal(read(`x: &all 1\n${head}  - manual: *all\n`).said.includes('quotes'), false);
  });

  it('hides no other mistake of the step', () => {
    const step = '  - remove: { hosts: ⟦web[1-4]⟧, ⟦cuont⟧: 2 }\n';
    assert.equal(read(head + step).shown, head + step);
  });
});

describe('a mistake of the form', () => {
  it('has a fix where it is clear what is missing', () => {
    const fixedBy = (step: string) => {
      const { text } = marked(`${head}  - ${step}\n`);
      const { analysis } = checkText(text, fleet);
      const [finding] = analysis.findings.filter(({ rule }) => rule === 'syntax');
      assert.ok(finding, step);
      return withEdits(text, fixesOf(analysis, finding)[0]?.edits ?? []).slice(head.length + 4, -1);
    };
    assert.equal(fixedBy('remove: { group: web count: 2 }'), 'remove: { group: web, count: 2 }');
    assert.equal(fixedBy('remove: { group:web, count: 2 }'), 'remove: { group: web, count: 2 }');
    assert.equal(fixedBy('name: x\n    wait:5m'), 'name: x\n    wait: 5m');
    assert.equal(fixedBy('manual: "Look'), 'manual: "Look"');
  });

  it('says of a dash under the keys of a step where it belongs', () => {
    const steps = '- wait: 1m\n  ⟦-⟧ wait: 2m\n';
    const found = read(`runbook: x\nsteps:\n${steps}`);
    assert.equal(found.shown, `runbook: x\nsteps:\n${steps}`);
    assert.match(found.said, /Put it under the dash of that item/);
  });
});

describe('the layout that a fix puts right', () => {
  const cases: readonly (readonly [what: string, text: string, mended: string])[] = [
    [
      'tabs',
      'runbook: x\nsteps:\n\t- name: a\n\t  remove: { group: web, count: 1 }\n\t- wait: 1m\n',
      'runbook: x\nsteps:\n  - name: a\n    remove: { group: web, count: 1 }\n  - wait: 1m\n',
    ],
    [
      'tabs in a step that is indented already',
      'runbook: x\nsteps:\n  - remove:\n\tgroup: web\n\tcount: 1\n',
      'runbook: x\nsteps:\n  - remove:\n        group: web\n        count: 1\n',
    ],
    [
      'tabs before what YAML would take for more than text',
      'parameters:\n\tn: { default: 1 }\nrunbook: x\nsteps:\n\t- name: "{{ n }} of web[1-4]"\n\t  wait: 1m\n',
      'parameters:\n  n: { default: 1 }\nrunbook: x\nsteps:\n  - name: "{{ n }} of web[1-4]"\n    wait: 1m\n',
    ],
    [
      'a script that is not indented',
      'runbook: x\nparameters: { n: { default: 1 } }\nsteps:\n  - run: |\necho {{ n }}\n  echo a: b\n\n  - wait: 1m\n',
      'runbook: x\nparameters: { n: { default: 1 } }\nsteps:\n  - run: |\n      echo {{ n }}\n        echo a: b\n\n  - wait: 1m\n',
    ],
    [
      'a text that is not indented',
      'runbook: x\ndescription: |\nOne.\n\nAnd: two.\n# What is done.\nsteps:\n  - wait: 1m\n',
      'runbook: x\ndescription: |\n  One.\n\n  And: two.\n# What is done.\nsteps:\n  - wait: 1m\n',
    ],
    [
      'Markdown around it',
      'Words.\n\n```yaml\nrunbook: x\nsteps:\n  - wait: 1m\n```\n\nMore.\n',
      'runbook: x\nsteps:\n  - wait: 1m\n',
    ],
    [
      'a dash without a space',
      'runbook: x\nsteps:\n- wait: 1m\n-wait: 2m\n- wait: 3m\n',
      'runbook: x\nsteps:\n- wait: 1m\n- wait: 2m\n- wait: 3m\n',
    ],
    [
      'a colon before braces',
      'runbook: x\nsteps:\n  - remove {group: web, count: 1}\n',
      'runbook: x\nsteps:\n  - remove: {group: web, count: 1}\n',
    ],
    [
      'braces around several keys',
      'runbook: x\nsteps:\n  - remove: group: web, count: 1\n',
      'runbook: x\nsteps:\n  - remove: { group: web, count: 1 }\n',
    ],
    [
      'digits of another script',
      'runbook: x\nsteps:\n  - remove: { group: web, count: ٣ }\n',
      'runbook: x\nsteps:\n  - remove: { group: web, count: 3 }\n',
    ],
    [
      'a semicolon for a comma',
      'runbook: x\nsteps:\n  - remove: { group: web; count: 1 }\n',
      'runbook: x\nsteps:\n  - remove: { group: web, count: 1 }\n',
    ],
    [
      'a comma between steps',
      'runbook: x\nsteps: [{ wait: 1m } { wait: 2m }]\n',
      'runbook: x\nsteps: [{ wait: 1m }, { wait: 2m }]\n',
    ],
    [
      'a colon in braces',
      'runbook: x\nsteps:\n  - remove: { group web, count: 1 }\n',
      'runbook: x\nsteps:\n  - remove: { group: web, count: 1 }\n',
    ],
  ];
  for (const [what, text, mended] of cases) {
    it(what, () => {
      const { analysis } = checkText(text, fleet);
      const [finding] = analysis.findings.filter(({ rule }) => rule === 'syntax' || rule === 'schema');
      const [fix] = finding === undefined ? [] : fixesOf(analysis, finding);
      assert.equal(withEdits(text, fix?.edits ?? []), mended);
      assert.equal(read(mended).said, '');
    });
  }
});
