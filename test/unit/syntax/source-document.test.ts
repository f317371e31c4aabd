import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moved } from '../../../server/src/syntax/moved.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import type { Span } from '../../../server/src/syntax/span.ts';
import { type SourceDocument, stepSpan } from '../../../server/src/syntax/steps/source.ts';
import { readSource } from '../../../server/src/syntax/steps/source-document.ts';
import { entryOf, type Node } from '../../../server/src/syntax/tree.ts';

/** A step in one of the forms that people write. */
const step = fc.constantFrom(
  ['- wait: 15m'],
  ['- name: Take four out', '  id: out', '  remove: { group: core-a, count: 4 }'],
  ['- run: |', '    s3ctl remove --count 4', '', '    # a comment', '    sleep 60'],
  ['-', '  manual: "Look at: the dashboard"'],
  ['- name: >-', '    Folded', '    words', '  check: ok # why'],
  ['- parallel:', '    - wait: 1m', '    - restart:', '        group: core-b'],
  ["- name: 'It''s'", '  run: s3ctl remove --count {{ count }}', '# between'],
  ['- description: a', '    b', '  wait: 1m', ''],
);

const runbook = fc
  .record({
    head: fc.constantFrom(
      'runbook: x',
      'runbook: x\nfleet: [a, b]\n# why',
      '# first\nrunbook: "x: y"\nparameters:\n  count: { default: 4 }',
    ),
    indent: fc.constantFrom(0, 2, 4),
    steps: fc.array(step, { maxLength: 6 }),
    tail: fc.constantFrom('', 'environment: production\n', '\n# the end\n'),
    eol: fc.constantFrom('\n', '\n', '\r\n', '\r'),
  })
  .map(({ head, indent, steps, tail, eol }) => {
    const lines = steps.flat().map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
    return `${head}\nsteps:\n${lines.map((line) => `${line}\n`).join('')}${tail}`.replaceAll('\n', eol);
  });

/** A tree without what differs on purpose: sources and the spans of collections, which end where the library says. */
function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar')
    return node.style === 'empty' ? 'empty' : { value: node.value, style: node.style, span: node.span };
  if (node.kind === 'sequence') return node.items.map(plain);
  return node.entries.map(({ key, value }) => [key.value, key.span, plain(value)]);
}

function shifted(node: Node | undefined, offset: number): Node | undefined {
  return node && moved(node, ({ start, end }: Span) => ({ start: start + offset, end: end + offset }));
}

function stepsOf(source: SourceDocument): readonly unknown[] {
  return source.blocks.map(({ node }, i) => plain(shifted(node, source.starts[i] ?? 0)));
}

function placesIn(source: SourceDocument): readonly unknown[] {
  return source.blocks.map(({ problems }, i) => [source.starts[i], stepSpan(source, i), problems]);
}

