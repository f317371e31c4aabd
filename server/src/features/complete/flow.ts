/** Letters, digits and what stands between them in a name. */
const word = '\\p{L}\\p{M}\\p{N}_.-';

/** The innermost braces or brackets around a cursor. */
export interface Flow {
  readonly isMapping: boolean;
  /** Keys from the line's own mapping to what stands in them, with `[]` for an item of a list. */
  readonly keys: readonly string[];
  /** Keys that stand in the mapping, before and behind the cursor; of a list the items before it. */
  readonly present: ReadonlySet<string>;
  /** What stands between the last comma and the cursor. */
  readonly item: string;
}

interface Level {
  readonly at: number;
  readonly isMapping: boolean;
  readonly keys: readonly string[];
  readonly present: Set<string>;
  /** Where its current item begins. */
  from: number;
}

/** The collection that is open at the end of a text, as long as the first that opens in it is open still. */
export function flowAt(before: string, after: string): Flow | undefined {
  const open: Level[] = [];
  scan(before, {
    open(at, isMapping) {
      const outer = open.at(-1);
      const key = keyBefore(before.slice(outer?.from ?? 0, at));
      const own = key === undefined ? [] : [key];
      const keys = [...(outer?.keys ?? []), ...own, ...(isMapping ? [] : ['[]'])];
      open.push({ at, isMapping, keys, present: new Set(), from: at + 1 });
    },
    close: () => void open.pop(),
    comma(at) {
      const level = open.at(-1);
      if (level === undefined) return;
      note(level.present, before.slice(level.from, at), level.isMapping);
      level.from = at + 1;
    },
  });
  const innermost = open.at(-1);
  if (innermost === undefined || open[0]?.at !== before.search(/[[{]/)) return undefined;
  const { isMapping, keys, present, from } = innermost;
  if (isMapping) noteBehind(present, after);
  return { isMapping, keys, present, item: before.slice(from) };
}

/** Notes the keys up to the brace that closes the mapping which the text begins in. */
function noteBehind(present: Set<string>, after: string): void {
  let depth = 0;
  let from = -1;
  const end = (at: number) => {
    if (depth === 0 && from >= 0) note(present, after.slice(from, at), true);
    if (depth === 0) from = at + 1;
  };
  scan(after, {
    open: () => void depth++,
    close(at) {
      end(at);
      if (depth === 0) from = after.length;
      depth -= 1;
    },
    comma: end,
  });
}

interface Seen {
  open(at: number, isMapping: boolean): void;
  close(at: number): void;
  comma(at: number): void;
}

const quotes = /"(?:[^"\\]|\\.)*"?|'[^']*'?/y;
const range = new RegExp(`(?<=[${word}])\\[[^\\]\\s"']*\\]?`, 'uy');
const parameter = /\{\{[^{}]*(?:\}\})?/y;

/** Goes through a text by its brackets and commas, past quotes, ranges of hosts and parameters. */
function scan(text: string, seen: Seen): void {
  let isBehindValue = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    const length = skipped(text, at, char, isBehindValue);
    if (length > 0) at += length - 1;
    else if (char === '{' || char === '[') seen.open(at, char === '{');
    else if (char === '}' || char === ']') seen.close(at);
    else if (char === ',') seen.comma(at);
    if (!/\s/.test(char)) isBehindValue = !/[[{,:]/.test(char) || length > 0;
  }
}

/** How much of the text at an offset is taken as it stands. */
function skipped(text: string, at: number, char: string, isBehindValue: boolean): number {
  const pattern =
    (char === '"' || char === "'") && !isBehindValue
      ? quotes
      : char === '['
        ? range
        : char === '{'
          ? parameter
          : undefined;
  if (pattern === undefined) return 0;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function note(present: Set<string>, item: string, isMapping: boolean): void {
  const [, key] = isMapping ? (keyOfItem.exec(item) ?? []) : (/^\s*["']?(.*?)["']?\s*$/s.exec(item) ?? []);
  if (key !== undefined) present.add(key);
}

const keyOfItem = new RegExp(`^\\s*["']?([${word}]+)["']?\\s*:(?=\\s|$)`, 'u');
const lastKey = new RegExp(`([${word}]+)["']?\\s*:\\s*$`, 'u');

function keyBefore(text: string): string | undefined {
  return lastKey.exec(text)?.[1];
}

/** The key of an item of a mapping and its value as far as it is typed; undefined where the key is typed still. */
export function entryIn(item: string): { readonly key: string; readonly value: string } | undefined {
  const [whole = '', key] = entryStart.exec(item) ?? [];
  return key === undefined ? undefined : { key, value: item.slice(whole.length) };
}

const entryStart = new RegExp(`^\\s*["']?([${word}]+)["']?\\s*:\\s*`, 'u');
