import { entryOf, type Node } from '../syntax/tree.ts';
import { type ParameterValues, parameterValues } from './parameters.ts';
import { parseCount } from './quantity.ts';
import { keyLeaf, leafOf, namedEntries, oneOrMore, reader, textLeaf, textLeaves } from './read-leaf.ts';
import type { Parameter, RunbookHead } from './runbook.ts';

/** Reads everything of a runbook but its steps. Never throws; what is malformed is left out. */
export function readHead(root: Node | undefined): RunbookHead {
  const parameters = readParameters(entryOf(root, 'parameters')?.value);
  const values = parameterValues({ ...nothing, parameters });
  const read = reader(values);
  const text = (key: string) => textLeaf(entryOf(root, key)?.value, read);
  return {
    title: text('runbook'),
    titleKey: entryOf(root, 'runbook')?.key.span,
    description: text('description'),
    fleets: oneOrMore(entryOf(root, 'fleet')?.value, read) ?? [],
    environment: text('environment'),
    window: readWindow(entryOf(root, 'window')?.value, values),
    parameters,
  };
}

const nothing: RunbookHead = {
  title: undefined,
  titleKey: undefined,
  description: undefined,
  fleets: [],
  environment: undefined,
  window: undefined,
  parameters: [],
};

function readWindow(node: Node | undefined, values: ParameterValues): RunbookHead['window'] {
  if (node?.kind !== 'mapping') return undefined;
  const read = reader(values);
  return {
    during: textLeaf(entryOf(node, 'during')?.value, read),
    timezone: textLeaf(entryOf(node, 'timezone')?.value, read),
    span: node.span,
  };
}

function readParameters(node: Node | undefined): readonly Parameter[] {
  const read = reader();
  return namedEntries(node, read).map(({ key, value }) => {
    const allowed = entryOf(value, 'enum')?.value;
    return {
      name: keyLeaf(key),
      description: textLeaf(entryOf(value, 'description')?.value, read),
      default: textLeaf(entryOf(value, 'default')?.value, read),
      minimum: leafOf(entryOf(value, 'minimum')?.value, read, parseCount),
      maximum: leafOf(entryOf(value, 'maximum')?.value, read, parseCount),
      allowed: allowed === undefined ? undefined : textLeaves(allowed, read),
    };
  });
}
