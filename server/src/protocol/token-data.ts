import type { SemanticTokensEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { tokenTypes } from '../features/token-types.ts';
import type { Token } from '../features/tokens.ts';

/** Five numbers a token, each place counted from the one before. A token of several lines is one a line. */
export function tokenData(tokens: readonly Token[], document: TextDocument): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { span, type, declares, modifies } of tokens) {
    for (const part of linesOf(span.start, span.end, document)) {
      const start = document.positionAt(part.start);
      const sameLine = start.line === line;
      data.push(
        start.line - line,
        sameLine ? start.character - character : start.character,
        part.end - part.start,
        tokenTypes.indexOf(type),
        (declares ? 1 : 0) + (modifies ? 2 : 0),
      );
      line = start.line;
      character = start.character;
    }
  }
  return data;
}

function* linesOf(start: number, end: number, document: TextDocument): Generator<{ start: number; end: number }> {
  const text = document.getText().slice(start, end);
  if (!/[\r\n]/.test(text)) {
    yield { start, end };
    return;
  }
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const lead = line.length - line.trimStart().length;
    const length = line.trim().length;
    if (length > 0) yield { start: start + index + lead, end: start + index + lead + length };
  }
}

/** The one stretch in which two answers differ; none where they do not. */
export function editsBetween(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  let start = 0;
  const least = Math.min(before.length, after.length);
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const deleteCount = before.length - start - end;
  const data = after.slice(start, after.length - end);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
