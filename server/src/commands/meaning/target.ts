import type { Amount } from '../../model/leaf.ts';
import type { ActionTarget, Obstacle, Placed, TargetRole, TargetTerm } from '../action.ts';
import { hostPieces } from '../hosts-notation.ts';
import type { Match } from '../match/match.ts';
import type { Drawn } from '../shell/words/drawn.ts';
import { type Field, placeOf, unknownIn } from '../shell/words/field.ts';
import { hostIn, hostNamed } from './written-hosts.ts';

const targetRoles: ReadonlySet<string> = new Set([
  ...['subsystem', 'group', 'hosts', 'zone', 'selector', 'target', 'except', 'pod', 'local'],
]);

const hasHosts: ReadonlySet<string> = new Set(['hosts', 'target', 'except', 'pod', 'local']);

/** Whether a role says which servers. */
export function isTargetRole(role: string): role is TargetRole | 'pod' | 'local' {
  return targetRoles.has(role);
}

/** Which servers a command means. */
export interface CommandTarget {
  readonly target: ActionTarget;
  /** The names are only known as so many of those that something lists. */
  readonly drawn: Drawn | undefined;
  /** The word by which it cannot be told. */
  readonly obstacle: Obstacle | undefined;
}

/** Which servers a command means, or the word that is the obstacle. An empty value counts as absent. */
export function targetOf(match: Match): CommandTarget {
  const { usage, tool, strict } = match.usage;
  const terms: TargetTerm[] = [];
  let obstacle: Obstacle | undefined;
  let drawn: Drawn | undefined;
  const notation = usage.hostsNotation?.value ?? tool.hostsNotation?.value ?? 'nodeset';
  for (const { role, field: word } of match.bound) {
    if (!isTargetRole(role)) continue;
    const field = hasHosts.has(role) ? hostIn(word) : word;
    const { value } = field;
    if (value === undefined) {
      const gaps = field.pieces.filter(({ text }) => text === undefined);
      const own = gaps.length === 1 ? gaps[0]?.drawn : undefined;
      if (own === undefined || (drawn !== undefined && drawn !== own)) obstacle ??= unknownIn(field);
      else if (own.sifted !== undefined && own.most === undefined) obstacle ??= own.sifted;
      else if (drawn === undefined) {
        drawn = own;
        terms.push(...own.listing.terms);
      }
      continue;
    }
    if (value === '') continue;
    const add = (text: string, from: number, to: number) => {
      const name = mapped(text, usage.map) ?? mapped(text, tool.map) ?? hostNamed(text, tool.tool.value);
      const span = placeOf(field, from, to);
      const pod = role === 'pod';
      const workload = pod ? workloadOf(name, field, from) : undefined;
      const stem = pod ? /^(.+)-(?:0|[1-9]\d*)$/.exec(name)?.[1] : undefined;
      const oneOf = workload ?? (stem && { value: stem, span });
      const among = workload || role === 'local' ? 'target' : pod ? 'hosts' : role;
      terms.push({ role: among, text: name, span, strict, notation, ...(oneOf && { oneOf }) });
    };
    const pieces = hasHosts.has(role) ? hostPieces(value, notation) : namePieces(role, value);
    for (const { text, from, to } of pieces) add(text, from, to);
  }
  return { target: { terms, wholeFleet: terms.length === 0 }, drawn, obstacle };
}

/**
 * Names with commas between them are several, as the pairs of a selector are not.
 * `role,Values=web` is how a filter of AWS says the label `role=web`.
 */
function namePieces(role: string, value: string): ReturnType<typeof hostPieces> {
  if (role === 'selector') return [{ text: value.replace(',Values=', '='), from: 0, to: value.length }];
  return [...value.matchAll(/[^,]+/g)].map(({ 0: text, index }) => ({ text, from: index, to: index + text.length }));
}

/** What a word stands for; `<n>` in a map is any whole number: `<n>: osd.<n>`. */
function mapped(text: string, map: ReadonlyMap<string, string>): string | undefined {
  return map.get(text) ?? (/^\d+$/.test(text) ? map.get('<n>')?.replaceAll('<n>', text) : undefined);
}

/**
 * The workload in the name that its controller gives to a pod: `web` of `web-7d9f8b6c5-x2x4q` (a deployment's) and of
 * `web-x2x4q` (a daemon set's). Kubernetes makes such ends of digits and consonants; by hand they are written with any letters.
 */
function workloadOf(text: string, field: Field, from: number): Placed<string> | undefined {
  const at = text.lastIndexOf('/') + 1;
  const [, name] =
    /^(.+)-(?=[a-z]*\d)[a-z0-9]{6,10}-[a-z0-9]{5}$/.exec(text.slice(at)) ??
    /^(.+)-(?=[a-z]*\d)[b-df-hj-np-tv-xz2-9]{5}$/.exec(text.slice(at)) ??
    [];
  return name === undefined ? undefined : { value: name, span: placeOf(field, from + at, from + at + name.length) };
}

/** As many servers as pods are named; undefined where none of the names is one that a controller gives. */
export function podsOf(match: Match): { readonly amount?: Placed<Amount>; readonly obstacle?: Obstacle } | undefined {
  if (!match.usage.roles.has('pod')) return undefined;
  const { terms } = targetOf(match).target;
  const [first, ...more] = new Set(terms.flatMap(({ role, oneOf }) => (role === 'target' && oneOf?.value) || []));
  if (first === undefined) return undefined;
  const other = terms.find(({ role, oneOf }) => role !== 'target' || oneOf?.value !== first);
  if (other !== undefined || more.length > 0) {
    const span = other?.span ?? terms[0]?.span ?? { start: 0, end: 0 };
    return { obstacle: { span, why: 'it names pods of several workloads' } };
  }
  const count = new Set(terms.map(({ text }) => text)).size;
  const [term] = terms;
  return term && { amount: { value: { unit: 'servers', value: count }, span: term.span } };
}
