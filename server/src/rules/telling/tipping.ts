import type { TargetTerm } from '../../commands/action.ts';
import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { Part } from '../../simulation/fleet/parts.ts';
import { resolveTarget } from '../../simulation/fleet/resolve.ts';
import type { ActionOutcome, Breach, RateBreach, ZonesBreach } from '../../simulation/outcome.ts';
import type { Span } from '../../syntax/span.ts';
import { figureOf } from './figure.ts';
import { placeOf } from './places.ts';

/** Where a breach stands; of hosts that are named one by one, on the first with which it is one too many. */
export function tippingPlace(outcome: ActionOutcome, breach: Breach, capacity: Capacity | undefined): Span {
  const { subsystem, zone, from, to, minimum } = breach;
  return placeAmong(outcome, capacity, (named, known) => {
    const units = unitsOf(named, known, subsystem, zone);
    // Where some were out before or are named twice, it is not known which of them count.
    return sumOf(units) === from.worst - to.worst ? firstBeyond(units, from.worst - minimum) : undefined;
  });
}

/** The same where too much goes within a window. */
export function tippingPlaceOfRate(outcome: ActionOutcome, breach: RateBreach, capacity: Capacity | undefined): Span {
  const { subsystem, least, most, rate } = breach;
  return placeAmong(outcome, capacity, (named, known) => {
    const units = unitsOf(named, known, subsystem, undefined);
    const hosts = sumOf(named.flatMap((parts) => parts.map(sizeOf)));
    const areKnown = least === most && outcome.count?.least === hosts && outcome.count.most === hosts;
    return areKnown ? firstBeyond(units, rate.limit - (most - sumOf(units))) : undefined;
  });
}

/** The same where servers are out in too many zones. */
export function tippingPlaceOfZones(outcome: ActionOutcome, breach: ZonesBreach, capacity: Capacity | undefined): Span {
  const { subsystem, least, most, allowed } = breach;
  return placeAmong(outcome, capacity, (named, known) => {
    // A server without a zone is a zone of its own, which is not followed here.
    if (least !== most || named.some((parts) => parts.some(({ group }) => group.zone === undefined))) return undefined;
    const seen = new Set<string>();
    const opened = named.map((parts) => {
      const before = seen.size;
      for (const { group } of parts) if (unitOf(group, known, subsystem) > 0) seen.add(group.zone ?? '');
      return seen.size - before;
    });
    return firstBeyond(opened, allowed - (most - seen.size));
  });
}

/** On one of the hosts that are named one by one, if there are such. */
function placeAmong(
  { action }: ActionOutcome,
  capacity: Capacity | undefined,
  which: (named: readonly (readonly Part[])[], capacity: Capacity) => number | undefined,
): Span {
  const place = placeOf(action);
  const hosts = action.target.terms.filter(({ role }) => role === 'hosts');
  if (capacity === undefined || hosts.length < 2 || place !== hosts[0]?.span || figureOf(action) !== undefined)
    return place;
  const others = action.target.terms.filter(({ role }) => role !== 'hosts');
  const partsOf = (term: TargetTerm) =>
    resolveTarget({ ...action.target, terms: [term, ...others] }, capacity, []).parts;
  return hosts[which(hosts.map(partsOf), capacity) ?? -1]?.span ?? place;
}

function unitsOf(
  named: readonly (readonly Part[])[],
  capacity: Capacity,
  subsystem: string,
  zone: string | undefined,
): readonly number[] {
  const units = (part: Part) =>
    zone === undefined || part.group.zone === zone ? sizeOf(part) * unitOf(part.group, capacity, subsystem) : 0;
  return named.map((parts) => sumOf(parts.map(units)));
}

function unitOf({ units }: Part['group'], { subsystemByName }: Capacity, subsystem: string): number {
  return units[subsystemByName.get(subsystem)?.index ?? -1] ?? 0;
}

function sizeOf({ group, hosts }: Part): number {
  return hosts?.size ?? group.size;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** The first with which more than `spare` are gone. */
function firstBeyond(numbers: readonly number[], spare: number): number {
  let left = spare;
  return numbers.findIndex((one) => {
    left -= one;
    return left < 0;
  });
}
