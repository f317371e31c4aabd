import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readThoroughly } from '../../../server/src/syntax/parse.ts';
import { readQuick } from '../../../server/src/syntax/quick/quick.ts';

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');
const files = readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => readFileSync(join(examples, name), 'utf8'));

/** Where the quick reader reads, it reads what the library reads. */
function agrees(text: string): boolean {
  const quick = readQuick(text);
  if (quick === undefined) return false;
  const { root, comments, problems, anchors, missing } = readThoroughly(text);
  assert.deepEqual(
    { ...quick, problems: [], marks: 0 },
    { root, comments, problems, marks: anchors.size + missing.size },
  );
  return true;
}

const pieces = [
  'a:',
  'b: ',
  'key: value',
  '- ',
  '- x: 1',
  '-',
  '  ',
  '    ',
  '\n',
  '\n\n',
  '# note',
  ' # end',
  '|\n',
  '>-\n',
  '|-\n',
  '>\n',
  '"q"',
  "'s'",
  "''",
  '"',
  "'",
  '{ a: 1, b: [x, y] }',
  '{ a: b c }',
  '{',
  '}',
  '[',
  ']',
  ',',
  ': ',
  ':',
  '::',
  '#',
  '*a',
  '&a ',
  '!t ',
  '%',
  '@',
  '`',
  '~',
  'null',
  'web[1-4]',
  '{{ n }}',
  'a{b}',
  'x: y: z',
  '---',
  '...',
  '?',
  '<<',
  'é',
  '1.5',
  '-1',
  '$x',
  'http://a/b#c',
  '\\',
  '\t',
  '\r\n',
  'a b',
  'a  b',
];

describe('the quick reader', () => {
  it('reads the examples, as the library does', () => {
    assert.ok(files.filter(agrees).length > files.length / 2);
  });

  it('reads what is common, as the library does', () => {
    const common = [
      'runbook: x\nsteps:\n  - wait: 1m\n',
      'steps:\n- wait: 1m\n- run: |\n    a\n\n      b\n    c\n\n\n- manual: >-\n    one\n    two\n',
      'a:\n  b: { c: d, e: [f, "g h"], i: {} }\n  # note\n\n  j: "k: #l"\n',
      '  # lead\n\n  - name: A step that waits: no\n',
      '- x: |-\n    # not a comment\n  # a comment\n  y: 2\n',
      'a: b',
      'a:',
      'runbook: x\nsteps:\n',
      'a:\n  b:\n  c:\n# note\nd:\n\n- e:\n',
      'a: "b"   \n\n',
    ];
    for (const text of common) agrees(text);
    assert.equal(common.filter(agrees).length, common.length - 1);
  });

  it('leaves to the library what may be a mistake', () => {
    const odd = [
      'a: {{ n }}\n',
      'a: b: c\n',
      'a: b\n  c\n',
      'a: "b\n',
      'a: 1\na: 2\n',
      'a: *b\n',
      'a: x #1\n',
      'a:\tb\n',
      '- a\n b\n',
      'a\n',
      '',
    ];
    for (const text of odd) assert.equal(readQuick(text), undefined, text);
  });

  it('agrees with the library on whatever it reads', () => {
    const line = fc
      .tuple(fc.nat(6), fc.array(fc.constantFrom(...pieces), { maxLength: 4 }))
      .map(([indent, parts]) => ' '.repeat(indent) + parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        agrees(lines.join('\n'));
        agrees(`${lines.join('\n')}\n`);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with the library on the examples after any edit', () => {
    const edit = fc.record({ at: fc.nat(4000), remove: fc.nat(3), insert: fc.constantFrom('', ...pieces) });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { minLength: 1, maxLength: 3 }), (file, edits) => {
        const start = Math.max(0, file.lastIndexOf('\n', (edits[0]?.at ?? 0) % file.length) - 200);
        const part = file.slice(file.indexOf('\n', start) + 1, start + 600);
        const text = edits.reduce((now, { at, remove, insert }) => {
          const place = at % (now.length + 1);
          return now.slice(0, place) + insert + now.slice(place + remove);
        }, part);
        agrees(text);
      }),
      { numRuns: 500 },
    );
  });
});
