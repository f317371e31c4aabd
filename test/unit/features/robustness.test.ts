import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completionsAt } from '../../../server/src/features/complete/complete.ts';
import { definitionAt } from '../../../server/src/features/definition.ts';
import { foldsIn } from '../../../server/src/features/folding.ts';
import { formatted } from '../../../server/src/features/format.ts';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { runbookLens, subsystemLenses } from '../../../server/src/features/lenses.ts';
import { linksIn } from '../../../server/src/features/links.ts';
import { namesIn } from '../../../server/src/features/names/names.ts';
import { highlightsAt, referencesAt } from '../../../server/src/features/references.ts';
import { renameAt } from '../../../server/src/features/rename.ts';
import { selectionsAt } from '../../../server/src/features/selection.ts';
import { signatureAt } from '../../../server/src/features/signature.ts';
import { suppressionsOf } from '../../../server/src/features/suppress-here.ts';
import { type FileSymbol, symbolsIn } from '../../../server/src/features/symbols.ts';
import { timelineOf } from '../../../server/src/features/timeline.ts';
import { tokensIn } from '../../../server/src/features/tokens.ts';
import type { Analysis, FleetAnalysis } from '../../../server/src/lint/analysis.ts';
import { checkCommandsFile } from '../../../server/src/lint/lint.ts';
import type { Span } from '../../../server/src/syntax/span.ts';
import { checkText, fleetIn } from '../../support/lint-folder.ts';

const commandsText = `commands:
  - tool: ctl
    map: { web: core }
    usages:
      - usage: "remove [--group <group>] [-n <count>] [-l <selector>] [<target>...]"
        effect: remove
        absent: all
        undo: "ctl restore --group <group>"
`;
const fleetText = `fleet: demo
subsystems:
  billing: { minimum: 8 }
  index: { minimum: 75%, dependsOn: [billing] }
groups:
  core: { hosts: "c[01-60]", serves: [billing, index], zone: a, aliases: [core-asg], labels: { role: core } }
  spare: { count: 9, serves: { billing: 2 }, unavailable: 1 }
${commandsText}commandFiles: [./more.commands.yaml]
`;
const fleet = fleetIn({ 'x.fleet.yaml': fleetText, 'more.commands.yaml': commandsText }) as FleetAnalysis;
const runbookText = `# A comment
runbook: Rotate {{ n }}
fleet: ./x.fleet.yaml
parameters:
  n: { default: 4, enum: [4, 5] }
steps:
  # runbook-lint-disable-next-line below-minimum: a drill
  - id: out
    name: "Take \\"four\\" out"
    run: |
      for h in c{01..03}; do sudo ctl remove $h; done
      ctl remove --group core -n $n \\
        -l role=core && sleep 5m
  - parallel:
      - run: >-
          ssh c01 'ctl remove
          --group "spare" -n 2'
      - repeat: { times: 2, steps: [ { wait: 1m }, { restart: { group: core-asg, batch: 10% } } ] }
  - scale: { group: spare, to: 3 }
  - check: { subsystem: billing, atLeast: 8 }
  - restore: out
environment: production
`;

function* spansIn(symbols: readonly FileSymbol[]): Generator<Span> {
  for (const { span, at, children } of symbols) {
    yield span;
    yield at;
    yield* spansIn(children);
  }
}

