import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Document, visit } from 'yaml';
import { sourceSpan } from '../../../server/src/syntax/decoding/scalar-source.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { entryOf } from '../../../server/src/syntax/tree.ts';

const types = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;
const words = fc.array(
  fc.constantFrom(
    'kubectl',
    'drain',
    "it's",
    '"x"',
    '\\',
    'é',
    '😀',
    '--count',
    '40',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '#',
    ':',
  ),
  {
    minLength: 1,
    maxLength: 12,
  },
);

describe('a place in a value and its place in the source', () => {
  for (const type of types) {
    it(`agree in every ${type} scalar`, () => {
      let followed = 0;
      fc.assert(
        fc.property(words, fc.integer({ min: 20, max: 60 }), (parts, lineWidth) => {
          const document = new Document({ before: 'x', run: parts.join(' '), after: 'y' });
          visit(document, {
            Scalar(key, node) {
              if (key === 'value' && node.value !== 'x' && node.value !== 'y') node.type = type;
            },
          });
          const text = document.toString({ lineWidth });
          const { root, problems } = parseYaml(text);
          const scalar = entryOf(root, 'run')?.value;
          assert.ok(scalar?.kind === 'scalar');
          assert.deepEqual(problems, []);
          let next = 0;
          for (const char of scalar.value) {
            const at: number = next;
            next += char.length;
            if (!/[a-z0-9é-]/.test(char)) continue;
            const { start, end } = sourceSpan(scalar, at, at + char.length);
            assert.equal(text.slice(start, end), char, JSON.stringify({ text, at }));
            followed += 1;
          }
        }),
        { numRuns: 500 },
      );
      assert.ok(followed > 100);
    });
  }

  const piece = fc.constantFrom(
    'a',
    'bc',
    'd ',
    ' e',
    '\tf',
    '',
    '',
    ' ',
    '   ',
    '  g',
    "h''i",
    '\\n',
    '\\u00e9',
    '\\',
    '#j',
    ': k',
    '😀',
  );
  const lines = fc.array(piece, { minLength: 1, maxLength: 8 });
  const forms: Readonly<Record<string, (lines: readonly string[]) => string>> = {
    plain: (list) => `x${list.join('\n  ')}`,
    single: (list) => `'${list.join('\n  ')}'`,
    double: (list) => `"${list.join('\n  ')}"`,
    literal: (list) => `|\n${list.map((line) => `  ${line}\n`).join('')}`,
    'literal that keeps': (list) => `|+\n${list.map((line) => `  ${line}\n`).join('')}`,
    'literal with its indentation': (list) => `|2-\n${list.map((line) => `  ${line}\n`).join('')}`,
    folded: (list) => `>\n${list.map((line) => `  ${line}\n`).join('')}`,
    'folded that keeps': (list) =>
      `>+ # why\n${list.map((line) => (line.trim() === '' ? '\n' : `   ${line}\n`)).join('')}`,
    'folded with its indentation': (list) => `>1\n${list.map((line) => ` ${line}\n`).join('')}`,
  };
  for (const [name, write] of Object.entries(forms)) {
    it(`agree however a ${name} scalar is laid out`, () => {
      fc.assert(
        fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (list, eol, more) => {
          const text = `run: ${write(list)}${more ? '\nnext: y\n' : ''}`.replaceAll('\n', eol);
          const { root, problems } = parseYaml(text);
          const scalar = entryOf(root, 'run')?.value;
          if (problems.length > 0 || scalar?.kind !== 'scalar') return;
          for (let at = 0; at < scalar.value.length; at++) {
            const { start, end } = sourceSpan(scalar, at, at + 1);
            const source = text.slice(start, end);
            const char = scalar.value[at] ?? '';
            const shown = JSON.stringify({ text, value: scalar.value, at, source });
            if (/\s/.test(char) && /^\s*$/.test(source)) continue;
            if (source === char || (char === "'" && source === "''")) continue;
            assert.ok(scalar.style === 'double' && source.startsWith('\\'), shown);
          }
        }),
        { numRuns: 1000 },
      );
    });
  }
});
