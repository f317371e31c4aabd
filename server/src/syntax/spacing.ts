import type { CST } from 'yaml';
import type { Props } from './build/built.ts';
import { flowText } from './flow-text.ts';
import { lex } from './lex.ts';
import { lineStart } from './line-start.ts';
import { maskText } from './masks.ts';
import type { Span } from './span.ts';

/** How the lines of a text would be spaced: each block two columns further in than what it stands under. */
export interface Spacing {
  /** Columns before the first character of a line, by the offset of that character. */
  readonly columns: ReadonlyMap<number, number>;
  /** Values of several lines: their lines behind the first move together. Blanks at the ends of the lines of a script are its own. */
  readonly moved: readonly MovedValue[];
  /** White space inside lines, and what would stand there. */
  readonly gaps: readonly { readonly span: Span; readonly newText: string }[];
}

export interface MovedValue extends Span {
  /** Columns to the right. */
  readonly by: number;
}

interface Walk {
  readonly text: string;
  readonly step: number;
  readonly columns: Map<number, number>;
  readonly moved: MovedValue[];
  readonly gaps: { span: Span; newText: string }[];
  /** Set where the text has a form that is left alone. */
  refused: boolean;
}

/** Works out the spacing of a text without mistakes and without a byte order mark; undefined where it has a form that is left alone. */
export function spacingOf(text: string, step: number): Spacing | undefined {
  const walk: Walk = { text, step, columns: new Map(), moved: [], gaps: [], refused: false };
  const { tokens } = lex(maskText(text), text);
  for (const token of tokens) {
    if (token.type === 'document') walkValue(token.value, token.start, 0, 0, walk);
  }
  return walk.refused ? undefined : walk;
}

/** A value whose holder stands at `column` and stood at `old`. */
function walkValue(token: CST.Token | null | undefined, props: Props, column: number, old: number, walk: Walk): void {
  spaceAround(props, token, walk);
  if (token === null || token === undefined) return;
  switch (token.type) {
    case 'block-map':
      walkMap(token, column, walk);
      return;
    case 'block-seq':
      walkSequence(token, column, walk);
      return;
    case 'block-scalar': {
      const header = token.props.at(-1);
      const start = header === undefined || !('source' in header) ? token.offset : header.offset + header.source.length;
      walk.moved.push({ start, end: start + token.source.length, by: column - old });
      return;
    }
    case 'flow-collection':
      walkFlow(token, column - old, walk);
      return;
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      if (/[\r\n]/.test(token.source)) {
        walk.moved.push({ start: token.offset, end: token.offset + token.source.length, by: column - old });
      }
      return;
    default:
      walk.refused = true;
  }
}

function walkMap({ items }: CST.BlockMap, column: number, walk: Walk): void {
  for (const { start, key, sep, value } of items) {
    if (start.some(({ type }) => type === 'explicit-key-ind')) walk.refused = true;
    if (key === undefined || key === null || !('source' in key) || sep === undefined) {
      if (key !== undefined || value !== undefined) walk.refused = true;
      continue;
    }
    const first = start.find(isContent)?.offset ?? key.offset;
    const old = columnOf(walk.text, first);
    mark(first, column, walk);
    const colon = sep.findIndex(({ type }) => type === 'map-value-ind');
    for (const token of sep.slice(0, Math.max(0, colon))) {
      if (token.type === 'space') walk.gaps.push({ span: spanOf(token), newText: '' });
    }
    walkValue(value, sep.slice(colon + 1), columnIn(value, column, old, walk), old, walk);
  }
}

/** A list may stand under its key at the same column, and then stays there. */
function columnIn(value: CST.Token | null | undefined, column: number, old: number, walk: Walk): number {
  if (value?.type === 'block-map') return column + walk.step;
  if (value?.type !== 'block-seq') return column;
  const dash = value.items[0]?.start.find(({ type }) => type === 'seq-item-ind');
  return dash !== undefined && columnOf(walk.text, dash.offset) === old ? column : column + walk.step;
}

function walkSequence({ items }: CST.BlockSequence, column: number, walk: Walk): void {
  for (const { start, value } of items) {
    const at = start.findIndex(({ type }) => type === 'seq-item-ind');
    const dash = start[at];
    if (dash === undefined) {
      if (value !== undefined) walk.refused = true;
      continue;
    }
    const old = columnOf(walk.text, dash.offset);
    mark(dash.offset, column, walk);
    const isBlock = value?.type === 'block-map' || value?.type === 'block-seq';
    walkValue(value, start.slice(at + 1), isBlock ? column + 2 : column, old, walk);
  }
}

function walkFlow(token: CST.FlowCollection, by: number, walk: Walk): void {
  const end = endOfFlow(token);
  const source = walk.text.slice(token.offset, end);
  if (/[\r\n]/.test(source)) {
    walk.moved.push({ start: token.offset, end, by });
    return;
  }
  const written = flowText(token, walk.text);
  if (written !== undefined && written !== source)
    walk.gaps.push({ span: { start: token.offset, end }, newText: written });
}

function endOfFlow({ end, offset }: CST.FlowCollection): number {
  const close = end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  return close === undefined ? offset + 1 : close.offset + close.source.length;
}

/** One blank between an indicator, an anchor or a tag and what follows it on its line. */
function spaceAround(props: Props, next: CST.Token | null | undefined, walk: Walk): void {
  for (const [i, token] of props.entries()) {
    if (token.type !== 'space') continue;
    const following = props[i + 1] ?? next;
    const follows =
      following !== null && following !== undefined && following.type !== 'newline' && following.type !== 'comment';
    const isLineStart = lineStart(walk.text, token.offset) === token.offset;
    if (follows && !isLineStart) walk.gaps.push({ span: spanOf(token), newText: ' ' });
  }
}

function isContent({ type }: CST.SourceToken): boolean {
  return type !== 'space' && type !== 'newline' && type !== 'comment';
}

function spanOf({ offset, source }: CST.SourceToken): Span {
  return { start: offset, end: offset + source.length };
}

/** Notes the column of a line that begins with what stands at the offset. */
function mark(offset: number, column: number, walk: Walk): void {
  const line = lineStart(walk.text, offset);
  if (walk.text.slice(line, offset).trim() === '') walk.columns.set(offset, column);
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