describe('reading step by step', () => {
  it('gives what parsing the whole gives', () => {
    fc.assert(
      fc.property(runbook, (text) => {
        const source = readSource(text);
        const { root, problems } = parseYaml(text);
        assert.deepEqual(problems, [], text);
        const steps = entryOf(root, 'steps')?.value;
        const items = steps?.kind === 'sequence' ? steps.items : [];
        assert.deepEqual(stepsOf(source), items.map(plain), text);
        const heads = (node: Node | undefined) =>
          node?.kind === 'mapping' ? node.entries.filter(({ key }) => key.value !== 'steps') : [];
        assert.deepEqual(
          heads(source.root).map(({ key, value }) => [key.value, key.span, plain(value)]),
          heads(root).map(({ key, value }) => [key.value, key.span, plain(value)]),
          text,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('gives after an edit what reading afresh gives, and keeps the other blocks', () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(400),
        remove: fc.nat(8),
        insert: fc.constantFrom(
          '',
          'x',
          '\n',
          '  ',
          '- ',
          '\n- wait: 1m\n',
          ': ',
          '"',
          '{',
          'steps:\n',
          '# ',
          '\nkey: value\n',
          '\nkey:\n',
          '\r',
        ),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(runbook, edits, (first, list) => {
        let source = readSource(first);
        for (const { at, remove, insert } of list) {
          const where = Math.min(at, source.text.length);
          const text = source.text.slice(0, where) + insert + source.text.slice(where + remove);
          const before = source;
          source = readSource(text, before);
          const fresh = readSource(text);
          assert.deepEqual(stepsOf(source), stepsOf(fresh), JSON.stringify({ first, list }));
          assert.deepEqual(source.problems, fresh.problems, JSON.stringify({ first, list }));
          assert.deepEqual(placesIn(source), placesIn(fresh));
          source.blocks.forEach((block, i) => {
            const start = source.starts[i] ?? 0;
            assert.equal(source.text.slice(start, start + block.text.length), block.text);
          });
        }
      }),
      {
        numRuns: 1500,
        examples: [
          [
            'runbook: x\nsteps:\n    - parallel:\n        - wait: 1m\n        - restart:\n            group: a\n    - wait: 15m\n',
            [
              { at: 35, remove: 2, insert: '\nkey: value\n' },
              { at: 108, remove: 0, insert: '\r' },
            ],
          ],
        ],
      },
    );
  });

  it('parses only the step that an edit changes', () => {
    const text = `runbook: x\nsteps:\n${Array.from({ length: 50 }, (_, i) => `  - name: Step ${i}\n    wait: 1m\n`).join('')}`;
    const before = readSource(text);
    const after = readSource(text.replace('Step 25\n    wait: 1m', 'Step 25\n    wait: 15m'), before);
    const changed = after.blocks.flatMap((block, i) => (block === before.blocks[i] ? [] : [i]));
    assert.deepEqual(changed, [25]);
    assert.equal(after.root, before.root);
  });

  it('reads every prefix, with every span inside it', () => {
    fc.assert(
      fc.property(runbook, (text) => {
        for (let length = 0; length <= text.length; length++) {
          const prefix = text.slice(0, length);
          const source = readSource(prefix);
          for (const { message, span } of source.problems) {
            assert.ok(span.start <= span.end && span.end <= length, `${message} ${JSON.stringify(prefix)}`);
          }
          source.blocks.forEach(({ problems }, i) => {
            const { start, end } = stepSpan(source, i);
            assert.ok(start <= end && end <= length, JSON.stringify(prefix));
            for (const problem of problems)
              assert.ok((source.starts[i] ?? 0) + problem.span.end <= length, JSON.stringify(prefix));
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('sees a line of a template as soon as it is no text of a command any more', () => {
    const inText = readSource('runbook: x\nsteps:\n  - run: |\n      {{ if .A }}\n      uptime\n');
    assert.deepEqual(inText.problems, []);
    const after = readSource(inText.text.replace('run: |', 'run:'), inText);
    assert.match(after.problems[0]?.message ?? '', /^This line belongs to a template/);
    assert.deepEqual(readSource(inText.text, after).problems, []);
  });

  it('follows anchors from step to step', () => {
    const text = 'runbook: x\nsteps:\n  - remove: &target { group: core-a, count: 4 }\n  - remove: *target\n';
    const source = readSource(text);
    const [first, second] = stepsOf(source);
    assert.deepEqual(source.problems, []);
    assert.ok(first && second);
    assert.equal(source.blocks[1]?.node?.kind, 'mapping');
  });

  it('tells once that aliases stand for too much, and reads the same after an edit', () => {
    const hosts = Array.from({ length: 6000 }, (_, i) => `h${i}`).join(', ');
    const text = `runbook: x\nsteps:\n  - remove: &t { hosts: [${hosts}] }\n${'  - restart: *t\n'.repeat(6)}`;
    const found = (source: SourceDocument) => source.blocks.map(({ problems }) => problems.length);
    const full = readSource(text);
    assert.deepEqual(found(full), [0, 0, 0, 0, 1, 0, 0]);
    assert.deepEqual(
      full.blocks.map(({ doubtful }) => doubtful === true),
      [false, false, false, false, false, true, true],
    );
    const shorter = text.replace('  - restart: *t\n', '  - wait: 1m\n');
    const edited = readSource(shorter, full);
    assert.deepEqual(found(edited), [0, 0, 0, 0, 0, 1, 0]);
    assert.deepEqual(found(readSource(text, edited)), found(full));
  });

  it('reads steps in flow style', () => {
    const source = readSource('runbook: x\nsteps: [{ wait: 15m }, { wait: 1m }]\n');
    assert.equal(source.blocks.length, 2);
  });
});
