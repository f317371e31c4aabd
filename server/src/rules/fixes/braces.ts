import type { Edit } from '../finding.ts';

/** Puts entries before those that stand in braces, spaced as these are; `at` is behind the opening brace. */
export function firstInBraces(entries: string, text: string, at: number): Edit {
  const isSpaced = /\s/.test(text[at] ?? '');
  return { span: { start: at, end: at }, newText: isSpaced ? ` ${entries},` : `${entries}, ` };
}
