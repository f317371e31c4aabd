import type { NamePattern } from './name-pattern.ts';

/**
 * A set of named servers, kept as ranges of numbers, so that it costs what it takes to write it down and not what it holds.
 * Each name has one shape, and one number in it: its last digits.
 */
export interface HostSet {
  /** How many servers. */
  readonly size: number;
  has(name: string): boolean;
  /** Every name, one after the other; those that differ in their last number only stand together, in the order of the numbers. */
  names(): Iterable<string>;
  /** By the shape's key. */
  readonly shapes: ReadonlyMap<string, Numbers>;
}

/** Names that are alike but for a number; `digits` is 0 where the only name has no number. */
interface Shape {
  readonly before: string;
  /** How many digits the number is written with, zeros in front included. */
  readonly digits: number;
  readonly after: string;
}

/** Numbers from `from` to `to`, both included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The numbers of one shape: sorted, apart from one another. */
export interface Numbers {
  readonly shape: Shape;
  readonly ranges: readonly Range[];
}

/** As many digits as a number can hold exactly. */
export const mostDigits = 15;

/** One text for each shape, to look it up by. */
export function keyOf({ before, digits, after }: Shape): string {
  return `${before}\0${digits}\0${after}`;
}

/** The set of the numbers gathered for each shape, in any order and overlapping. */
export function hostSet(gathered: Iterable<Numbers>): HostSet {
  const shapes = new Map<string, Numbers>();
  let size = 0;
  for (const { shape, ranges } of gathered) {
    if (ranges.length === 0) continue;
    const apart = sortedApart(ranges);
    shapes.set(keyOf(shape), { shape, ranges: apart });
    for (const { from, to } of apart) size += to - from + 1;
  }
  return { size, shapes, has: (name) => has(shapes, name), names: () => namesOf(shapes) };
}

function sortedApart(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length === 1) return ranges;
  const apart: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last !== undefined && range.from <= last.to + 1) {
      apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else apart.push(range);
  }
  return apart;
}

/** The shape of a name and the number in it. */
export function shapeOf(name: string): { readonly shape: Shape; readonly number: number } {
  const [, digits = '', after = ''] = /(\d{1,15})(\D*)$/.exec(name) ?? [];
  if (digits === '') return { shape: { before: name, digits: 0, after: '' }, number: 0 };
  const before = name.slice(0, name.length - digits.length - after.length);
  return { shape: { before, digits: digits.length, after }, number: Number(digits) };
}

function has(shapes: HostSet['shapes'], name: string): boolean {
  const { shape, number } = shapeOf(name);
  const ranges = shapes.get(keyOf(shape))?.ranges ?? [];
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.from ?? Number.POSITIVE_INFINITY) <= number;
}

function* namesOf(shapes: HostSet['shapes']): Generator<string> {
  for (const { shape, ranges } of shapes.values()) {
    for (const { from, to } of ranges) {
      for (let number = from; number <= to; number += 1) {
        const written = shape.digits === 0 ? '' : `${number}`.padStart(shape.digits, '0');
        yield shape.before + written + shape.after;
      }
    }
  }
}

/** The set in node-set notation, a word for each shape: `web[01-04,09]`. */
export function folded(set: HostSet): readonly string[] {
  return [...set.shapes.values()].map(({ shape: { before, digits, after }, ranges }) => {
    if (digits === 0) return before + after;
    const number = (value: number) => `${value}`.padStart(digits, '0');
    const pieces = ranges.map(({ from, to }) => (from === to ? number(from) : `${number(from)}-${number(to)}`));
    const single = ranges.length === 1 && ranges[0]?.from === ranges[0]?.to;
    return `${before}${single ? pieces.join() : `[${pieces.join()}]`}${after}`;
  });
}

/** The servers that are in both. */
export function intersection(a: HostSet, b: HostSet): HostSet {
  const [few, many] = a.shapes.size <= b.shapes.size ? [a, b] : [b, a];
  const found: Numbers[] = [];
  for (const [key, { shape, ranges }] of few.shapes) {
    const both = common(ranges, many.shapes.get(key)?.ranges ?? noRanges);
    if (both.length > 0) found.push({ shape, ranges: both });
  }
  return found.length === 0 ? nobody : hostSet(found);
}

/** Most sets have nothing in common, and thousands of names may be looked up in every group of a fleet. */
const nobody = hostSet([]);
const noRanges: readonly Range[] = [];

function common(a: readonly Range[], b: readonly Range[]): readonly Range[] {
  const ranges: Range[] = [];
  let [i, j] = [0, 0];
  for (let [one, two] = [a[0], b[0]]; one !== undefined && two !== undefined; [one, two] = [a[i], b[j]]) {
    const from = Math.max(one.from, two.from);
    const to = Math.min(one.to, two.to);
    if (from <= to) ranges.push({ from, to });
    if (one.to < two.to) i += 1;
    else j += 1;
  }
  return ranges;
}

/** The servers of `a` that are not in `b`. */
export function difference(a: HostSet, b: HostSet): HostSet {
  return hostSet(
    [...a.shapes].map(([key, { shape, ranges }]) => ({
      shape,
      ranges: common(ranges, gaps(b.shapes.get(key)?.ranges ?? [])),
    })),
  );
}

/** All numbers that are in none of the ranges. */
function gaps(ranges: readonly Range[]): readonly Range[] {
  const between: Range[] = [];
  let from = 0;
  for (const range of ranges) {
    if (range.from > from) between.push({ from, to: range.from - 1 });
    from = range.to + 1;
  }
  return [...between, { from, to: Number.MAX_SAFE_INTEGER }];
}

/** The servers that are in one of the two, or in both. */
export function union(a: HostSet, b: HostSet): HostSet {
  const all = new Map(a.shapes);
  for (const [key, { shape, ranges }] of b.shapes) {
    all.set(key, { shape, ranges: [...(all.get(key)?.ranges ?? []), ...ranges] });
  }
  return hostSet(all.values());
}

/** The hosts at some positions, counted from 0, both ends included. */
export function slice(set: HostSet, from: number, to: number): HostSet {
  const kept: Numbers[] = [];
  let at = 0;
  for (const { shape, ranges } of set.shapes.values()) {
    const some: Range[] = [];
    for (const range of ranges) {
      const first = Math.max(range.from, range.from + from - at);
      const last = Math.min(range.to, range.from + to - at);
      if (first <= last) some.push({ from: first, to: last });
      at += range.to - range.from + 1;
    }
    kept.push({ shape, ranges: some });
  }
  return hostSet(kept);
}

/** The most names that a pattern is held against one by one. */
const mostNames = 50_000;

/** The hosts whose names fit; undefined where there are too many to look at. Names are written out only where they have to be. */
export function fitting(set: HostSet, { fits, prefix, prefixDecides }: NamePattern): HostSet | undefined {
  const kept: Numbers[] = [];
  let room = mostNames;
  for (const numbers of set.shapes.values()) {
    const { before } = numbers.shape;
    if (prefixDecides && before.startsWith(prefix)) kept.push(numbers);
    else if (before.startsWith(prefix) || prefix.startsWith(before)) {
      const { shape } = numbers;
      const some: Range[] = [];
      for (const name of hostSet([numbers]).names()) {
        room -= 1;
        if (room < 0) return undefined;
        const number = shape.digits === 0 ? 0 : Number(name.slice(before.length, before.length + shape.digits));
        if (fits(name)) some.push({ from: number, to: number });
      }
      kept.push({ shape, ranges: some });
    }
  }
  return hostSet(kept);
}
