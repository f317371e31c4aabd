import { type Entry, entryOf, type Node } from '../syntax/tree.ts';
import { type ParameterValues, parameterValues } from './parameters.ts';
import { parseCount } from './quantity.ts';
import { keyLeaf, leafOf, namedEntries, oneOrMore, reader, textLeaf, textLeaves } from './read-leaf.ts';
import type { Parameter, RunbookHead } from './runbook.ts';
import { isEmpty } from './schema/place.ts';
import { schemaAt } from './schemas.ts';

/** Reads everything of a runbook but its steps. Never throws; what is malformed is left out. */
export function readHead(root: Node | undefined): RunbookHead {
  const declared = entryOf(root, 'parameters')?.value;
  const strange = root?.kind === 'mapping' && root.entries.some(isStrangeIn([]));
  const parameters = readParameters(declared);
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
    parametersAreRead: declared === undefined ? !strange : isEmpty(declared) || declared.kind === 'mapping',
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
  parametersAreRead: true,
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
  return namedEntries(node, reader()).map(({ key, value }) => {
    const read = reader();
    const allowed = entryOf(value, 'enum')?.value;
    const parameter = {
      name: keyLeaf(key),
      description: textLeaf(entryOf(value, 'description')?.value, read),
      default: textLeaf(entryOf(value, 'default')?.value, read),
      minimum: leafOf(entryOf(value, 'minimum')?.value, read, parseCount),
      maximum: leafOf(entryOf(value, 'maximum')?.value, read, parseCount),
      allowed: allowed === undefined ? undefined : textLeaves(allowed, read),
    };
    const isMapping = value === undefined || isEmpty(value) || value.kind === 'mapping';
    const strange = value?.kind === 'mapping' && value.entries.some(isStrangeIn(['parameters', '']));
    return { ...parameter, isRead: isMapping && !read.malformed && !strange };
  });
}

function isStrangeIn(path: readonly string[]): (entry: Entry) => boolean {
  const keys = schemaAt('runbook', path)?.properties ?? {};
  return ({ key }) => !Object.hasOwn(keys, key.value);
}
