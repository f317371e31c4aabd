import type { Seconds } from '../../model/leaf.ts';

/**
 * Where the servers of one cell are, at one moment, in one of the possible worlds. Immutable.
 * Servers that are unavailable from the start are in none of these: nothing touches them.
 */
export interface Status {
  readonly inService: number;
  readonly outs: readonly Out[];
  readonly warming: readonly Warming[];
}

/** Servers that the runbook took out. */
export interface Out {
  /** Ids of the steps that a `restore` can name them by, joined by line breaks; empty for none. */
  readonly origin: string;
  readonly count: number;
}

/** Servers that came back, or came new, and do not count yet. */
export interface Warming {
  /** When they count, in seconds since the runbook started. */
  readonly ready: Seconds;
  readonly count: number;
  /** They were out before, so that their zone has servers out until they are warm. */
  readonly returned: boolean;
}

const none: readonly never[] = [];

export function statusOf(inService: number): Status {
  return { inService, outs: none, warming: none };
}

/** Servers that count as out for their zone: out, or back and not warm yet. */
export function goneIn({ outs, warming }: Status): number {
  let sum = 0;
  for (const { count } of outs) sum += count;
  for (const { count, returned } of warming) if (returned) sum += count;
  return sum;
}

/** Servers in service go out. */
export function takeOut(status: Status, count: number, origin: string): Status {
  if (count === 0) return status;
  const { inService, outs, warming } = status;
  return { inService: inService - count, outs: withOut(outs, origin, count), warming };
}

/** Servers that are warming up go out. */
export function takeWarming(status: Status, at: number, count: number, origin: string): Status {
  if (count === 0) return status;
  const entry = status.warming[at];
  if (entry === undefined) return status;
  const warming =
    entry.count === count
      ? status.warming.toSpliced(at, 1)
      : status.warming.with(at, { ...entry, count: entry.count - count });
  return { ...status, warming, outs: withOut(status.outs, origin, count) };
}

/** Servers that are out come back; they count at `ready`, or at once where that is undefined. */
export function bringBack(status: Status, origin: string, count: number, ready: Seconds | undefined): Status {
  if (count === 0) return status;
  const { inService, warming } = status;
  const outs = withoutOut(status.outs, origin, count);
  if (ready === undefined) return { inService: inService + count, outs, warming };
  return { inService, outs, warming: withWarming(warming, { ready, count, returned: true }) };
}

/** Servers join that were not there, or were held by a restart. */
export function joined(status: Status, count: number, ready: Seconds | undefined, returned: boolean): Status {
  if (count === 0) return status;
  if (ready === undefined) return { ...status, inService: status.inService + count };
  return { ...status, warming: withWarming(status.warming, { ready, count, returned }) };
}

/** All servers of both. */
export function together(to: Status, { inService, outs, warming }: Status): Status {
  let all = joined(to, inService, undefined, true);
  for (const { origin, count } of outs) all = takeOut(joined(all, count, undefined, true), count, origin);
  for (const { ready, count, returned } of warming) all = joined(all, count, ready, returned);
  return all;
}

/** Whatever has warmed up by now is in service. */
export function settled(status: Status, now: Seconds): Status {
  if (status.warming.length === 0 || status.warming.every(({ ready }) => ready > now)) return status;
  let { inService } = status;
  const warming = status.warming.filter(({ ready, count }) => {
    if (ready > now) return true;
    inService += count;
    return false;
  });
  return { ...status, inService, warming };
}

/** Two statuses with the same key are the same from now on. */
export function keyOf({ inService, outs, warming }: Status, now: Seconds): string {
  let key = `${inService}`;
  for (const { origin, count } of outs) key += `o${count}${origin}`;
  for (const { ready, count, returned } of warming) key += `${returned ? 'r' : 'w'}${count}@${ready - now}`;
  return key;
}

function withOut(outs: readonly Out[], origin: string, count: number): readonly Out[] {
  const at = outs.findIndex((out) => out.origin === origin);
  const known = outs[at];
  if (known !== undefined) return outs.with(at, { origin, count: known.count + count });
  if (outs.length === 0) return [{ origin, count }];
  return [...outs, { origin, count }].sort((a, b) => (a.origin < b.origin ? -1 : 1));
}

function withoutOut(outs: readonly Out[], origin: string, count: number): readonly Out[] {
  const at = outs.findIndex((out) => out.origin === origin);
  const known = outs[at];
  if (known === undefined) return outs;
  if (known.count !== count) return outs.with(at, { origin, count: known.count - count });
  return outs.length === 1 ? none : outs.toSpliced(at, 1);
}

function withWarming(all: readonly Warming[], one: Warming): readonly Warming[] {
  const at = all.findIndex(({ ready, returned }) => ready === one.ready && returned === one.returned);
  const known = all[at];
  if (known !== undefined) return all.with(at, { ...known, count: known.count + one.count });
  return [...all, one].sort((a, b) => a.ready - b.ready || Number(a.returned) - Number(b.returned));
}
