import { areDifferentKinds } from '../../model/environment.ts';
import type { HostSet } from '../../model/hosts.ts';
import type { Capacity } from './capacity.ts';

/** Domains that are looked at; a fleet has a handful. */
const mostDomains = 20;

/**
 * The name under which the fleet has hosts that an operator writes without their domain, or with one that the fleet leaves out.
 * Undefined where it has none, or several of that short name. A domain that names another environment leads to other hosts.
 */
export function otherName(text: string, capacity: Capacity, has: (name: string) => boolean): string | undefined {
  const [, short = text, domain = ''] = /^((?:[^.,\s[\]]|\[[^[\]]*\])+)(\.[A-Za-z][\w.-]*)$/.exec(text) ?? [];
  if (domain === '' && /[.,\s]/.test(text)) return undefined;
  if (areDifferentKinds(domain, capacity.environment ?? 'production')) return undefined;
  const inFleet = domainsOf(capacity)
    .map((own) => short + own)
    .filter(has);
  if (domain === '') return inFleet.length === 1 ? inFleet[0] : undefined;
  return inFleet.length === 0 && has(short) ? short : undefined;
}

const known = new WeakMap<Capacity, readonly string[]>();

/** The domains of the fleet's hosts; where they are more than are looked at, the first of them. */
function domainsOf(capacity: Capacity): readonly string[] {
  const found = known.get(capacity);
  if (found !== undefined) return found;
  const domains = new Set<string>();
  for (const { hosts } of capacity.groups) {
    if (hosts === undefined) continue;
    for (const domain of domainsIn(hosts)) if (domains.size < mostDomains) domains.add(domain);
  }
  const list = [...domains];
  known.set(capacity, list);
  return list;
}

/** What stands behind the first dot of each name. */
function* domainsIn({ shapes }: HostSet): Generator<string> {
  for (const { shape, ranges } of shapes.values()) {
    const { before, digits, after } = shape;
    const dot = before.indexOf('.');
    if (dot < 0 && after.includes('.')) yield after.slice(after.indexOf('.'));
    if (dot < 0) continue;
    // The last number stands in the domain, `web1.dc2.example.com`.
    for (const { from, to } of ranges) {
      for (let number = from; number <= to && number < from + mostDomains; number++) {
        yield before.slice(dot) + (digits === 0 ? '' : `${number}`.padStart(digits, '0')) + after;
      }
    }
  }
}
