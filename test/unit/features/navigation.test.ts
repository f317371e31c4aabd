import assert from 'node:assert/strict';
import { foldsIn } from '../../../server/src/features/folding.ts';
import { linksIn } from '../../../server/src/features/links.ts';
import { selectionsAt } from '../../../server/src/features/selection.ts';
import { type FileSymbol, symbolsFor, symbolsIn } from '../../../server/src/features/symbols.ts';
import { tokensIn } from '../../../server/src/features/tokens.ts';
import type { FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';
import { marked } from '../../support/markers.ts';

const fleetText = `# The fleet
# of the tests
fleet: demo
subsystems:
  billing: { minimum: 8 }
  index:
    minimum: 40
    dependsOn: [billing]
groups:
  core: { count: 60, serves: [billing, index], labels: { role: core } }
commands:
  - tool: ctl
    usages:
      - usage: "remove --group <group> [-n|--count <count>]"
        effect: remove
commandFiles: [./more.commands.yaml]
`;
const fleet = fleetIn({ 'x.fleet.yaml': fleetText, 'more.commands.yaml': 'commands: []\n' }) as FleetAnalysis;

const text = `runbook: Rotate
fleet: [./x.fleet.yaml, "./y.fleet.yaml"]
parameters:
  n: { default: 25 }
steps:
  # Look first,
  # then act.
  - manual: Look
  - name: Take out
    id: out
    run: |
      ctl remove --group core \\
        --count {{ n }}

  - repeat:
      times: 2
      steps:
        - wait: 1m
        - restart: { group: core, batch: 2, takes: 1m }
  - restore: out
`;
const { analysis } = checkText(text, fleet);

function outline(symbols: readonly FileSymbol[], depth = 0): readonly string[] {
  return symbols.flatMap(({ kind, name, detail, children }) => [
    `${'  '.repeat(depth)}${kind} ${name}${detail === '' ? '' : ` (${detail})`}`,
    ...outline(children, depth + 1),
  ]);
}

function* everySymbol(symbols: readonly FileSymbol[]): Generator<FileSymbol> {
  for (const symbol of symbols) {
    yield symbol;
    yield* everySymbol(symbol.children);
  }
}

describe('outline', () => {
  it('of a runbook has its parameters and its steps, those inside others under them', () => {
    assert.deepEqual(outline(symbolsIn(analysis)), [
      'section parameters',
      '  parameter n (default 25)',
      'step manual Look (manual)',
      'step Take out (run · unsafe · index 35/40)',
      'step repeat 2 times (repeat · unsafe · index 33/40)',
      '  step wait 1m (wait)',
      '  step restart { group: core, batch: 2, takes: 1m } (restart · unsafe · index 33/40)',
      'step restore out (restore · index 35/40)',
    ]);
  });

  it('of a fleet has subsystems, groups and tools with their usages', () => {
    assert.deepEqual(outline(symbolsIn(fleet)), [
      'section subsystems',
      '  subsystem billing (60 units, minimum 8)',
      '  subsystem index (60 units, minimum 40)',
      'section groups',
      '  group core (60 servers)',
      'section commands',
      '  tool ctl',
      '    usage remove --group <group> [-n|--count <count>] (remove)',
    ]);
  });

  it('holds the word to go to inside the whole, and the children inside their parents', () => {
    for (const one of [analysis, fleet]) {
      for (const { span, at, children } of everySymbol(symbolsIn(one))) {
        assert.ok(span.start <= at.start && at.end <= span.end);
        for (const child of children) assert.ok(span.start <= child.span.start && child.span.end <= span.end);
      }
    }
  });
});

describe('workspace symbols', () => {
  const found = (query: string) => symbolsFor(analysis, query).map(({ name, container }) => `${name} < ${container}`);
  it('are found by letters in their order', () => {
    assert.deepEqual(found('tkot'), ['Take out < Rotate']);
    assert.deepEqual(found('rotate'), ['Rotate < ']);
    assert.deepEqual(
      symbolsFor(fleet, 'index').map(({ name, kind }) => `${kind} ${name}`),
      ['subsystem index'],
    );
  });
  it('are all of them without a query', () => assert.equal(found('').length, 8));
});

describe('links', () => {
  it('stand on the paths of fleets and of commands files', () => {
    const on = (one: Parameters<typeof linksIn>[0]) =>
      linksIn(one).map(({ span, path }) => `${one.text.slice(span.start, span.end)} → ${path}`);
    assert.deepEqual(on(analysis), ['./x.fleet.yaml → ./x.fleet.yaml', './y.fleet.yaml → ./y.fleet.yaml']);
    assert.deepEqual(on(fleet), ['./more.commands.yaml → ./more.commands.yaml']);
  });
});

describe('folding', () => {
  const folds = (one: Parameters<typeof foldsIn>[0]) =>
    foldsIn(one).map(({ from, to, kind }) => `${from}-${to}${kind === undefined ? '' : ` ${kind}`}`);
  it('has steps, scripts, inner steps, sections and comments, without the blank lines behind', () => {
    assert.deepEqual(
      folds(analysis),
      ['2-3', '4-19', '5-6 comment', '8-12', '10-12', '14-18', '15-18', '16-18'].filter((one) => one !== '15-18'),
    );
  });
  it('has what a fleet declares', () => {
    assert.deepEqual(folds(fleet), ['0-1 comment', '3-7', '5-7', '8-9', '10-14', '11-14', '12-14', '13-14']);
  });
  it('has only lines of the text, in every prefix', () => {
    for (let length = 0; length < text.length; length += 5) {
      const prefix = checkText(text.slice(0, length), fleet).analysis;
      const lines = prefix.text.split('\n').length;
      for (const { from, to } of foldsIn(prefix)) assert.ok(0 <= from && from < to && to < lines, `${length}`);
    }
  });
});

describe('selection', () => {
  const grown = (source: string) => {
    const { text: plain, cursor = 0 } = marked(source);
    const one = checkText(plain, fleet).analysis;
    return selectionsAt(one, cursor).map(({ start, end }) => plain.slice(start, end));
  };
  it('grows from the word through the command, its line, the value and the step to the file', () => {
    const source = text.replace('--group core', '--group co‸re');
    const spans = grown(source);
    assert.equal(spans[0], 'core');
    assert.equal(spans[1], 'ctl remove --group core \\');
    assert.equal(spans[2], 'ctl remove --group core \\\n        --count {{ n }}');
    assert.ok(spans.some((one) => one.startsWith('run: |')));
    assert.ok(spans.some((one) => one.startsWith('name: Take out') && one.trimEnd().endsWith('{{ n }}')));
    assert.equal(spans.at(-1), text);
  });
  it('holds at every place what it held before', () => {
    for (let offset = 0; offset <= text.length; offset++) {
      const spans = selectionsAt(analysis, offset);
      for (const [i, { start, end }] of spans.entries()) {
        assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length);
        const inner = spans[i - 1];
        if (inner !== undefined)
          assert.ok(start <= inner.start && inner.end <= end && end - start > inner.end - inner.start);
      }
    }
  });
});

