import { type CheckedKind, checkSchema, notExplained, type SchemaProblem } from '../model/schema/check.ts';
import type { ReadingProblem } from '../rules/rule.ts';
import type { Node, SyntaxProblem } from '../syntax/tree.ts';

/**
 * Mistakes of YAML, and of the form of what it says, one finding a mistake:
 * what may have been misread is not held against its form too, and of two mistakes at one place the first is told.
 * Where all of it is in doubt, nothing is said to be missing.
 */
export function readingProblems(
  kind: CheckedKind,
  root: Node | undefined,
  found: readonly SyntaxProblem[],
  doubtful = false,
): readonly ReadingProblem[] {
  if (doubtful) return [...found, ...checkSchema(kind, root).filter(({ missing }) => missing !== true)];
  if (found.length === 0) return checkSchema(kind, root);
  const misled = found.flatMap((problem) => problem.misled ?? []);
  if (misled.some(({ start }) => start === 0)) return found;
  const places = new Set(found.map(({ span }) => span.start));
  const isSure = ({ span, missing }: SchemaProblem) =>
    !places.has(span.start) &&
    !places.has(valueAfter(span.start, root) ?? -1) &&
    misled.every(({ start, end }) => end <= span.start || (missing !== true && span.end <= start));
  const form = checkSchema(kind, root).filter(isSure);
  return [...notExplained(found, form), ...form];
}

/** Where the value of the key begins that begins at an offset. */
function valueAfter(key: number, node: Node | undefined): number | undefined {
  if (node === undefined || node.kind === 'scalar' || node.span.end <= key) return undefined;
  const starts =
    node.kind === 'sequence'
      ? node.items.map((item) => valueAfter(key, item))
      : node.entries.map(({ key: own, value }) =>
          own.span.start === key ? value?.span.start : valueAfter(key, value),
        );
  return starts.find((start) => start !== undefined);
}
