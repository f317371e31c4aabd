import assert from 'node:assert/strict';
import { completionsAt } from '../../../server/src/features/complete/complete.ts';
import { definitionAt } from '../../../server/src/features/definition.ts';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { referencesAt } from '../../../server/src/features/references.ts';
import type { Analysis, FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { marked } from '../../support/markers.ts';

const fleetText = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 40, dependsOn: [billing] }
groups:
  billing-only: { hosts: "b[01-12]", serves: [billing], zone: a, aliases: [billing-asg] }
  core: { count: 60, serves: [billing, index], zone: b, labels: { role: core } }
commands:
  - tool: s3ctl
    usages:
      - usage: "remove --subsystem <subsystem> [--group <group>] [-n|--count <count>]"
        effect: remove
        absent: all
        undo: "s3ctl restore"
      - usage: "status"
        effect: none
`;
const fleet = fleetIn({ 'x.fleet.yaml': fleetText }) as FleetAnalysis;

function at(source: string): { analysis: Analysis; text: string; cursor: number } {
  const { text, cursor } = marked(source);
  assert.ok(cursor !== undefined);
  return { analysis: checkText(text, fleet).analysis, text, cursor };
}

function labels(source: string): readonly string[] {
  const { analysis, cursor } = at(source);
  return completionsAt(analysis, cursor).map(({ label }) => label);
}

/** The text after the first offer of that label is taken. */
function taken(source: string, label: string): string {
  const { analysis, text, cursor } = at(source);
  const offer = completionsAt(analysis, cursor).find((one) => one.label === label);
  assert.ok(offer, label);
  return text.slice(0, offer.span.start) + offer.newText + text.slice(offer.span.end);
}

const head = 'runbook: x\nsteps:\n';

describe('completion', () => {
  it('offers the keys of a file that are not there yet', () => {
    const offered = labels('runbook: x\n‸');
    assert.ok(offered.includes('steps') && offered.includes('fleet') && !offered.includes('runbook'));
  });
  it('offers what a step can be, after a dash', () => {
    const offered = labels(`${head}  - ‸`);
    for (const key of ['remove', 'run', 'wait', 'name', 'remove step']) assert.ok(offered.includes(key), key);
  });
  it('offers the other keys of a step', () => {
    const offered = labels(`${head}  - name: Take\n    ‸\n    id: a\n`);
    assert.ok(offered.includes('remove') && !offered.includes('name') && !offered.includes('id'));
  });
  it('offers the keys of a flow mapping', () => {
    const offered = labels(`${head}  - remove: { group: core, ‸ }`);
    assert.ok(offered.includes('count') && !offered.includes('group'));
  });
  it('offers the keys of a block mapping', () => {
    assert.ok(labels(`${head}  - remove:\n      group: core\n      co‸`).includes('count'));
  });
  it('goes on to where the value of a key is typed, where something can be offered there', () => {
    const goesOn = (source: string, label: string) => {
      const { analysis, cursor } = at(source);
      return completionsAt(analysis, cursor).find((one) => one.label === label)?.goesOn;
    };
    assert.equal(goesOn(`${head}  - rem‸`, 'remove'), '\n      ');
    assert.equal(goesOn(`${head}  - remove:\n      gr‸`, 'group'), '');
    assert.equal(goesOn(`${head}  - remove: { gr‸`, 'group'), '');
    assert.equal(goesOn(`${head}  - par‸`, 'parallel'), '\n      - ');
    assert.equal(goesOn('runbook: x\nst‸', 'steps'), '\n  - ');
    assert.equal(goesOn(`${head}  - rest‸`, 'restore'), undefined);
    assert.equal(goesOn(`${head}  - id: out\n    wait: 5m\n  - rest‸`, 'restore'), '');
    assert.equal(goesOn(`${head}  - man‸`, 'manual'), undefined);
    assert.equal(goesOn(`${head}  - rem‸ # these`, 'remove'), undefined);
  });
  it('offers names where a name is wanted, aliases too', () => {
    assert.deepEqual(labels(`${head}  - remove: { group: ‸`), ['billing-only', 'billing-asg', 'core']);
    assert.deepEqual(labels(`${head}  - remove:\n      subsystem: b‸`), ['billing', 'index']);
    assert.equal(
      taken(`${head}  - remove: { subsystem: bil‸, count: 4 }`, 'billing'),
      `${head}  - remove: { subsystem: billing, count: 4 }`,
    );
  });
  it('offers the largest safe count first', () => {
    assert.deepEqual(labels(`${head}  - remove: { group: core, count: 3‸ }`).slice(0, 1), ['20']);
  });
  it('offers step ids to restore', () => {
    assert.deepEqual(labels(`${head}  - id: out\n    remove: { group: core, count: 1 }\n  - restore: ‸`), ['out']);
  });
  it('offers tools, verbs, options and names inside a command', () => {
    assert.ok(labels(`${head}  - run: s3‸`).includes('s3ctl'));
    assert.ok(labels(`${head}  - run: s3ctl ‸`).includes('remove'));
    assert.ok(labels(`${head}  - run: s3ctl remove --‸`).includes('--subsystem'));
    assert.ok(labels(`${head}  - run: |\n      s3ctl remove --subsystem ‸\n`).includes('billing'));
  });
  it('offers the verbs first that change capacity', () => {
    const verbs = labels(`${head}  - run: kubectl ‸`);
    assert.ok(verbs.indexOf('drain') < verbs.indexOf('get'), verbs.join(' '));
  });
  it('says of a name that a group and a subsystem have what it will mean', () => {
    const twice = fleetIn({ 'x.fleet.yaml': 'fleet: d\nsubsystems:\n  web: { capacity: 4, minimum: 2 }\n' });
    const { text, cursor = 0 } = marked(`${head}  - run: kubectl scale deployment/‸`);
    const offered = completionsAt(checkText(text, twice as FleetAnalysis).analysis, cursor);
    assert.match(offered.find(({ label }) => label === 'web')?.detail ?? '', /^group, 4 servers/);
  });
  it('offers the largest safe count where none is written yet, of the command under the cursor too', () => {
    assert.deepEqual(labels(`${head}  - remove: { group: core, count: ‸ }`), ['20', '1']);
    assert.deepEqual(labels(`${head}  - remove:\n      group: core\n      count: ‸\n`), ['20', '1']);
    assert.deepEqual(labels(`${head}  - run: s3ctl remove --subsystem index --count ‸`), ['20', '1']);
    const script =
      '  - run: |\n      s3ctl status\n      s3ctl remove --subsystem billing --group billing-only --count 2\n';
    assert.deepEqual(labels(`${head}${script}      s3ctl remove --subsystem index --group core --count ‸\n`), [
      '20',
      '1',
    ]);
  });
  it('offers the largest safe batch, and the smallest safe size', () => {
    assert.deepEqual(labels(`${head}  - restart: { group: core, batch: ‸, takes: 1m }`), ['20', '1']);
    assert.deepEqual(labels(`${head}  - scale: { group: core, to: ‸ }`), ['40']);
  });
  it('offers label keys and values, inside one another too', () => {
    assert.deepEqual(labels(`${head}  - remove: { count: 1, labels: { ‸`), ['role']);
    assert.deepEqual(labels(`${head}  - remove: { count: 1, labels: { role: ‸`), ['core']);
    assert.deepEqual(labels(`${head}  - remove: { hosts: [b01, ‸`).slice(0, 3), ['b[01-12]', 'b02', 'b03']);
  });
  it('offers the items of a list of names', () => {
    assert.deepEqual(labels(`${head}  - remove:\n      hosts:\n        - ‸`).slice(0, 2), ['b[01-12]', 'b01']);
  });
  it('offers parameters between braces', () => {
    const source = 'runbook: x\nparameters:\n  many: { default: 4 }\nsteps:\n';
    assert.deepEqual(labels(`${source}  - remove: { group: core, count: "{{ ‸" }`), ['many']);
    assert.deepEqual(labels(`${source}  - run: s3ctl remove --count {{m‸`), ['many']);
  });
  it('offers rules in a suppression', () => {
    assert.equal(
      taken(`${head}  # runbook-lint-disable-next-line bel‸`, 'below-minimum'),
      `${head}  # runbook-lint-disable-next-line below-minimum: `,
    );
    assert.ok(labels(`${head}  # run‸`).includes('runbook-lint-disable-next-line'));
  });
  it('offers keys, roles and effects in fleets and commands files', () => {
    const inFleet = (source: string) => {
      const { text, cursor = 0 } = marked(source);
      const one = fleetIn({ 'x.fleet.yaml': text });
      return one === undefined ? [] : completionsAt(one, cursor).map(({ label }) => label);
    };
    assert.ok(inFleet('fleet: x\n‸').includes('subsystems'));
    assert.ok(inFleet('fleet: x\nsubsystems:\n  a: { ‸').includes('minimum'));
    assert.deepEqual(inFleet('fleet: x\nsubsystems:\n  a: { minimum: 1 }\ngroups:\n  g: { serves: [‸'), ['a']);
    for (const lead of ['  ', '']) {
      const tool = `fleet: x\ncommands:\n${lead}- tool: ctl\n${lead}  usages:\n${lead}  - usage: "remove <‸`;
      assert.ok(inFleet(tool).includes('subsystem'), 'role');
      assert.ok(inFleet(`${tool.replace('<‸', '<_>"')}\n${lead}    effect: ‸`).includes('scale-to'), 'effect');
      assert.ok(inFleet(`${tool.replace('<‸', '<_>"')}\n${lead}    ‸`).includes('undo'), 'key');
    }
  });
  it('offers nothing in a comment', () => assert.deepEqual(labels(`${head}  # ‸`), []));
});

