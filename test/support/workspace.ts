import assert from 'node:assert/strict';
import type { Analysis } from '../../server/src/lint/analysis.ts';
import { withEdits } from '../../server/src/lint/lint.ts';
import { createProject } from '../../server/src/project/project.ts';
import type { Edit } from '../../server/src/rules/finding.ts';
import type { Span } from '../../server/src/syntax/span.ts';
import { marked } from './markers.ts';
import { at, memoryFiles } from './memory-files.ts';

/** Files that belong together, analysed as the server does it, with a cursor in one of them. */
export interface Workspace {
  readonly analysis: Analysis;
  readonly offset: number;
  /** All files but the one with the cursor. */
  readonly others: readonly Analysis[];
  /** `name:line words` of a place. */
  place(uri: string, span: Span): string;
  /** The files after edits, by path. */
  after(edits: readonly (Edit & { readonly uri: string })[]): Readonly<Record<string, string>>;
}

/** Files by path; one of them holds the cursor `‸`. */
export async function workspaceOf(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const texts = new Map(Object.entries(files).map(([path, source]) => [path, marked(source)]));
  const [here] = [...texts].filter(([, { cursor }]) => cursor !== undefined);
  assert.ok(here?.[1].cursor !== undefined, 'no file has the cursor');
  const project = createProject(memoryFiles(Object.fromEntries([...texts].map(([path, { text }]) => [path, text]))));
  const analyses: Analysis[] = [];
  for (const path of texts.keys()) {
    const analysis = await project.analyse(at(path));
    if (analysis !== undefined) analyses.push(analysis);
  }
  const analysis = analyses.find(({ uri }) => uri === at(here[0]));
  assert.ok(analysis, `${here[0]} is not analysed`);
  const textOf = (uri: string) => [...texts].find(([path]) => at(path) === uri)?.[1].text ?? '';
  return {
    analysis,
    offset: here[1].cursor,
    others: analyses.filter((other) => other !== analysis),
    place(uri, { start, end }) {
      const text = textOf(uri);
      const line = text.slice(0, start).split('\n').length;
      return `${uri.slice(uri.lastIndexOf('/') + 1)}:${line} ${text.slice(start, end)}`;
    },
    after(edits) {
      const changed = [...texts].flatMap(([path, { text }]) => {
        const own = edits.filter(({ uri }) => uri === at(path));
        return own.length === 0 ? [] : [[path, withEdits(text, own)] as const];
      });
      return Object.fromEntries(changed);
    },
  };
}
