import type { CST } from 'yaml';
import { grouped, mostAliased } from '../limits.ts';
import { everything, syntaxProblem } from '../mistakes.ts';
import { quoting } from '../quoting.ts';
import { asWritten } from '../scalars.ts';
import type { Entry, Mapping, Node } from '../tree.ts';
import type { Reading } from './reading.ts';

/** The node that an alias stands for; where there is none, the alias as it is written. */
export function resolveAlias(token: CST.FlowScalar, reading: Reading): Node {
  const end = token.offset + token.source.length;
  const name = token.source.slice(1);
  const written = asWritten(reading.text, token.offset, end);
  if (reading.open.has(name)) {
    const message = `\`*${name}\` stands inside the value that it means. Write the value out, or name another anchor.`;
    reading.found.push(syntaxProblem(message, token.offset, end));
    return written;
  }
  const node = reading.anchors.get(name) ?? reading.environment.get(name);
  if (node === undefined) {
    reading.missing.add(name);
    const replacement = quoting(written.source, written.outer, false);
    reading.found.push(syntaxProblem(noAnchor(name), token.offset, end, 'not at all', replacement));
    return written;
  }
  reading.aliased -= sizeOf(node, reading);
  if (reading.aliased >= 0) return node;
  reading.limit ??= {
    rule: 'limit-reached',
    message: `The aliases stand for more than ${grouped(mostAliased)} values. Nothing of this is read, and nothing with aliases below it; write the values out.`,
    span: { start: token.offset, end },
    misled: everything,
  };
  return written;
}

function noAnchor(name: string): string {
  const quoted = `Put the value in quotes if it is meant to start with \`*\``;
  if (!/^[\w-]+$/.test(name)) return `A value that starts with \`*\` has to be in quotes: write "*${name}".`;
  return `There is no anchor \`&${name}\` above this. ${quoted}: "*${name}".`;
}

/** How many values a node holds, itself and what its aliases stand for included. */
function sizeOf(node: Node, reading: Reading): number {
  if (node.kind === 'scalar') return 1;
  const known = reading.sizes.get(node);
  if (known !== undefined) return known;
  const inner = node.kind === 'sequence' ? node.items : node.entries.flatMap(({ value }) => value ?? []);
  const size = inner.reduce((sum, child) => sum + sizeOf(child, reading), 1);
  reading.sizes.set(node, size);
  return size;
}

/** The entries of a mapping with those that `<<` brings in; its own entries win over them, and earlier ones over later ones. */
export function merged(entries: readonly Entry[], reading: Reading): readonly Entry[] {
  if (!entries.some(isMerge)) return entries;
  const own = new Set(entries.map(({ key }) => key.value));
  return entries.flatMap((entry) => {
    if (!isMerge(entry)) return [entry];
    const sources = mergedMappings(entry.value);
    if (sources === undefined) {
      const message =
        '`<<` takes a mapping, or a list of mappings, mostly by an alias. Write one, or put the key in quotes.';
      reading.found.push(syntaxProblem(message, entry.key.span.start, entry.key.span.end));
      return [];
    }
    return sources.flatMap((source) =>
      source.entries.filter(({ key }) => {
        const isNew = !own.has(key.value);
        own.add(key.value);
        return isNew;
      }),
    );
  });
}

function isMerge({ key }: Entry): boolean {
  return key.value === '<<' && key.style === 'plain';
}

function mergedMappings(value: Node | undefined): readonly Mapping[] | undefined {
  if (value?.kind === 'mapping') return [value];
  if (value?.kind !== 'sequence') return undefined;
  const mappings = value.items.filter((item) => item.kind === 'mapping');
  return mappings.length === value.items.length ? mappings : undefined;
}
