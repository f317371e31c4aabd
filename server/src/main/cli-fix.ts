import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type OnFailure, safeFixes, withEdits } from '../lint/lint.ts';
import type { Project } from '../project/project.ts';
import { positionsIn } from '../report/positions.ts';
import { printable } from '../report/terminal.ts';
import type { Edit } from '../rules/finding.ts';
import type { Output } from './cli-output.ts';
import type { FoundFile } from './cli-paths.ts';

/** A mended mistake may bring the next to light; a file is not gone through more often than this. */
const mostRounds = 10;

/** Mends in each file what can be mended without a doubt, writes it, and says what was mended; returns, in sentences, which files cannot be written. */
export async function fixFiles(
  files: readonly FoundFile[],
  project: Project,
  pathOf: (uri: string) => string,
  output: Output,
  onFailure: OnFailure,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const { uri } of files) {
    for (let round = 0; round < mostRounds; round++) {
      const analysis = await project.analyse(uri);
      const fixes = analysis === undefined ? [] : safeFixes(analysis, onFailure);
      if (analysis === undefined || fixes.length === 0) break;
      const edits = fixes.flatMap(({ fix }) => fix.edits);
      const why = await rewrite(fileURLToPath(uri), withEdits(analysis.text, edits));
      if (why !== undefined) {
        complaints.push(`\`${pathOf(uri)}\` cannot be written, and was not mended: ${why}.`);
        break;
      }
      project.changedOnDisk([uri]);
      const positions = positionsIn(analysis.text);
      for (const { finding, fix } of fixes) {
        const { line, column } = positions.at(finding.span.start);
        output.note(`mended ${pathOf(uri)}:${line}:${column}: ${describe(analysis.text, fix.edits)} (${finding.rule})`);
      }
    }
  }
  return complaints;
}

/** A byte order mark is no part of a text as it is checked, but stays in its file. Returns why it cannot be written. */
async function rewrite(path: string, text: string): Promise<string | undefined> {
  try {
    const before = await readFile(path, 'utf8');
    await writeFile(path, before.startsWith('\uFEFF') ? `\uFEFF${text}` : text);
    return undefined;
  } catch (error) {
    return String((error as Error).message).replace(/^\w+: ([^,]+),.*$/s, '$1');
  }
}

function describe(text: string, edits: readonly Edit[]): string {
  const parts = edits.map(({ span, newText }) => `\`${text.slice(span.start, span.end)}\` is now \`${newText}\``);
  return printable(parts.join(', '));
}
