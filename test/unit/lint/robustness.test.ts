import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FleetAnalysis, RunbookAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkFleetFile, fixesOf, readFleetFile, withEdits } from '../../../server/src/lint/lint.ts';
import { checkText, fleetIn, folderAt } from '../../support/lint-folder.ts';

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');
const folders = readdirSync(examples).map((name) => folderAt(join(examples, name)));
const runbooks = folders.flatMap((folder) => {
  const fleet = fleetIn(folder);
  return Object.entries(folder).flatMap(([name, text]) => (name.includes('.runbook.') ? [{ name, text, fleet }] : []));
});

function assertSound(analysis: RunbookAnalysis | FleetAnalysis, text: string): void {
  for (const finding of analysis.findings) {
    const { start, end } = finding.span;
    assert.ok(
      0 <= start && start <= end && end <= text.length,
      `${finding.rule} at ${start}..${end} of ${text.length}`,
    );
    assert.ok(finding.message.length > 0);
    for (const place of finding.related) assert.ok(place.span.start <= place.span.end);
  }
}

/** What a user sees of an analysis. */
function seen(analysis: RunbookAnalysis): unknown {
  const findings = analysis.findings.map(({ data: _, ...finding }) => finding);
  return { findings, verdicts: analysis.verdicts };
}

describe('a text in any state', () => {
  for (const { name, text, fleet } of runbooks) {
    it(`${name}: every prefix is read, with every finding inside it`, () => {
      let previous: ReturnType<typeof checkText> | undefined;
      for (let length = 0; length <= text.length; length++) {
        const prefix = text.slice(0, length);
        const checked = checkText(prefix, fleet, previous);
        assertSound(checked.analysis, prefix);
        if (length % 17 === 0) {
          assert.deepEqual(
            seen(checked.analysis),
            seen(checkText(prefix, fleet).analysis),
            `after ${length} characters`,
          );
        }
        previous = checked;
      }
    });

    it(`${name}: an edit gives what a fresh check gives`, () => {
      const edit = fc.record({
        at: fc.nat(text.length),
        remove: fc.nat(6),
        insert: fc.oneof(
          fc.constantFrom(
            '',
            '4',
            '\n',
            '  ',
            '"',
            "'",
            '{',
            '}',
            '[',
            ': ',
            '- ',
            '#',
            '|',
            '\t',
            '{{ n }}',
            '&a ',
            '*a',
            '\r\n',
          ),
          fc.string({ maxLength: 4 }),
        ),
      });
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
          let checked = checkText(text, fleet);
          for (const { at, remove, insert } of edits) {
            const { text: old } = checked.document;
            const next = old.slice(0, at) + insert + old.slice(at + remove);
            checked = checkText(next, fleet, checked);
            assertSound(checked.analysis, next);
            assert.deepEqual(seen(checked.analysis), seen(checkText(next, fleet).analysis));
          }
        }),
        { numRuns: 150 },
      );
    });

    it(`${name}: a broken step leaves the findings of the others as they were`, () => {
      const whole = checkText(text, fleet).analysis;
      for (const [index, step] of whole.steps.entries()) {
        for (const damage of ['"', '{ a', '\tx: y', 'no colon']) {
          const at = step.span.end;
          const next = `${text.slice(0, at)}\n    description: ${damage}${text.slice(at)}`;
          const after = checkText(next, fleet).analysis;
          assert.equal(after.steps.length, whole.steps.length, `${index} ${damage}`);
        }
      }
    });

    it(`${name}: every fix leaves a text that is read, without its finding`, () => {
      const { analysis } = checkText(text, fleet);
      for (const finding of analysis.findings) {
        for (const fix of fixesOf(analysis, finding)) {
          const after = checkText(withEdits(text, fix.edits), fleet).analysis;
          assert.ok(
            !after.findings.some(({ rule, step }) => rule === finding.rule && step === finding.step),
            fix.title,
          );
        }
      }
    });
  }

  it('every prefix of every fleet is read, with every finding inside it', () => {
    for (const folder of folders) {
      for (const [name, text] of Object.entries(folder)) {
        if (!name.includes('.fleet.')) continue;
        for (let length = 0; length <= text.length; length++) {
          const prefix = text.slice(0, length);
          const document = readFleetFile('file:///x.fleet.yaml', prefix);
          assertSound(checkFleetFile(document, { commandFiles: [], unreadable: [], severities: new Map() }), prefix);
        }
      }
    }
  });
});

const fleet = runbooks[0]?.fleet;

function rulesOf(text: string): readonly string[] {
  const { analysis } = checkText(text, fleet);
  assertSound(analysis, text);
  return analysis.findings.map(({ rule }) => rule);
}

describe('bad input gets a clear finding', () => {
  it('an empty file', () => assert.deepEqual(rulesOf(''), ['schema']));
  it('only comments', () => assert.deepEqual(rulesOf('# nothing yet\n'), ['schema']));
  it('an empty step, on its dash', () => {
    for (const text of ['runbook: x\nsteps:\n  - ', 'runbook: x\nsteps:\n  # why\n  -\n  - wait: 1m\n']) {
      const [finding, ...rest] = checkText(text, fleet).analysis.findings;
      assert.deepEqual([finding?.rule, rest], ['schema', []]);
      assert.deepEqual(finding?.span, { start: text.indexOf('-'), end: text.indexOf('-') + 1 });
    }
  });
  it('merge-conflict markers', () => {
    const text = 'runbook: x\nsteps:\n<<<<<<< ours\n  - wait: 1m\n=======\n  - wait: 2m\n>>>>>>> theirs\n';
    assert.deepEqual(rulesOf(text), ['syntax']);
  });
  it('binary', () => assert.deepEqual(rulesOf('\u0000\u0001\u0002PNG\u0000\uFFFD'), ['syntax']));
  it('an alias bomb', () => {
    const lines = ['runbook: x', 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
    lines.push('steps: *a11');
    assert.ok(rulesOf(lines.join('\n')).length > 0);
  });
  it('nesting a thousand deep', () => {
    assert.ok(rulesOf(`runbook: x\nsteps: ${'['.repeat(2000)}${']'.repeat(2000)}\n`).length > 0);
    const deep = Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}k:`).join('\n');
    assert.ok(rulesOf(`runbook: x\n${deep}\nsteps: []\n`).length > 0);
  });
  it('repeats in repeats, and branches in branches', () => {
    const nested = (open: string, close: string, depth: number) =>
      `runbook: x\nsteps:\n  - ${open.repeat(depth)}{ manual: look }${close.repeat(depth)}\n`;
    for (const depth of [10, 40, 1000]) {
      assert.ok(rulesOf(nested('{ repeat: { times: 2, steps: [', '] } }', depth)).length < 5);
      assert.ok(rulesOf(nested('{ parallel: [{ manual: x }, ', '] }', depth)).length < 5);
    }
  });
  it('five megabytes', () => {
    const step = '  - name: A step that waits for a while\n    wait: 15m\n';
    const text = `runbook: x\nsteps:\n${step.repeat(Math.ceil(5_000_000 / step.length))}`;
    assert.deepEqual(new Set(rulesOf(text)), new Set(['limit-reached']));
  });
});