describe('semantic tokens', () => {
  const tokens = (one: Parameters<typeof tokensIn>[0], start = 0, end = one.text.length) =>
    tokensIn(one, { start, end }).map(
      ({ span, type, declares, modifies }) =>
        `${one.text.slice(span.start, span.end)}:${type}${declares ? ' declared' : ''}${modifies ? ' changes' : ''}`,
    );
  it('tell names, verbs, options and figures of a runbook apart', () => {
    assert.deepEqual(tokens(analysis), [
      'n:parameter declared',
      'out:event declared',
      'ctl:function',
      'remove:keyword changes',
      '--group:property',
      'core:namespace',
      '--count:property',
      'n:parameter',
      'core:namespace',
      'out:event',
    ]);
  });
  it('tell the parts of usage lines of a fleet apart', () => {
    const usage = fleetText.indexOf('remove --group');
    assert.deepEqual(tokens(fleet, usage, usage + 43), [
      'remove:keyword',
      '--group:property',
      '<group>:type',
      '-n:property',
      '--count:property',
      '<count>:type',
    ]);
  });
  it('of a stretch are those of the whole that are in it, in order and apart', () => {
    const whole = tokensIn(analysis, { start: 0, end: text.length });
    for (const [i, { span }] of whole.entries()) {
      assert.ok(span.start >= (whole[i - 1]?.span.end ?? 0) && span.end <= text.length);
    }
    const start = text.indexOf('- name: Take out');
    const end = text.indexOf('- repeat');
    assert.deepEqual(
      tokensIn(analysis, { start, end }),
      whole.filter(({ span }) => span.start >= start && span.end <= end),
    );
  });
});
