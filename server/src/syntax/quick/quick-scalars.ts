import type { Scalar } from '../tree.ts';

const quoted = /"([^"\\\n]*)"|'([^'\n]*)'(?!')/y;

/** A value in quotes, on one line and without escapes. */
export function quotedAt(text: string, at: number): Scalar | undefined {
  quoted.lastIndex = at;
  const found = quoted.exec(text);
  if (found === null) return undefined;
  const [source, double, single] = found;
  const end = at + source.length;
  return {
    kind: 'scalar',
    value: double ?? single ?? '',
    style: double === undefined ? 'single' : 'double',
    span: { start: at + 1, end: end - 1 },
    outer: { start: at, end },
    source,
    damaged: false,
  };
}

/** A block of text whose lines are indented alike or, in a literal one, more; `column` is that of the key or dash that it belongs to. */
export function blockScalarAt(text: string, at: number, column: number): Scalar | undefined {
  const isFolded = text[at] === '>';
  const isStripped = text[at + 1] === '-';
  const first = at + (isStripped ? 3 : 2);
  if (text[first - 1] !== '\n') return undefined;
  const indent = indentAt(text, first);
  if (indent <= column) return undefined;
  let end = first;
  let isBlank = false;
  for (let start = first; start < text.length; ) {
    const stop = text.indexOf('\n', start);
    if (stop === -1) return undefined;
    if (stop === start) isBlank = true;
    else {
      const own = indentAt(text, start);
      if (own < indent) {
        // A line of blanks alone, or one whose indentation tells nothing.
        if (start + own === stop || own > column) return undefined;
        break;
      }
      if (start + own === stop) return undefined;
      if (isFolded && (own > indent || isBlank)) return undefined;
      isBlank = false;
      end = stop + 1;
    }
    start = stop + 1;
  }
  const value = text
    .slice(first + indent, isStripped ? end - 1 : end)
    .replaceAll(`\n${' '.repeat(indent)}`, isFolded ? ' ' : '\n');
  return {
    kind: 'scalar',
    value,
    style: isFolded ? 'folded' : 'literal',
    span: { start: first + indent, end: first + text.slice(first, end).trimEnd().length },
    outer: { start: at, end },
    source: text.slice(at, end),
    damaged: false,
  };
}

function indentAt(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 32) at++;
  return at - line;
}