function hover(source: string): string {
  const { analysis, cursor } = at(source);
  return hoverAt(analysis, cursor)?.markdown ?? '';
}

describe('hover', () => {
  it('shows the figures of a step on its verb', () => {
    const shown = hover(`${head}  - re‸move: { group: core, count: 30 }`);
    assert.match(shown, /Unsafe/);
    assert.match(shown, /\| index \| 60 \| 30 \| 30 \| 40 \| -10 \|/);
  });
  it('shows the declaration of a name', () => {
    assert.match(hover(`${head}  - remove: { group: co‸re, count: 3 }`), /Group core.*60 servers/s);
    assert.match(hover(`${head}  - run: s3ctl remove --subsystem bil‸ling --count 3`), /Full strength 72 units/);
  });
  it('shows how a command was understood', () => {
    assert.match(
      hover(`${head}  - run: s3ctl re‸move --subsystem billing --count 3`),
      /Understood as: \*\*remove\*\* 3 of billing/,
    );
  });
  it('shows what a key means', () => assert.ok(hover(`${head}  - remove: { group: core, cou‸nt: 3 }`).length > 20));
  it('shows a parameter', () => {
    const source = `runbook: x\nparameters:\n  n: { default: 4, maximum: 8 }\nsteps:\n  - remove: { group: core, count: "{{ ‸n }}" }`;
    assert.match(hover(source), /default 4, at most 8/);
  });
});

