// How long it takes to read one line as operators type it, over the corpus of the unit tests.
//   npm run bench -- --commands
import { readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { withBuiltinTools } from '../../server/src/commands/builtin.ts';
import { readScript } from '../../server/src/commands/reading/read-script.ts';
import { compileTools } from '../../server/src/commands/table.ts';
import type { Scalar } from '../../server/src/syntax/tree.ts';
import { readCorpus } from '../unit/commands/corpus/corpus.ts';

const rounds = 20;
const folder = new URL('../unit/commands/corpus/', import.meta.url);
const corpora = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.endsWith('.fleet.yaml'));
const scripts = corpora.flatMap((name) => readCorpus(new URL(name, folder)).lines.map(({ run }) => plain(run)));
const table = withBuiltinTools(compileTools([]).table);

function plain(value: string): Scalar {
  const span = { start: 0, end: value.length };
  return { kind: 'scalar', value, style: 'plain', span, outer: span, source: value, damaged: false };
}

const times: number[] = [];
for (let round = 0; round < rounds; round++) {
  for (const script of scripts) {
    const from = performance.now();
    readScript(script, table, new Map());
    // The first rounds are those in which the tools are read and the code gets warm.
    if (round >= rounds / 2) times.push(performance.now() - from);
  }
}
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
process.stdout.write(
  `commands: ${scripts.length} lines, median ${at(0.5)} ms a line, 90 % ${at(0.9)} ms, 99 % ${at(0.99)} ms\n`,
);
