/** Words that one brace expansion may make; more are not written by hand. */
const mostBraceWords = 10_000;

/**
 * What bash makes of `{a,b}`, `{1..4}`, `{01..40}`, `{1..9..4}`, `{a..e}`; the text begins and ends with its braces.
 * Undefined where the text is no brace expansion, or one of more than `mostBraceWords` words.
 */
export function expandBraces(text: string, depth = 0): readonly string[] | undefined {
  if (depth > 20 || text.length < 2 || !text.startsWith('{') || !text.endsWith('}')) return undefined;
  const inner = text.slice(1, -1);
  const items = splitAtCommas(inner);
  if (items.length < 2) return sequence(inner);
  const words: string[] = [];
  for (const item of items) {
    for (const word of expandInside(item, depth + 1)) {
      if (words.push(word) > mostBraceWords) return undefined;
    }
  }
  return words;
}

function splitAtCommas(text: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    else if (char === ',' && depth === 0) {
      items.push(text.slice(from, at));
      from = at + 1;
    }
  }
  items.push(text.slice(from));
  return items;
}

/** An item of a list may hold further braces. */
function expandInside(item: string, depth: number): readonly string[] {
  const open = item.indexOf('{');
  if (open < 0) return [item];
  let level = 0;
  for (let at = open; at < item.length; at++) {
    if (item[at] === '{') level += 1;
    else if (item[at] === '}' && --level === 0) {
      const words = expandBraces(item.slice(open, at + 1), depth);
      if (words === undefined) return [item];
      const tails = expandInside(item.slice(at + 1), depth);
      if (words.length * tails.length > mostBraceWords) return [item];
      return words.flatMap((word) => tails.map((tail) => item.slice(0, open) + word + tail));
    }
  }
  return [item];
}

function sequence(text: string): readonly string[] | undefined {
  const numbers = /^(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?$/.exec(text);
  if (numbers !== null) {
    const [, from = '', to = '', step = '1'] = numbers;
    const padded = [from, to].some((end) => /^-?0\d/.test(end));
    return range(Number(from), Number(to), Number(step), padded ? Math.max(from.length, to.length) : 0);
  }
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d{1,9}))?$/.exec(text);
  if (letters === null) return undefined;
  const [, from = '', to = '', step = '1'] = letters;
  const codes = range(from.charCodeAt(0), to.charCodeAt(0), Number(step), 0);
  return codes?.map((code) => String.fromCharCode(Number(code)));
}

function range(from: number, to: number, step: number, width: number): readonly string[] | undefined {
  const by = Math.max(1, Math.abs(step));
  if (Math.abs(to - from) / by >= mostBraceWords) return undefined;
  const words: string[] = [];
  const sign = to >= from ? 1 : -1;
  for (let value = from; sign * (to - value) >= 0; value += sign * by) words.push(padded(value, width));
  return words;
}

/** A whole number with zeros before it, up to `width` characters, its sign counted. */
export function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
}
