/** A set of named servers. */
export interface HostSet {
  /** How many servers. */
  readonly size: number;
  has(name: string): boolean;
  /** Every name, in the order written. */
  names(): Iterable<string>;
}

/** The most servers that one list may name: far above any fleet kept by hand, and quick to write out. */
const mostHosts = 200_000;

export interface HostsRead {
  readonly set: HostSet;
  /** A whole sentence on the first word that cannot be read; the others are in the set all the same. */
  readonly problem: string | undefined;
}

/** Reads words in node-set notation (SPEC §1): `billing-[01-12]`, `web[1-4,9],db1`, `[0-6/2]`; several brackets multiply. */
export function parseHosts(words: readonly string[]): HostsRead {
  const names = new Set<string>();
  let problem: string | undefined;
  for (const word of words) {
    for (const part of splitOutsideBrackets(word)) {
      const read = expand(part, mostHosts - names.size);
      if (typeof read === 'string') problem ??= read;
      else for (const name of read) names.add(name);
    }
  }
  return { set: setOf(names), problem };
}

/** The servers that are in both. */
export function intersection(a: HostSet, b: HostSet): HostSet {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  return small === large ? a : setOf(new Set([...small.names()].filter((name) => large.has(name))));
}

/** The servers of `a` that are not in `b`. */
export function difference(a: HostSet, b: HostSet): HostSet {
  return setOf(new Set([...a.names()].filter((name) => !b.has(name))));
}

/** The servers that are in one of the two, or in both. */
export function union(a: HostSet, b: HostSet): HostSet {
  return setOf(new Set([...a.names(), ...b.names()]));
}

function setOf(names: ReadonlySet<string>): HostSet {
  return { size: names.size, has: (name) => names.has(name), names: () => names };
}

/** Commas and spaces between words; a comma inside brackets belongs to them. */
function splitOutsideBrackets(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of text) {
    if (char === '[') depth += 1;
    if (char === ']') depth -= 1;
    if (depth <= 0 && (char === ',' || /\s/.test(char))) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  parts.push(part);
  return parts.filter((word) => word !== '');
}

/** The names that one word stands for, or a sentence on why it cannot be read. */
function expand(word: string, room: number): readonly string[] | string {
  let names: readonly string[] = [''];
  const pieces = word.split(/(\[[^[\]]*\])/);
  for (const piece of pieces) {
    const values = piece.startsWith('[') && piece.endsWith(']') ? expandBracket(piece.slice(1, -1), room) : [piece];
    if (values === undefined)
      return `\`${word}\` is not a list of hosts: write \`web-[01-12]\`, \`web[1-4,9]\` or \`web[0-6/2]\`.`;
    if (names.length * values.length > room)
      return `\`${word}\` names more than ${mostHosts} hosts, which is more than are read.`;
    names = names.flatMap((name) => values.map((value) => name + value));
  }
  if (/[[\]*?{}]/.test(pieces.filter((piece) => !piece.startsWith('[')).join(''))) {
    return `\`${word}\` is not a list of hosts: brackets hold numbers, and \`*\` and \`?\` are not known here.`;
  }
  return names;
}

/** `01-12`, `1-4,9`, `0-6/2`: the numbers, zero-padded as they are written; undefined where it is something else. */
function expandBracket(text: string, room: number): readonly string[] | undefined {
  const values: string[] = [];
  for (const part of text.split(',')) {
    const [, from, to = from, step = '1'] = /^\s*(\d{1,15})(?:\s*-\s*(\d{1,15})(?:\/(\d{1,9}))?)?\s*$/.exec(part) ?? [];
    if (from === undefined || to === undefined) return undefined;
    const width = from.startsWith('0') ? from.length : 0;
    const [first, last, by] = [Number(from), Number(to), Number(step)];
    if (by === 0 || last < first) return undefined;
    for (let value = first; value <= last && values.length <= room; value += by)
      values.push(`${value}`.padStart(width, '0'));
  }
  return values;
}
