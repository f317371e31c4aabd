import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatted } from '../../../server/src/features/format.ts';
import { withEdits } from '../../../server/src/lint/lint.ts';
import { parseWhole } from '../../../server/src/syntax/parse.ts';
import type { Node } from '../../../server/src/syntax/tree.ts';
import { folderAt } from '../../support/lint-folder.ts';

function format(text: string, indent = 2): string | undefined {
  const edits = formatted(text, { indent });
  return edits && withEdits(text, edits);
}

/** All that a reader of the file gets to know. */
function meaning(text: string): unknown {
  const { root, comments } = parseWhole(text);
  return [plain(root), comments.map((comment) => comment.text.trimEnd())];
}

function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return node.entries.map(({ key, value }) => [key.value, plain(value)]);
}

describe('formatting', () => {
  it('spaces a runbook evenly', () => {
    const before = `

runbook :   Rotate   # the title
fleet:  [ ./a.fleet.yaml,./b.fleet.yaml ]
parameters:
    n: {default: 4,maximum : 8}


steps:
    # Look first.
    -   name:   Take out
        id: out
        run: |
            ctl remove \\
              --group core   

            ctl status
    # Then wait.
    -  wait:  5m   
    - repeat: { times: 2,steps: [ {wait: 1m} ] }
`;
    const after = `runbook: Rotate   # the title
fleet: [./a.fleet.yaml, ./b.fleet.yaml]
parameters:
  n: { default: 4, maximum: 8 }

steps:
  # Look first.
  - name: Take out
    id: out
    run: |
        ctl remove \\
          --group core   

        ctl status
  # Then wait.
  - wait: 5m
  - repeat: { times: 2, steps: [{ wait: 1m }] }
`;
    assert.equal(format(before), after);
  });

  it('leaves a list at the column of its key, and quotes, blocks and placeholders as they are', () => {
    const text = `runbook: x
steps:
- run: >-
    ctl remove
      --count "{{ n }}"
- run: "a  b
    c"
- manual: "{{ n }}   left"
`;
    assert.equal(format(text), text);
  });

  it('takes another indentation', () => {
    assert.equal(
      format('runbook: x\nparameters:\n  n:\n    default: 4\nsteps:\n  - wait: 1m\n', 4),
      'runbook: x\nparameters:\n    n:\n        default: 4\nsteps:\n    - wait: 1m\n',
    );
  });

  it('ends a file with one line break, of the kind that it has', () => {
    assert.equal(format('a: 1'), 'a: 1\n');
    assert.equal(format('a: 1\r\nb:  2\r\n\r\n\r\n'), 'a: 1\r\nb: 2\r\n');
    assert.equal(format('\uFEFFa:   1\n'), '\uFEFFa: 1\n');
    assert.equal(format(''), '');
  });

  it('refuses where there are mistakes', () => {
    for (const text of ['a: {', 'a: {{ b }}', 'a: "x', 'a:\n\t- b', '<<<<<<< x\n', 'a: 1\n---\nb: 2\n']) {
      assert.equal(format(text), undefined, text);
    }
  });

  it('keeps a comment over what follows it, or under what it follows', () => {
    const text = 'a:\n    b: 1\n    # under b\n# over c\nc:\n     # over d\n     d: 2\n       # deeper\n';
    assert.equal(format(text), 'a:\n  b: 1\n  # under b\n# over c\nc:\n  # over d\n  d: 2\n    # deeper\n');
  });

  it('changes nothing that it has formatted, and nothing of the examples', () => {
    for (const text of Object.values(folderAt('examples/s3-2017'))) {
      const once = format(text);
      assert.ok(once !== undefined);
      assert.deepEqual(meaning(once), meaning(text));
      assert.equal(format(once), once);
    }
  });

  it('never changes what a file says, whatever its spacing (property)', () => {
    const value = fc.constantFrom(
      ...[
        '5m',
        '"{{ n }}"',
        "'a  b'",
        '{ group: core,count:  4 }',
        '[ a,b ]',
        '{}',
        '# only a comment',
        '&x {a: 1}',
        '*x',
      ],
      ...[
        '|\n%        ctl a\n%          b  \n\n%        c',
        '>-\n%      folded\n%      text',
        '|2\n%    kept',
        '"two\n%      lines"',
      ],
    );
    const entry = fc.tuple(fc.constantFrom('run', 'name', 'wait', 'a b'), fc.nat(3), value);
    const step = fc.tuple(fc.array(entry, { minLength: 1, maxLength: 3 }), fc.nat(3), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.nat(4), fc.boolean(), (steps, indent, windows) => {
        const lead = ' '.repeat(indent);
        const lines = steps.flatMap(([entries, dash, blank]) => [
          ...(blank ? ['', '   ', `${lead}# about it`] : []),
          ...entries.map(([key, gap, text], i) => {
            const own = i === 0 ? `${lead}-${' '.repeat(dash + 1)}` : `${lead} ${' '.repeat(dash + 1)}`;
            return `${own}${key}${i}:${' '.repeat(gap + 1)}${text.replaceAll('%', lead)}${' '.repeat(gap)}`;
          }),
        ]);
        const text = `runbook: x\nanchor:  &x 1\nsteps:\n${lines.join('\n')}\n`.replaceAll(
          '\n',
          windows ? '\r\n' : '\n',
        );
        const once = format(text);
        if (once === undefined) {
          assert.notDeepEqual(parseWhole(text).problems, []);
          return;
        }
        assert.deepEqual(meaning(once), meaning(text));
        assert.equal(once.replace(/\s+/g, ''), text.replace(/\s+/g, ''));
        assert.equal(format(once), once);
      }),
      { numRuns: 300 },
    );
  });
});
