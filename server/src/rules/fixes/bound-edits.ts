import type { Parameter } from '../../model/runbook.ts';
import type { Edit } from '../finding.ts';
import { firstInBraces } from './braces.ts';

/** The edits that give a parameter these bounds, in the form in which it is written. `text` is the whole file. */
export function boundEdits(
  parameter: Parameter,
  bounds: { readonly minimum?: number; readonly maximum?: number },
  text: string,
): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  const missing: string[] = [];
  for (const key of ['minimum', 'maximum'] as const) {
    const [bound, leaf] = [bounds[key], parameter[key]];
    if (bound === undefined) continue;
    if (leaf === undefined) missing.push(`${key}: ${bound}`);
    else edits.push({ span: leaf.span, newText: `${bound}` });
  }
  if (missing.length === 0) return edits;
  const added = addition(parameter, missing, text);
  return added && [...edits, added];
}

function addition(parameter: Parameter, entries: readonly string[], text: string): Edit | undefined {
  const { name, default: usual, description, minimum, maximum } = parameter;
  const after = name.scalar.outer.end;
  const [opening] = /^\s*:\s*\{/.exec(text.slice(after)) ?? [];
  if (opening !== undefined) {
    const at = after + opening.length;
    const isEmpty = /^\s*\}/.test(text.slice(at));
    if (!isEmpty) return firstInBraces(entries.join(', '), text, at);
    return { span: { start: at, end: at }, newText: ` ${entries.join(', ')} ` };
  }
  const leaves = [usual, minimum, maximum, description].flatMap((leaf) => leaf?.scalar.outer.start ?? []);
  if (leaves.length === 0) {
    const [colon] = /^\s*:(?=[ \t]*(?:#.*)?$)/m.exec(text.slice(after)) ?? [];
    if (colon === undefined) return undefined;
    const at = after + colon.length;
    return { span: { start: at, end: at }, newText: ` { ${entries.join(', ')} }` };
  }
  const first = Math.min(...leaves);
  const start = text.lastIndexOf('\n', first - 1) + 1;
  const [indent = ''] = /^ */.exec(text.slice(start)) ?? [];
  return { span: { start, end: start }, newText: entries.map((entry) => `${indent}${entry}\n`).join('') };
}
