import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { withBuiltinTools } from '../../../server/src/commands/builtin.ts';
import { completionAt } from '../../../server/src/commands/complete/complete.ts';
import { readScript } from '../../../server/src/commands/reading/read-script.ts';
import type { Span } from '../../../server/src/syntax/span.ts';
import type { Scalar } from '../../../server/src/syntax/tree.ts';
import { readCorpus } from './corpus/corpus.ts';
import { table as declared, placesOf } from './support.ts';

const folder = new URL('./corpus/', import.meta.url);
const corpora = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.endsWith('.fleet.yaml'));
const lines = corpora.flatMap((name) => readCorpus(new URL(name, folder)).lines.map(({ run }) => run));
const table = withBuiltinTools(declared);
const values = new Map([['count', '4']]);

/** How many mutations are tried; the long run, as before a release: RUNBOOK_LINT_MUTATIONS=20000. */
const mutations = Number(process.env.RUNBOOK_LINT_MUTATIONS ?? 3000);
/** Of the prefixes every so many are tried; all of them in the long run. */
const stride = mutations >= 20_000 ? 1 : 11;

function plain(value: string): Scalar {
  const span = { start: 0, end: value.length };
  return { kind: 'scalar', value, style: 'plain', span, outer: span, source: value, damaged: false };
}

function survives(text: string, cursor: number): void {
  const script = plain(text);
  const { actions, commands } = readScript(script, table, values);
  const spans: Span[] = [...placesOf(actions), ...actions.map(({ at }) => at)];
  for (const { maybe, mayBeEmpty, loop } of actions) {
    spans.push(...[maybe?.span, mayBeEmpty?.span, mayBeEmpty?.guarded?.span, loop].flatMap((span) => span ?? []));
  }
  for (const { span, toolSpan, words, environments } of commands) {
    spans.push(span, toolSpan, ...words.map((word) => word.span), ...environments.map((said) => said.span));
  }
  const found = completionAt(script, cursor, table, values);
  if (found !== undefined) spans.push(found.replace);
  for (const { start, end } of spans) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}–${end} in ${JSON.stringify(text)}`);
  }
}

/** The same numbers on every machine. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
}

const pieces = [
  ...['"', "'", '`', '\\', '$', '$(', ')', '{', '}', '{{', '}}', '<', '>', '<<EOF\n', '|', '||', '&&', '&', ';', '\n'],
  ...[
    ' ',
    '#',
    '=',
    '--',
    '-',
    '*',
    '[',
    ']',
    '!',
    ',',
    ':',
    '%',
    '0',
    '9',
    'for i in a b; do ',
    '; done',
    '\u{1F600}',
  ],
  ...['$X', '"$X"', '{1..3}', 'sudo ', 'ssh web1 ', ' | xargs ', ' & wait ', 'if x; then ', '; fi', '\uE000', '\u0000'],
];

function mutated(line: string, roll: (sides: number) => number): string {
  let text = line;
  for (let changes = 1 + roll(3); changes > 0; changes--) {
    const at = roll(text.length + 1);
    const to = Math.min(text.length, at + 1 + roll(6));
    const other = lines[roll(lines.length)] ?? '';
    const piece = pieces[roll(pieces.length)] ?? '';
    text =
      [
        () => text.slice(0, at) + piece + text.slice(at),
        () => text.slice(0, at) + text.slice(to),
        () => text.slice(0, at) + piece + text.slice(to),
        () => text.slice(0, at) + text.slice(at, to) + text.slice(at),
        () => text.slice(0, at) + other.slice(roll(other.length + 1)),
        () => text.split(' ').reverse().join(' '),
      ][roll(6)]?.() ?? text;
  }
  return text;
}

describe('every line of the corpus', () => {
  it(`bears ${mutations} mutations`, () => {
    const roll = dice(20_170_228);
    for (let index = 0; index < mutations; index++) {
      const text = mutated(lines[index % lines.length] ?? '', roll);
      survives(text, roll(text.length + 1));
    }
  }).timeout(300_000);

  it('bears being half typed', () => {
    for (const [index, line] of lines.entries()) {
      for (let end = index % stride; end <= line.length; end += stride) survives(line.slice(0, end), end);
    }
  }).timeout(300_000);
});
