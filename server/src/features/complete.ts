import type { Analysis } from '../lint/analysis.ts';
import { keyDocs, valueDocs } from '../model/schema-docs.ts';
import { completeCommand } from './complete-command.ts';
import { type Completion, completionOf, type Offer } from './completion.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { countsAt, namesFor } from './offers.ts';
import { scriptAt } from './script-at.ts';
import { snippetsAt } from './snippets.ts';

/** What can stand at an offset. Works on broken text: it reads the lines around the cursor, and the tree only for commands. */
export function completionsAt(analysis: Analysis, offset: number): readonly Completion[] {
  if (analysis.kind === 'runbook') {
    const script = scriptAt(analysis, offset);
    if (script !== undefined) return completeCommand(analysis, script);
  }
  const cursor = cursorAt(analysis.text, offset);
  if (cursor === undefined) return [];
  return cursor.key === undefined ? keys(analysis, cursor) : values(analysis, cursor, cursor.key, offset);
}

function keys(analysis: Analysis, cursor: Cursor): readonly Completion[] {
  const docs = keyDocs(schemaOf(analysis), cursor.path).filter(
    ({ key }) => !cursor.present.has(key) || key === cursor.typed,
  );
  const snippets = snippetsAt(schemaOf(analysis), cursor);
  return [
    ...docs.map(
      ({ key, description, required, form }, i): Completion => ({
        label: key,
        kind: 'key',
        detail: required ? 'required' : undefined,
        documentation: description,
        span: cursor.replace,
        newText: form === 'scalar' || cursor.flow ? `${key}: ` : `${key}:`,
        snippet: false,
        sortText: `${required ? 0 : 1}${String(i).padStart(3, '0')}`,
      }),
    ),
    ...snippets,
  ];
}

function values(analysis: Analysis, cursor: Cursor, key: string, offset: number): readonly Completion[] {
  const path = [...cursor.path, key];
  const fixed = valueDocs(schemaOf(analysis), path).map(
    ({ value, description }): Offer => ({ label: value, kind: 'value', detail: description }),
  );
  const counts = analysis.kind === 'runbook' ? countsAt(analysis, key, offset) : [];
  return [...counts, ...namesFor(analysis, path), ...fixed].map((offer, i) => completionOf(offer, cursor.replace, i));
}

function schemaOf(analysis: Analysis): 'runbook' | 'fleet' | 'commands' | 'config' {
  return analysis.kind;
}
