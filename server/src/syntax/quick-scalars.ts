import type { Scalar } from './tree.ts';

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

const header = /[|>]-?\n/y;

/** A block of text whose lines are indented alike or, in a literal one, more; `column` is that of the key or dash that it belongs to. */
export function blockScalarAt(text: string, at: number, column: number): Scalar | undefined {
  header.lastIndex = at;
  const head = header.exec(text)?.[0];
  if (head === undefined) return undefined;
  const isFolded = head.startsWith('>');
  const first = at + head.length;
  const indent = indentAt(text, first);
  if (indent <= column) return undefined;
  const lines: string[] = [];
  let end = first;
  let blanks = 0;
  for (let start = first; start < text.length; ) {
    const stop = text.indexOf('\n', start);
    if (stop === -1) return undefined;
    if (stop === start) blanks++;
    else {
      const own = indentAt(text, start);
      if (own < indent) {
        // A line of blanks alone, or one whose indentation tells nothing.
        if (start + own === stop || own > column) return undefined;
        break;
      }
      if (start + own === stop) return undefined;
      if (isFolded && (own > indent || blanks > 0)) return undefined;
      for (; blanks > 0; blanks--) lines.push('');
      lines.push(text.slice(start + indent, stop));
      end = stop + 1;
    }
    start = stop + 1;
  }
  const source = text.slice(at, end);
  const content = text.slice(first, end);
  return {
    kind: 'scalar',
    value: lines.join(isFolded ? ' ' : '\n') + (head.includes('-') ? '' : '\n'),
    style: isFolded ? 'folded' : 'literal',
    span: { start: first + indent, end: first + content.trimEnd().length },
    outer: { start: at, end },
    source,
    damaged: false,
  };
}

function indentAt(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === 32) at++;
  return at - line;
}
