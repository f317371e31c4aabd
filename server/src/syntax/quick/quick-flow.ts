import type { Entry, Node, Scalar } from '../tree.ts';
import { quotedAt } from './quick-scalars.ts';

/** Words that mean nothing else, with single blanks between them. */
const word = /[A-Za-z0-9_./$<][A-Za-z0-9_./%$=+~<>-]*(?: [A-Za-z0-9_./$<][A-Za-z0-9_./%$=+~<>-]*)*/y;
const key = /[A-Za-z_][\w-]*: /y;
const deepest = 10;

/** Reads `{ … }` and `[ … ]` on one line, with words, quoted values and further braces and brackets in them. */
export class QuickFlow {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The collection that begins there; undefined where there is anything unusual in it. */
  read(start: number): Node | undefined {
    this.at = start;
    return this.collection(0);
  }

  private skip(): number {
    while (this.text.charCodeAt(this.at) === 32) this.at++;
    return this.text.charCodeAt(this.at);
  }

  private collection(depth: number): Node | undefined {
    if (depth > deepest) return undefined;
    const start = this.at;
    const isMapping = this.text[start] === '{';
    const close = isMapping ? 125 : 93;
    const entries: Entry[] = [];
    const items: Node[] = [];
    this.at++;
    for (let isFirst = true; ; isFirst = false) {
      const code = this.skip();
      if (code === close && isFirst) break;
      const found = isMapping ? this.entry(depth, entries) : this.item(depth, items);
      if (!found) return undefined;
      const next = this.skip();
      if (next === close) break;
      if (next !== 44) return undefined;
      this.at++;
    }
    this.at++;
    if (hasTwins(entries)) return undefined;
    const span = { start, end: this.at };
    return isMapping ? { kind: 'mapping', entries, flow: true, span } : { kind: 'sequence', items, flow: true, span };
  }

  private entry(depth: number, into: Entry[]): boolean {
    key.lastIndex = this.at;
    if (!key.test(this.text)) return false;
    const name = this.text.slice(this.at, key.lastIndex - 2);
    const start = this.at;
    this.at += name.length + 1;
    this.skip();
    const value = this.value(depth);
    if (value === undefined) return false;
    into.push({ key: plain(name, start), value, span: { start, end: value.span.end } });
    return true;
  }

  private item(depth: number, into: Node[]): boolean {
    const value = this.value(depth);
    // `[a: b]` is a mapping of one entry.
    if (value === undefined || this.text.charCodeAt(this.at) === 58) return false;
    into.push(value);
    return true;
  }

  private value(depth: number): Node | undefined {
    const char = this.text[this.at];
    if (char === '{' || char === '[') return this.collection(depth + 1);
    if (char === '"' || char === "'") {
      const found = quotedAt(this.text, this.at);
      if (found === undefined) return undefined;
      this.at = found.outer.end;
      return found;
    }
    word.lastIndex = this.at;
    if (!word.test(this.text)) return undefined;
    const start = this.at;
    this.at = word.lastIndex;
    return plain(this.text.slice(start, this.at), start);
  }
}

/** Whether a key stands there twice. */
export function hasTwins(entries: readonly Entry[]): boolean {
  if (entries.length > 16) return new Set(entries.map(({ key: { value } }) => value)).size < entries.length;
  for (let i = 1; i < entries.length; i++) {
    const name = entries[i]?.key.value;
    for (let j = 0; j < i; j++) if (entries[j]?.key.value === name) return true;
  }
  return false;
}

/** A plain value as it stands. */
export function plain(source: string, start: number): Scalar {
  const span = { start, end: start + source.length };
  return { kind: 'scalar', value: source, style: 'plain', span, outer: span, source, damaged: false };
}
