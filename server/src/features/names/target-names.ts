import type { Capacity } from '../../simulation/fleet/capacity.ts';
import type { Span } from '../../syntax/span.ts';
import { type NameKind, none, type Occurrence } from './occurrence.ts';

/** A word that means servers, and where it stands. */
interface TargetWord {
  readonly role: string;
  readonly text: string;
  readonly span: Span;
}

const everything = new Set(['all', '*', '']);

/**
 * The names in a word of a target, as its fleets resolve them: `type/name` by its last part, hosts and labels one by one.
 * `source` is the text that the span counts in; where it spells the word, each name has its own part of the span.
 */
export function targetNames(word: TargetWord, capacities: readonly Capacity[], source: string): readonly Occurrence[] {
  const { role, text, span } = word;
  if (everything.has(text)) return none;
  const spelled = source.slice(span.start, span.end) === text;
  const at = (kind: NameKind, name: string, from = 0, to = text.length): Occurrence => ({
    kind,
    name,
    written: text.slice(from, to),
    span: spelled ? { start: span.start + from, end: span.start + to } : span,
    declares: false,
  });
  switch (role) {
    case 'subsystem':
      return [at('subsystem', text)];
    case 'zone':
      return [at('zone', text)];
    case 'group':
      return [asGroup(text, capacities, at, 0) ?? at('group', text)];
    case 'hosts':
    case 'except':
      return hostParts(text).map(({ from, to }) => at('host', text.slice(from, to), from, to));
    case 'selector':
      return labelNames(text, at);
    default:
      return anyName(text, capacities, at);
  }
}

type At = (kind: NameKind, name: string, from?: number, to?: number) => Occurrence;

/** A group under its declared name; the implicit group of a subsystem is that subsystem. */
function asGroup(name: string, capacities: readonly Capacity[], at: At, from: number): Occurrence | undefined {
  for (const { groupByName } of capacities) {
    const group = groupByName.get(name);
    if (group !== undefined) return at(group.declared === undefined ? 'subsystem' : 'group', group.name, from);
  }
  return undefined;
}

/** Looked for as the simulation looks for it: groups, aliases, subsystems, hosts, zones (docs/commands.md). */
function anyName(text: string, capacities: readonly Capacity[], at: At): readonly Occurrence[] {
  const from = text.lastIndexOf('/') + 1;
  for (const start of new Set([0, from])) {
    const name = text.slice(start);
    const group = asGroup(name, capacities, at, start);
    if (group !== undefined) return [group];
    if (capacities.some(({ subsystemByName }) => subsystemByName.has(name))) return [at('subsystem', name, start)];
    if (capacities.some(({ zones }) => zones.includes(name))) return [at('zone', name, start)];
  }
  return hostParts(text).map((part) => at('host', text.slice(part.from, part.to), part.from, part.to));
}

/** `web[1-4,9],db1` is two words: commas in brackets part nothing. */
function hostParts(text: string): readonly { readonly from: number; readonly to: number }[] {
  const parts: { from: number; to: number }[] = [];
  for (const { 0: word, index } of text.matchAll(/(?:\[[^\]]*\]?|[^,[\s])+/g)) {
    parts.push({ from: index, to: index + word.length });
  }
  return parts;
}

function labelNames(text: string, at: At): readonly Occurrence[] {
  return [...text.matchAll(/([^=:,\s]+)\s*[=:]\s*([^,\s]+)/g)].flatMap(
    ({ 0: pair, 1: key = '', 2: value = '', index }) => {
      const valueAt = index + pair.length - value.length;
      return [
        at('labelKey', key, index, index + key.length),
        at('label', `${key}=${value}`, valueAt, valueAt + value.length),
      ];
    },
  );
}
