import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Analysis } from '../../../server/src/lint/analysis.ts';
import { fixesOf, withEdits } from '../../../server/src/lint/lint.ts';
import type { Finding } from '../../../server/src/rules/finding.ts';
import { analyseFiles } from '../../support/rule-tester.ts';

interface Pair {
  readonly name: string;
  /** One of the fleets, or a fleet of its own. */
  readonly fleet: string;
  readonly head?: string;
  /** The text of both runbooks, with `⟦slip|meant⟧` where they differ. */
  readonly steps: string;
  /** Severity, rule and word of every error and warning of the slip. */
  readonly finds: readonly string[];
  /** The steps that these are on; with them it is held that no step of either runbook cannot be told. */
  readonly on?: readonly string[];
  /** What its messages say. */
  readonly says?: readonly string[];
}

interface Pairs {
  readonly fleets: Readonly<Record<string, string>>;
  readonly pairs: readonly Pair[];
}

function pairsIn(file: string): Pairs {
  return parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

function textOf({ head = '', steps }: Pair, which: 'slip' | 'meant'): string {
  return `runbook: x\n${head}steps:\n${steps}`.replaceAll(/⟦([^|⟧]*)\|([^⟧]*)⟧/g, which === 'slip' ? '$1' : '$2');
}

function isLoud({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** How often each rule speaks, loudly. */
function countRules({ findings }: Analysis): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings.filter(isLoud)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** How many steps cannot be told. */
function untold(analysis: Analysis): number {
  assert.ok(analysis.kind === 'runbook');
  return analysis.verdicts.unknown;
}

for (const [what, file] of [
  ['replayed slips and their innocent twins', './pairs.yaml'],
  ['incidents that were told in public, and what was meant', './told.yaml'],
  ['incidents by how they come about, and what was meant', './retold.yaml'],
  ['slips of scripts, lists and fan-outs, and what was meant', './scripted.yaml'],
  ['slips of scripts that a team keeps, and what was meant', './kept.yaml'],
  ['slips of everyday scripts, and what was meant', './typed.yaml'],
  ['whole runbooks as teams write them, and what was meant', './natural.yaml'],
  ['incidents once more, as they might be typed today, and what was meant', './replayed.yaml'],
] as const) {
  describe(what, () => replay(pairsIn(file)));
}

function replay({ fleets, pairs }: Pairs): void {
  for (const pair of pairs) {
    const fleet = fleets[pair.fleet] ?? pair.fleet;
    const check = (text: string) => analyseFiles({ 'x.runbook.yaml': text, 'x.fleet.yaml': fleet });

    it(`${pair.name}: the slip is caught`, async () => {
      const { analysis, text } = await check(textOf(pair, 'slip'));
      const loud = analysis.findings.filter(isLoud);
      assert.deepEqual(
        loud.map(({ severity, rule, span }) => `${severity} ${rule} ${text.slice(span.start, span.end)}`),
        pair.finds,
      );
      if (pair.on !== undefined) {
        assert.deepEqual(
          loud.map(({ step }) => step),
          pair.on,
        );
        assert.equal(untold(analysis), 0);
      }
      const said = loud.map(({ message }) => message).join('\n');
      for (const words of pair.says ?? []) assert.ok(said.includes(words), `${said}\nsays nothing of: ${words}`);
    });

    it(`${pair.name}: every fix clears its finding and causes no other`, async () => {
      const { analysis, text } = await check(textOf(pair, 'slip'));
      const before = countRules(analysis);
      for (const finding of analysis.findings.filter(isLoud)) {
        for (const { title, edits } of fixesOf(analysis, finding)) {
          const after = countRules((await check(withEdits(text, edits))).analysis);
          assert.ok(
            (after.get(finding.rule) ?? 0) < (before.get(finding.rule) ?? 0),
            `${title} leaves ${finding.rule}`,
          );
          for (const [rule, count] of after) assert.ok(count <= (before.get(rule) ?? 0), `${title} causes ${rule}`);
        }
      }
    });

    it(`${pair.name}: what was meant is clean`, async () => {
      const { analysis } = await check(textOf(pair, 'meant'));
      assert.deepEqual(
        analysis.findings.filter(isLoud).map(({ message }) => message),
        [],
      );
      if (pair.on !== undefined) assert.equal(untold(analysis), 0);
    });
  }
}
