import type { Span } from '../syntax/span.ts';
import { entryOf, type Node } from '../syntax/tree.ts';
import type { ParameterUse } from './leaf.ts';
import type { ParameterValues } from './parameters.ts';
import { parseAmount, parseDuration } from './quantity.ts';
import { keyLeaf, leafOf, reader, textLeaf, usesIn } from './read-leaf.ts';
import type { Intent, Step, StepHead } from './runbook.ts';
import { parseFlag, readBody } from './step-body.ts';
import { isVerb, verbsOf } from './step-verbs.ts';
import { targetKeys } from './target.ts';

/**
 * Reads one step, with the parameters' values put in. Never throws.
 * A step that cannot be judged as it is written is `broken`; then the schema or the syntax has a finding on it.
 */
export function readStep(node: Node | undefined, values: ParameterValues): Step {
  const verbs = node?.kind === 'mapping' ? verbsOf(node) : [];
  const verb = verbs[0];
  const tried = verb !== undefined && isVerb(verb.key.value) ? verb.key.value : undefined;
  const head = readHeadOf(node, verb?.key.span, values);
  if (verb === undefined || tried === undefined || verbs.length > 1)
    return Object.assign(head, { kind: 'broken' as const, tried, target: undefined });
  const body = readBody(tried, verb.value, values, (inner) => readStep(inner, values));
  if ('target' in body && body.kind !== 'broken' && hasBodyKeys(node))
    return Object.assign(head, { kind: 'broken' as const, tried, target: body.target });
  if (body.kind !== 'restart' && body.kind !== 'replace') return Object.assign(head, body);
  return Object.assign(head, body, { takes: body.takes ?? head.takes });
}

/** Keys of what a verb says, which have slipped where they stand beside it: what they would narrow is not known. */
const bodyKeys: ReadonlySet<string> = new Set([...targetKeys, 'count', 'batch', 'pause', 'to', 'surge']);

function hasBodyKeys(node: Node | undefined): boolean {
  if (node?.kind !== 'mapping') return false;
  for (let i = 0; i < node.entries.length; i++) if (bodyKeys.has(node.entries[i]?.key.value ?? '')) return true;
  return false;
}

function readHeadOf(node: Node | undefined, verb: Span | undefined, values: ParameterValues): StepHead {
  const span = node?.span ?? { start: 0, end: 0 };
  const first = node?.kind === 'mapping' ? node.entries[0]?.key.span : undefined;
  const read = reader(values);
  const when = entryOf(node, 'when');
  return {
    key: verb ?? first ?? span,
    span,
    name: textLeaf(valueUnder(node, 'name'), read),
    id: textLeaf(valueUnder(node, 'id'), read),
    description: textLeaf(valueUnder(node, 'description'), read),
    takes: leafOf(valueUnder(node, 'takes'), read, parseDuration),
    permanent: leafOf(valueUnder(node, 'permanent'), read, parseFlag)?.value ?? false,
    // A condition that cannot be read is one.
    when: when && (textLeaf(when.value, read) ?? keyLeaf(when.key)),
    intent: readIntent(valueUnder(node, 'intent'), values),
    uses: usesOf(node),
  };
}

function valueUnder(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

function readIntent(node: Node | undefined, values: ParameterValues): Intent | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const read = reader(values);
  const text = (key: string) => textLeaf(entryOf(node, key)?.value, read);
  return {
    effect: text('effect'),
    subsystem: text('subsystem'),
    group: text('group'),
    count: leafOf(entryOf(node, 'count')?.value, read, parseAmount),
    span: node.span,
  };
}

/** Every parameter in the step's own values; the steps inside it have their own. */
function usesOf(step: Node | undefined): readonly ParameterUse[] {
  if (step?.kind !== 'mapping') return none;
  const uses: ParameterUse[] = [];
  for (let i = 0; i < step.entries.length; i++) {
    const entry = step.entries[i];
    gather(entry?.value, entry?.key.value ?? '', uses);
  }
  return uses.length === 0 ? none : uses;
}

const none: readonly ParameterUse[] = [];

function gather(node: Node | undefined, verb: string, uses: ParameterUse[]): void {
  if (node === undefined) return;
  if (node.kind === 'scalar') {
    if (node.value.includes('{{')) uses.push(...usesIn(node));
  } else if (node.kind === 'mapping') {
    for (let i = 0; i < node.entries.length; i++) {
      const entry = node.entries[i];
      if (verb !== 'repeat' || entry?.key.value !== 'steps') gather(entry?.value, '', uses);
    }
  } else if (verb !== 'parallel') {
    for (let i = 0; i < node.items.length; i++) gather(node.items[i], '', uses);
  }
}
