import type { Amount, MilliPercent, Seconds } from './leaf.ts';

/** The largest count that is read, in servers or units: sums of many groups stay exact. */
export const mostServers = 1_000_000_000;

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `15m`, `1h30m`, `1d`; undefined where it is no duration. At most about a thousand years. */
export function parseDuration(text: string): Seconds | undefined {
  if (!/^(?:\d{1,9}s|\d{1,8}m|\d{1,6}h|\d{1,5}d){1,4}$/.test(text)) return undefined;
  let sum = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = secondsIn[text[i] ?? ''];
    if (unit !== undefined) sum += Number(text.slice(digits, i)) * unit;
    if (unit !== undefined) digits = i + 1;
  }
  return sum;
}

/** A whole number ≥ 0 and at most `mostServers`; undefined where it is none. */
export function parseCount(text: string): number | undefined {
  if (!/^\d{1,100}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= mostServers ? value : undefined;
}

/** A whole number ≥ 1; undefined where it is none. */
export function parsePositive(text: string): number | undefined {
  const value = parseCount(text);
  return value === 0 ? undefined : value;
}

/** `7.5%` as 7 500; up to three decimals. Undefined where it is no percent. */
export function parsePercent(text: string): MilliPercent | undefined {
  const [, whole, decimals = ''] = /^(\d{1,6})(?:\.(\d{1,3}))?\s?%$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 1000 + Number(decimals.padEnd(3, '0'));
}

/** `8` or `75%`; undefined where it is neither. */
export function parseUnits(text: string): Amount | undefined {
  const percent = parsePercent(text);
  if (percent !== undefined) return { unit: 'percent', value: percent };
  const servers = parseCount(text);
  return servers === undefined ? undefined : { unit: 'servers', value: servers };
}

/** `4`, `10%` or `all`; undefined where it is none of them. */
export function parseAmount(text: string): Amount | undefined {
  return text === 'all' ? { unit: 'all' } : parseUnits(text);
}

/** An amount that is not nothing: `0` and `0%` at once would never come to an end. */
export function parseBatch(text: string): Amount | undefined {
  const amount = parseAmount(text);
  return amount !== undefined && amount.unit !== 'all' && amount.value === 0 ? undefined : amount;
}

const thousandthsInAll = 100_000n;

/** The part of `base`, rounded up to a whole number. Exact: no floats, whatever the size. */
export function percentRoundedUp(part: MilliPercent, base: number): number {
  return Number((BigInt(part) * BigInt(base) + thousandthsInAll - 1n) / thousandthsInAll);
}

/** The part of `base`, rounded down to a whole number. Exact: no floats, whatever the size. */
export function percentRoundedDown(part: MilliPercent, base: number): number {
  return Number((BigInt(part) * BigInt(base)) / thousandthsInAll);
}
