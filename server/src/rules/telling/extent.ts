import type { Action } from '../../commands/action.ts';
import type { Span } from '../../syntax/span.ts';
import { figureOf } from './figure.ts';

/** The words that name the hosts, where no figure says how many of them go. */
export function extentOf(action: Action): Span | undefined {
  return figureOf(action) === undefined ? namedHosts(action) : undefined;
}

/** The words that name the hosts, or that a loop goes through. */
export function namedHosts(action: Action): Span | undefined {
  if (action.loop !== undefined) return action.loop;
  const hosts = action.target.terms.filter(({ role }) => role === 'hosts' || role === 'target');
  const [first] = hosts;
  if (first === undefined || hosts.length < action.target.terms.length) return undefined;
  return {
    start: Math.min(...hosts.map(({ span }) => span.start)),
    end: Math.max(...hosts.map(({ span }) => span.end)),
  };
}

/** Hosts as they are written, of which some can be written too. */
interface Extent {
  readonly size: number;
  /** The last number of a range; undefined where the names stand one by one. */
  readonly last: number | undefined;
  /** So many of them, after those that are left out. */
  part(from: number, count: number): string;
}

/** A range, or single names with spaces, commas or the dashes of a list between them; undefined where it is neither. */
export function readExtent(text: string): Extent | undefined {
  const [, before = '', open = '', low = '', dash = '', high = '', close = '', after = ''] =
    /^([^[\]{},\s]*)([[{])(\d+)(-|:|\.\.)(\d+)([\]}])([^[\]{},\s]*)$/.exec(text) ?? [];
  if (close === (dash === '..' ? '}' : ']') && open === (dash === '..' ? '{' : '[')) {
    const size = Number(high) - Number(low) + 1;
    const number = (index: number) => `${Number(low) + index}`.padStart(low.length, '0');
    const range = (from: number, count: number) =>
      count === 1 ? number(from) : `${open}${number(from)}${dash}${number(from + count - 1)}${close}`;
    return size > 1
      ? { size, last: Number(high), part: (from, count) => `${before}${range(from, count)}${after}` }
      : undefined;
  }
  const [, counting = '', first = '', last = ''] = /^(\$\(seq (?:-w )?)(\d+) (\d+)\)$/.exec(text) ?? [];
  if (counting !== '') {
    const width = counting.endsWith('-w ') || last.startsWith('0') ? last.length : 0;
    const number = (index: number) => `${Number(first) + index}`;
    const part = (from: number, count: number) =>
      `${counting}${from === 0 ? first : number(from)} ${number(from + count - 1).padStart(width, '0')})`;
    return { size: Number(last) - Number(first) + 1, last: Number(last), part };
  }
  const names = [...text.matchAll(/[^\s,\\]+/g)].filter(([word]) => word !== '-');
  if (names.length < 2 || !names.every(([name]) => /^[\w.:@/-]+$/.test(name))) return undefined;
  const startOf = (index: number) => names[index]?.index ?? 0;
  const endOf = (index: number) => startOf(index) + (names[index]?.[0].length ?? 0);
  return {
    size: names.length,
    last: undefined,
    part: (from, count) => text.slice(startOf(from), endOf(from + count - 1)),
  };
}