describe('inlay hints', () => {
  it('stand behind the first line of a step that changes capacity', () => {
    const { text } = marked(`${head}  - name: Take\n    remove: { group: core, count: 3 }\n  - wait: 1m\n`);
    const { analysis } = checkText(text, fleet);
    const hints = inlayHints(analysis, { start: 0, end: text.length });
    assert.deepEqual(
      hints.map(({ offset, label }) => [text.slice(0, offset).split('\n').at(-1), label]),
      [['  - name: Take', 'billing 69/8  index 57/40']],
    );
  });
});

function places(
  source: string,
  find: (analysis: Analysis, offset: number) => readonly { uri: string; span: { start: number; end: number } }[],
): readonly string[] {
  const { analysis, text, cursor } = at(source);
  return find(analysis, cursor).map(({ uri, span }) => {
    const where = uri.includes('fleet') ? fleetText : text;
    const line = where.slice(0, span.start).split('\n').length;
    return `${uri.includes('fleet') ? 'fleet' : 'runbook'}:${line} ${where.slice(span.start, span.end)}`;
  });
}

describe('definition and references', () => {
  it('go from a runbook to the fleet', () => {
    assert.deepEqual(places(`${head}  - remove: { subsystem: bil‸ling, count: 1 }`, definitionAt), ['fleet:3 billing']);
    assert.deepEqual(places(`${head}  - remove: { group: billing-‸asg, count: 1 }`, definitionAt), [
      'fleet:6 billing-only',
      'fleet:6 billing-asg',
    ]);
    assert.deepEqual(places(`${head}  - remove: { hosts: b0‸3 }`, definitionAt), ['fleet:6 b[01-12]']);
    assert.deepEqual(places(`${head}  - run: s3‸ctl status`, definitionAt), ['fleet:9 s3ctl']);
  });
  it('stay in the runbook for steps and parameters', () => {
    assert.deepEqual(
      places(`${head}  - id: out\n    remove: { group: core, count: 1 }\n  - restore: o‸ut`, definitionAt),
      ['runbook:3 out'],
    );
  });
  it('find every use of a name in both files', () => {
    const found = places(
      `${head}  - remove: { subsystem: in‸dex, count: 1 }\n  - check: { subsystem: index, atLeast: 3 }`,
      (analysis, offset) => referencesAt(analysis, offset, [], true),
    );
    assert.deepEqual(found, ['runbook:3 index', 'runbook:4 index', 'fleet:4 index', 'fleet:7 index']);
  });
});

describe('every feature at every place of every prefix', () => {
  it('answers without failing, inside the text', () => {
    const { text } = marked(
      `runbook: x\nparameters:\n  n: { default: 4 }\nsteps:\n  - id: out\n    run: |\n      sudo s3ctl remove --subsystem billing --count {{ n }} && sleep 5m\n  - restore: out\n  - remove: { group: core, count: 3 }\n  - repeat: { times: 2, steps: [ { wait: 1m } ] }\n`,
    );
    for (let length = 0; length <= text.length; length += 3) {
      const prefix = text.slice(0, length);
      const { analysis } = checkText(prefix, fleet);
      for (let offset = Math.max(0, length - 12); offset <= length; offset++) {
        const spans = [
          ...completionsAt(analysis, offset).map(({ span }) => span),
          hoverAt(analysis, offset)?.span ?? { start: 0, end: 0 },
        ];
        for (const { start, end } of spans)
          assert.ok(0 <= start && start <= end && end <= length, `${length} ${offset}`);
        definitionAt(analysis, offset);
        referencesAt(analysis, offset, [], true);
      }
    }
  });
});
