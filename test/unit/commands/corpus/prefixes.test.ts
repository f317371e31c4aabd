import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { withBuiltinTools } from '../../../../server/src/commands/builtin.ts';
import { readScript } from '../../../../server/src/commands/reading/read-script.ts';
import { compileTools } from '../../../../server/src/commands/table.ts';
import type { Scalar } from '../../../../server/src/syntax/tree.ts';
import { readCorpus } from './corpus.ts';

const here = new URL('./', import.meta.url);
const files = readdirSync(here).filter((name) => name.endsWith('.yaml') && !name.endsWith('.fleet.yaml'));
const linesIn = (name: string) => readCorpus(new URL(name, here)).lines.map(({ run }) => run);
const lines = files.flatMap(linesIn);
const table = withBuiltinTools(compileTools([]).table);

function plain(value: string): Scalar {
  const span = { start: 0, end: value.length };
  return { kind: 'scalar', value, style: 'plain', span, outer: span, source: value, damaged: false };
}

/** Reads it; every place that is named lies in the text. */
function survives(text: string): void {
  const { actions, commands } = readScript(plain(text), table, new Map());
  const spans = [
    ...commands.flatMap((command) => [command, ...command.words].map(({ span }) => span)),
    ...actions.flatMap(({ at, target, amount, batch, obstacle }) => [
      at,
      ...[...target.terms, amount, batch, obstacle].flatMap((one) => one?.span ?? []),
    ]),
  ];
  for (const { start, end } of spans) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}–${end} in ${JSON.stringify(text)}`);
  }
}

describe('lines of the corpus while they are typed', () => {
  for (const name of files)
    it(`are read up to any place: ${name.replace('.yaml', '')}`, () => {
      for (const [i, line] of linesIn(name).entries())
        for (let end = i % 4; end < line.length; end += 4) survives(line.slice(0, end));
    });

  it('are read with any slips of the keys', () => {
    const signs = fc.constantFrom(
      ...' \t\n"\'`$(){}[]<>|&;=-,.*?!#\\/:0a{{}}'.split(''),
      '$(',
      '{{',
      '<<EOF\n',
      ' -- ',
      ' 4 ',
    );
    const slip = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), away: fc.nat(3), text: signs });
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.array(slip, { minLength: 1, maxLength: 4 }), (line, slips) => {
        const typed = slips.reduce((text, { at, away, text: put }) => {
          const place = Math.floor(at * text.length);
          return text.slice(0, place) + put + text.slice(place + away);
        }, line);
        survives(typed);
      }),
      { numRuns: 2000 },
    );
  });
});
