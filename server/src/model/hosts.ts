import { type HostSet, hostSet, keyOf, mostDigits, type Numbers, type Range, shapeOf } from './host-set.ts';
import { mostServers } from './quantity.ts';

export { difference, fitting, folded, type HostSet, intersection, slice, union } from './host-set.ts';

/** The most ranges that one list may be made of: far above any list kept by hand, and quick to write out. */
const mostRanges = 100_000;

interface HostsRead {
  readonly set: HostSet;
  /** A whole sentence on the first word that cannot be read; the others are in the set all the same. */
  readonly problem: string | undefined;
}

/** Reads words in node-set notation (docs/fleet.md): `billing-[01-12]`, `web[1-4,9],db1`, `[0-6/2]`; several brackets multiply. */
export function parseHosts(words: readonly string[]): HostsRead {
  const gathered = new Map<string, { shape: Numbers['shape']; ranges: Range[] }>();
  let room = mostRanges;
  let problem: string | undefined;
  for (const word of words) {
    for (const part of splitOutsideBrackets(word)) {
      const found = expand(part, room);
      if (typeof found === 'string') {
        problem ??= found;
        continue;
      }
      room -= found.length;
      for (const { shape, range } of found) {
        const key = keyOf(shape);
        const known = gathered.get(key);
        if (known === undefined) gathered.set(key, { shape, ranges: [range] });
        else known.ranges.push(range);
      }
    }
  }
  return { set: hostSet(gathered.values()), problem };
}

/** Commas and spaces between words; a comma inside brackets or braces belongs to them. */
function splitOutsideBrackets(text: string): readonly string[] {
  if (!/[,\s]/.test(text)) return text === '' ? [] : [text];
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '[' || char === '{') depth += 1;
    if (char === ']' || char === '}') depth -= 1;
    if (depth <= 0 && (char === ',' || /\s/.test(char))) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  parts.push(part);
  return parts.filter((word) => word !== '');
}

interface Found {
  readonly shape: Numbers['shape'];
  readonly range: Range;
}

/** The names that one word stands for, or a sentence on why it cannot be read. */
function expand(word: string, room: number): readonly Found[] | string {
  const written = inBrackets(word);
  if (written !== undefined) return `\`${word}\` is not a list of hosts; write \`${written}\`.`;
  if (/[;|]/.test(word)) return `\`${word}\` is not a list of hosts: write commas between names.`;
  if (/[[\]*?{}]/.test(word.replace(/\[[^[\]]*\]/g, ''))) {
    return `\`${word}\` is not a list of hosts: brackets hold numbers, and \`*\` and \`?\` are not known here.`;
  }
  if (room <= 0) return tooMany(word);
  if (!word.includes('[')) {
    const { shape, number } = shapeOf(word);
    return [{ shape, range: { from: number, to: number } }];
  }
  const [, last = '', after = ''] = /(\d{1,15}|\[[^[\]]*\])([^\d[\]]*)$/.exec(word) ?? [];
  const front = word.slice(0, word.length - last.length - after.length);
  const numbers = numbersOf(last, room);
  const fronts = concrete(front.split(/(\[[^[\]]*\])/), room);
  if (numbers === undefined || fronts === undefined) {
    return `\`${word}\` is not a list of hosts: write \`web-[01-12]\`, \`web[1-4,9]\` or \`web[0-6/2]\`.`;
  }
  if (numbers.length * fronts.length > room || howMany(numbers) * fronts.length > mostServers) return tooMany(word);
  return fronts.flatMap((text) => numbers.map((number) => placed(text, number, after)));
}

/** `web{01..12}`, `web{1,2}`, `web[01:12]`, `web01..12`, `web01..web12` and `web01-web12` are ranges and lists elsewhere: how they are written here. */
function inBrackets(word: string): string | undefined {
  if (!/[[{]|\d(?:\.\.|-)/.test(word)) return undefined;
  const written = word
    .replace(/\{(\d+)\.\.(\d+)\}|\[(\d+)(?::|\.\.)(\d+)\]/g, '[$1$3-$2$4]')
    .replace(/\{(\d+(?:,\d+)+)\}/g, '[$1]')
    .replace(/^([^[\]]*?)(\d+)\.{2,3}(?:\1)?(\d+)$/, '$1[$2-$3]')
    .replace(/^([^[\]]*\D)(\d+)-\1(\d+)$/, '$1[$2-$3]');
  return written === word ? undefined : written;
}

/** A list that cannot be read, as it would be written here; undefined where it is not known how. */
export function hostsMeant(text: string): string | undefined {
  const written = splitOutsideBrackets(text)
    .map((word) => inBrackets(word) ?? word)
    .join(',');
  return parseHosts([written]).problem === undefined ? written : undefined;
}

function tooMany(word: string): string {
  return `\`${word}\` names more hosts than are read. Name fewer, or a group.`;
}

/** Digits right before the number belong to it, as far as it has room for them. */
function placed(front: string, { from, to, digits }: Counted, after: string): Found {
  const [led = ''] = digits < mostDigits ? (new RegExp(`\\d{1,${mostDigits - digits}}$`).exec(front) ?? []) : [];
  const base = Number(led) * 10 ** digits;
  const before = front.slice(0, front.length - led.length);
  return { shape: { before, digits: digits + led.length, after }, range: { from: base + from, to: base + to } };
}

/** Every text that the pieces stand for; undefined where a bracket cannot be read. Stops a little above `room`. */
function concrete(pieces: readonly string[], room: number): readonly string[] | undefined {
  let texts: readonly string[] = [''];
  for (const piece of pieces) {
    if (piece.startsWith('[')) {
      const numbers = numbersOf(piece, room);
      if (numbers === undefined) return undefined;
      if (texts.length * howMany(numbers) > room) return new Array<string>(room + 1).fill('');
      const values = numbers.flatMap(writtenOut);
      texts = texts.flatMap((text) => values.map((value) => text + value));
    } else if (piece !== '') texts = texts.map((text) => text + piece);
  }
  return texts;
}

function howMany(numbers: readonly Range[]): number {
  return numbers.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

function writtenOut({ from, to, digits }: Counted): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`.padStart(digits, '0'));
}

/** Numbers that are written with the same number of digits. */
interface Counted extends Range {
  readonly digits: number;
}

/** `[01-12]`, `[1-4,9]`, `[0-6/2]`, or digits alone; undefined where it is something else. Stops a little above `room`. */
function numbersOf(piece: string, room: number): readonly Counted[] | undefined {
  const parts = piece.startsWith('[') ? piece.slice(1, -1).split(',') : [piece];
  const numbers: Counted[] = [];
  for (const part of parts) {
    const [, from, to = from, step = '1'] = /^\s*(\d{1,15})(?:\s*-\s*(\d{1,15})(?:\/(\d{1,9}))?)?\s*$/.exec(part) ?? [];
    if (from === undefined || to === undefined) return undefined;
    const [first, last, by] = [Number(from), Number(to), Number(step)];
    if (by === 0 || last < first) return undefined;
    const width = from.startsWith('0') ? from.length : 1;
    for (let value = first; value <= last && numbers.length <= room; ) {
      const digits = Math.max(width, `${value}`.length);
      const end = by === 1 ? Math.min(last, 10 ** digits - 1) : value;
      numbers.push({ from: value, to: end, digits });
      value = end + by;
    }
  }
  return numbers;
}
