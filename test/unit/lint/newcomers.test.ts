import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { analyseFiles } from '../../support/rule-tester.ts';

interface Case {
  readonly name: string;
  readonly fleet?: string;
  readonly runbook?: string;
  /** Rule and word of every error and warning: of the fleet, and of the runbook where the fleet is in order. */
  readonly finds: readonly string[];
}

const usualFleet =
  'fleet: demo\nsubsystems:\n  web: { minimum: 6 }\ngroups:\n  web: { hosts: "web[01-10]", serves: [web] }\n';
const usualRunbook = 'runbook: x\nsteps:\n  - remove: { group: web, count: 2 }\n  - restore: { group: web }\n';

function casesIn(file: string): readonly Case[] {
  return parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

async function found(files: Record<string, string>): Promise<readonly string[]> {
  const { analysis, text } = await analyseFiles(files);
  return analysis.findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end).split('\n')[0]?.trimEnd()}`);
}

for (const [what, file] of [
  ['the mistakes of a first file', './mistakes.yaml'],
  ['runbooks of different companies', './first-runbooks.yaml'],
] as const) {
  describe(what, () => {
    for (const { name, fleet = usualFleet, runbook = usualRunbook, finds } of casesIn(file)) {
      it(name, async () => {
        const inFleet = await found({ 'x.fleet.yaml': fleet });
        const inRunbook = inFleet.length > 0 ? [] : await found({ 'x.runbook.yaml': runbook, 'x.fleet.yaml': fleet });
        assert.deepEqual([...inFleet, ...inRunbook], finds);
      });
    }
  });
}
