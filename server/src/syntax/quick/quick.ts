import { emptyScalar } from '../scalars.ts';
import type { Comment, Entry, Node, Sequence } from '../tree.ts';
import { hasTwins, plain, QuickFlow } from './quick-flow.ts';
import { blockScalarAt, quotedAt } from './quick-scalars.ts';

/** What plain text says: a tree without mistakes, anchors and tags. */
interface Quick {
  readonly root: Node;
  readonly comments: readonly Comment[];
}

/**
 * Reads the YAML that nearly everybody writes, at a fraction of the library's cost: mappings and lists by indentation, plain and quoted values on one line,
 * blocks of text, and braces and brackets on one line.
 * Undefined for everything else and wherever there may be a mistake: then the library reads the text. Where it reads, both read the same.
 */
export function readQuick(text: string): Quick | undefined {
  if (strange.test(text)) return undefined;
  return new QuickReader(text).read();
}

/** Tabs, carriage returns, and characters that are masked, forbidden or longer than one unit. */
const strange = /[^\n\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFFD]/;
const keyForm = /[A-Za-z_][\w-]*:(?= |\n|$)/y;
/** A plain value on one line: nothing in it begins anything else. */
const plainForm = /[A-Za-z0-9_./~$^;<=+(\u00A1-\uFFFD](?:[^\n:# ]|:(?![ \n]|$)|(?<! )#| (?!#))*/y;
const deepest = 20;

/** Given up: not a mistake, but a case for the library. */
const stop = Symbol('stop');

class QuickReader {
  private readonly text: string;
  private readonly comments: Comment[] = [];
  /** The first character of the content of the current line, and its column; beyond the text where there is none. */
  private at = 0;
  private column = 0;
  private readonly flow: QuickFlow;

  constructor(text: string) {
    this.text = text;
    this.flow = new QuickFlow(text);
  }

  read(): Quick | undefined {
    try {
      this.toContent(0);
      if (this.at >= this.text.length || this.column > 64) return undefined;
      const root = this.block(0);
      return this.at < this.text.length ? undefined : { root, comments: this.comments };
    } catch (reason) {
      if (reason === stop) return undefined;
      throw reason;
    }
  }

  /** From the beginning of a line to the next content; comments on the way are kept. */
  private toContent(line: number): void {
    const { text } = this;
    for (let start = line; ; ) {
      let at = start;
      while (text.charCodeAt(at) === 32) at++;
      const code = text.charCodeAt(at);
      if (code !== 10 && code !== 35) {
        this.at = at;
        this.column = at - start;
        return;
      }
      const end = this.lineEnd(at);
      if (code === 35) this.comments.push({ text: text.slice(at, end), span: { start: at, end } });
      if (end >= text.length) {
        this.at = text.length;
        this.column = -1;
        return;
      }
      start = end + 1;
    }
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end;
  }

  private isDash(): boolean {
    return this.text.charCodeAt(this.at) === 45 && this.text.charCodeAt(this.at + 1) === 32;
  }

  /** The mapping or the list that begins here. */
  private block(depth: number): Node {
    if (depth > deepest) throw stop;
    return this.isDash() ? this.sequence(depth) : this.mapping(depth);
  }

  private sequence(depth: number): Sequence {
    const { at: start, column } = this;
    const items: Node[] = [];
    let end = start + 1;
    while (this.at < this.text.length && this.column === column && this.isDash()) {
      let content = this.at + 1;
      while (this.text.charCodeAt(content) === 32) content++;
      this.column += content - this.at;
      this.at = content;
      const item = this.isKey() ? this.mapping(depth + 1) : this.inline(column);
      items.push(item);
      end = Math.max(end, item.span.end);
    }
    if (this.column > column) throw stop;
    return { kind: 'sequence', items, flow: false, span: { start, end } };
  }

  private isKey(): boolean {
    keyForm.lastIndex = this.at;
    return keyForm.test(this.text);
  }

  private mapping(depth: number): Node {
    if (depth > deepest) throw stop;
    const { at: start, column } = this;
    const entries: Entry[] = [];
    let end = start;
    while (this.at < this.text.length && this.column === column) {
      if (!this.isKey()) throw stop;
      const name = this.text.slice(this.at, keyForm.lastIndex - 1);
      const key = plain(name, this.at);
      const value = this.value(this.at + name.length + 1, column, depth);
      const entryEnd = Math.max(value.span.end, key.span.end);
      entries.push({ key, value, span: { start: key.span.start, end: entryEnd } });
      end = Math.max(end, entryEnd);
    }
    if (this.column > column || hasTwins(entries)) throw stop;
    return { kind: 'mapping', entries, flow: false, span: { start, end } };
  }

  /** What stands behind the colon at `from`, on its line or on those below. */
  private value(from: number, column: number, depth: number): Node {
    let at = from;
    while (this.text.charCodeAt(at) === 32) at++;
    if (at < this.text.length && this.text.charCodeAt(at) !== 10) {
      this.at = at;
      return this.inline(column);
    }
    if (at > from) throw stop;
    this.toContent(at + 1);
    const isInside = this.column > column || (this.column === column && this.isDash());
    if (!isInside || this.at >= this.text.length) return emptyScalar(from);
    if (!this.isDash() && !this.isKey()) throw stop;
    return this.block(depth + 1);
  }

  /** A value on the rest of the line, or the block that it announces; then goes on to the next content. */
  private inline(column: number): Node {
    const { text, at } = this;
    const char = text[at];
    if (char === '|' || char === '>') {
      const found = blockScalarAt(text, at, column) ?? give();
      this.toContent(found.outer.end);
      return found;
    }
    if (char === '{' || char === '[') {
      const found = this.flow.read(at) ?? give();
      this.endLine(found.span.end, column);
      return found;
    }
    if (char === '"' || char === "'") {
      const found = quotedAt(text, at) ?? give();
      this.endLine(found.outer.end, column);
      return found;
    }
    plainForm.lastIndex = at;
    if (!plainForm.test(text)) throw stop;
    const source = text.slice(at, plainForm.lastIndex).trimEnd();
    this.endLine(at + source.length, column);
    return plain(source, at);
  }

  /** Nothing may follow on the line, and nothing on the next that would belong to the value. */
  private endLine(from: number, column: number): void {
    let at = from;
    while (this.text.charCodeAt(at) === 32) at++;
    if (at < this.text.length && this.text.charCodeAt(at) !== 10) throw stop;
    if (at >= this.text.length) {
      this.at = this.text.length;
      this.column = -1;
      return;
    }
    this.toContent(at + 1);
    if (this.column > column) throw stop;
  }
}

function give(): never {
  throw stop;
}