/** Everything that the features say of a file and of a place in it; each span has to lie in the text. */
function ask(analysis: Analysis, offset: number): void {
  const { length } = analysis.text;
  const check = (what: string, spans: Iterable<Span>) => {
    for (const { start, end } of spans) {
      assert.ok(0 <= start && start <= end && end <= length, `${what}: ${start} to ${end} of ${length}`);
    }
  };
  const own = <T extends { readonly uri: string; readonly span: Span }>(places: readonly T[]) =>
    places.flatMap(({ uri, span }) => (uri === analysis.uri ? [span] : []));
  check(
    'names',
    namesIn(analysis).map(({ span }) => span),
  );
  check(
    'completion',
    completionsAt(analysis, offset).map(({ span }) => span),
  );
  check('hover', [hoverAt(analysis, offset)?.span ?? { start: 0, end: 0 }]);
  check('definition', own(definitionAt(analysis, offset)));
  check('references', own(referencesAt(analysis, offset, [], true)));
  check(
    'highlights',
    highlightsAt(analysis, offset).map(({ span }) => span),
  );
  check('selection', selectionsAt(analysis, offset));
  check('symbols', spansIn(symbolsIn(analysis)));
  check(
    'links',
    linksIn(analysis).map(({ span }) => span),
  );
  check(
    'tokens',
    tokensIn(analysis, { start: 0, end: length }).map(({ span }) => span),
  );
  const renamed = renameAt(analysis, offset, 'another', []);
  if (renamed !== undefined && !('why' in renamed)) check('rename', own(renamed));
  for (const { from, to } of foldsIn(analysis))
    assert.ok(0 <= from && from < to && to < analysis.text.split(/\r\n|\n|\r/).length);
  for (const finding of analysis.findings) {
    for (const { offset: at } of suppressionsOf(analysis, finding)) assert.ok(0 <= at && at <= length, 'suppression');
  }
  const help = signatureAt(analysis, offset);
  for (const { label, parameters } of help?.signatures ?? []) {
    for (const { from, to } of parameters) assert.ok(0 <= from && from <= to && to <= label.length, 'signature');
  }
  formatted(analysis.text, { indent: 2 });
  if (analysis.kind === 'runbook') {
    check(
      'hints',
      inlayHints(analysis, { start: 0, end: length }).map(({ offset: at }) => ({ start: at, end: at })),
    );
    check(
      'timeline',
      timelineOf(analysis).steps.map(({ span }) => span),
    );
    const lens = runbookLens(analysis);
    if (lens !== undefined) check('lens', [lens.span, ...own(lens.places)]);
  }
  if (analysis.kind === 'fleet')
    check(
      'lenses',
      subsystemLenses(analysis).map(({ span }) => span),
    );
}

describe('every feature', () => {
  const read = {
    runbook: (text: string) => checkText(text, fleet).analysis,
    fleet: (text: string) => fleetIn({ 'x.fleet.yaml': text, 'more.commands.yaml': commandsText }) as FleetAnalysis,
    commands: (text: string) => checkCommandsFile('file:///x.commands.yaml', text, new Map()),
  };
  const texts = { runbook: runbookText, fleet: fleetText, commands: commandsText };
  for (const kind of ['runbook', 'fleet', 'commands'] as const) {
    it(`answers at the end of every prefix of a ${kind}, inside the text`, () => {
      for (let length = 0; length <= texts[kind].length; length++)
        ask(read[kind](texts[kind].slice(0, length)), length);
    });

    it(`answers anywhere in a ${kind} that was hacked to pieces (property)`, () => {
      const piece = fc.constantFrom(
        '',
        '\n',
        '  ',
        '- ',
        ': ',
        '{',
        '}',
        '[',
        '"',
        "'",
        '#',
        '|',
        '{{',
        '$',
        '\t',
        '\r',
        '&a ',
        '*a',
        'é',
        '<',
      );
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(texts[kind].length), fc.nat(12), piece), { minLength: 1, maxLength: 4 }),
          fc.nat(texts[kind].length + 8),
          (cuts, at) => {
            const text = cuts.reduce(
              (now, [from, count, by]) => now.slice(0, from) + by + now.slice(from + count),
              texts[kind],
            );
            ask(read[kind](text), Math.min(at, text.length));
          },
        ),
        { numRuns: 40 },
      );
    });
  }

  it('answers anywhere in a whole runbook', () => {
    const analysis = read.runbook(runbookText);
    for (let offset = 0; offset <= runbookText.length; offset += 9) ask(analysis, offset);
  });
});
