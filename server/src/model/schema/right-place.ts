import { type Entry, entryOf, type Mapping, type Node } from '../../syntax/tree.ts';
import { propertyOf, resolve, type Schema, type SchemaKind, schemaAt, schemas } from '../schemas.ts';
import { yamlOf } from './docs.ts';
import { isEmpty, type Place } from './place.ts';

/** Where a key that is not known where it stands would be right. */
export interface RightPlace {
  /** The end of a sentence: "it belongs in `remove`". Undefined: another finding says so. */
  readonly hint: string | undefined;
  /** The entry that lacks the key. */
  readonly into?: Entry | undefined;
  /** The key of the list beside it that lacks an item with the key. */
  readonly list?: string | undefined;
}

/** Undefined where it would be right nowhere near. */
export function rightPlaceOf(kind: SchemaKind, place: Place, entry: Entry): RightPlace | undefined {
  const near = keysOf(kind).has(entry.key.value)
    ? (inRules(kind, place, entry) ??
      inGroup(kind, place, entry) ??
      inItem(kind, place, entry) ??
      around(kind, place, entry) ??
      beside(kind, place, entry))
    : undefined;
  return near ?? above(kind, place, entry);
}

const known = new Map<SchemaKind, ReadonlySet<string>>();

/** Every key that may stand anywhere in a file of the kind. */
function keysOf(kind: SchemaKind): ReadonlySet<string> {
  const keys = known.get(kind) ?? new Set(keysIn(schemas[kind]));
  known.set(kind, keys);
  return keys;
}

function keysIn({ properties = {}, definitions = {}, items, additionalProperties }: Schema): readonly string[] {
  const below = [...Object.values(properties), ...Object.values(definitions), items, additionalProperties];
  return [...Object.keys(properties), ...below.flatMap((one) => (typeof one === 'object' ? keysIn(one) : []))];
}

/** A rule of the configuration that stands beside `rules`, or where they are missing. */
function inRules(kind: SchemaKind, { path }: Place, { key }: Entry): RightPlace | undefined {
  if (kind !== 'config' || path.length > 0 || !has(schemaAt(kind, ['rules']), key.value)) return undefined;
  return { hint: 'it belongs in `rules`, indented below `rules:`' };
}

/** What is said of servers, in a subsystem that they serve. */
function inGroup(kind: SchemaKind, { path: [first, name, ...others] }: Place, { key }: Entry): RightPlace | undefined {
  const isSubsystem = kind === 'fleet' && first === 'subsystems' && name !== undefined && others.length === 0;
  if (!isSubsystem || !has(schemaAt(kind, ['groups', name]), key.value)) return undefined;
  return { hint: `it belongs to servers, in \`groups: { ${name}-1: { count: 12, serves: [${name}] } }\`` };
}

/** A key of an item of a list that may stand here: `remove` in a `repeat` belongs in its `steps`. */
function inItem(kind: SchemaKind, { path, node }: Place, { key }: Entry): RightPlace | undefined {
  const list = Object.entries(schemaAt(kind, path)?.properties ?? {}).find(
    ([name]) => has(schemaAt(kind, [...path, name, '[]']), key.value) && entryOf(node, name) === undefined,
  );
  if (list === undefined) return undefined;
  const [name, schema] = list;
  const example = resolve(schemas[kind], schema)?.examples?.[0];
  const written = example === undefined ? '' : `, for example \`${name}: ${yamlOf(example)}\``;
  return { hint: `it belongs in an item of \`${name}\`${written}`, list: name };
}

/** A key of the mapping that this one stands in. */
function around(kind: SchemaKind, { path, entry }: Place, { key }: Entry): RightPlace | undefined {
  if (entry === undefined || path.at(-1) === '[]' || !has(schemaAt(kind, path.slice(0, -1)), key.value))
    return undefined;
  return { hint: `it belongs beside \`${entry.key.value}\`, not in it` };
}

/** A key of a mapping that stands in this one. */
function beside(kind: SchemaKind, { path, node }: Place, { key }: Entry): RightPlace | undefined {
  const name = Object.keys(schemaAt(kind, path)?.properties ?? {}).find(
    (one) => one !== 'intent' && has(schemaAt(kind, [...path, one]), key.value) && entryOf(node, one) !== undefined,
  );
  const into = name === undefined ? undefined : entryOf(node, name);
  if (into === undefined) return undefined;
  // `repeat: 3` with its steps beside it is one mistake: that it is no mapping is said already.
  const isSaid = into.value?.kind === 'scalar' && !isEmpty(into.value);
  return { hint: isSaid ? undefined : `it belongs in \`${name}\``, into };
}

/** A line that lost its indentation: a key of what the lines above it end with. */
function above(kind: SchemaKind, { path, node }: Place, entry: Entry): RightPlace | undefined {
  if (node?.kind !== 'mapping' || node.flow) return undefined;
  const before = node.entries[node.entries.indexOf(entry) - 1];
  return before && inLast(kind, [...path, before.key.value], before, entry.key.value);
}

function inLast(kind: SchemaKind, path: readonly string[], owner: Entry, key: string): RightPlace | undefined {
  const { value } = owner;
  const schema = schemaAt(kind, path);
  if (schema === undefined) return undefined;
  if (lacks(kind, schema, value, key))
    return { hint: `it belongs in \`${owner.key.value}\`. Indent it further`, into: owner };
  if (value?.kind === 'sequence') {
    // The steps of a runbook are read one at a time, so that their list is empty here.
    const isStep = has(schemaAt(kind, [...path, '[]']), key);
    if (isStep)
      return { hint: `it belongs to the item of \`${owner.key.value}\` above. Indent it like the item's other keys` };
    return undefined;
  }
  const last = value?.kind === 'mapping' && !value.flow ? value.entries.at(-1) : undefined;
  return last && inLast(kind, [...path, last.key.value], last, key);
}

/** Whether the key may stand in the value, and does not. */
function lacks(kind: SchemaKind, schema: Schema, value: Node | undefined, key: string): boolean {
  if (isEmpty(value)) return resolve(schemas[kind], propertyOf(schema, key)) !== undefined;
  return isBlock(value) && has(schema, key) && entryOf(value, key) === undefined;
}

function isBlock(value: Node | undefined): value is Mapping {
  return value?.kind === 'mapping' && !value.flow;
}

function has(schema: Schema | undefined, key: string): boolean {
  return schema?.properties !== undefined && Object.hasOwn(schema.properties, key);
}
