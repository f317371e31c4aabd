import { type Entry, entryOf, type Mapping, type Node } from '../../syntax/tree.ts';
import { propertyOf, resolve, type Schema, type SchemaKind, schemaAt, schemas } from '../schemas.ts';
import { isEmpty } from './place.ts';
import type { SchemaProblem } from './problem.ts';
import { listed } from './wording.ts';

/** Keys that lost their indentation: they stand below an empty key that they belong in, where they are unknown or mean something else. */
export function layoutProblems(
  kind: SchemaKind,
  root: Node | undefined,
  path: readonly string[],
): readonly SchemaProblem[] {
  const schema = schemaAt(kind, path);
  if (root === undefined || schema === undefined || root.kind === 'scalar') return [];
  if (root.kind === 'sequence') return root.items.flatMap((item) => layoutProblems(kind, item, [...path, '[]']));
  const inner = root.entries.flatMap(({ key, value }) => layoutProblems(kind, value, [...path, key.value]));
  return [...slipped(kind, root, schema), ...inner];
}

function slipped(kind: SchemaKind, { entries, flow }: Mapping, schema: Schema): readonly SchemaProblem[] {
  if (flow) return [];
  return entries.flatMap((owner, i) => {
    const within = isEmpty(owner.value)
      ? resolve(schemas[kind], propertyOf(schema, owner.key.value))?.properties
      : undefined;
    if (within === undefined) return [];
    const lost = leading(
      entries.slice(i + 1),
      ({ key }) => Object.hasOwn(within, key.value) && !isKnown(schema, key.value),
    );
    const [first] = lost;
    const last = lost.at(-1);
    if (first === undefined || last === undefined) return [];
    const names = listed(
      lost.map(({ key }) => key.value),
      'and',
    );
    const message = `${names} ${lost.length === 1 ? 'belongs' : 'belong'} in \`${owner.key.value}\`. Indent ${lost.length === 1 ? 'it' : 'them'} further than \`${owner.key.value}:\`.`;
    const explains = { start: owner.span.start, end: last.span.end };
    return [{ rule: 'schema', message, span: first.key.span, explains }];
  });
}

function isKnown(schema: Schema, key: string): boolean {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, key);
}

function leading(entries: readonly Entry[], fits: (entry: Entry) => boolean): readonly Entry[] {
  const end = entries.findIndex((entry) => !fits(entry));
  return end === -1 ? entries : entries.slice(0, end);
}

/** The whole file is of another form than it has to be: a list, a text, or everything inside its title. */
export function rootProblem(kind: SchemaKind, root: Node): SchemaProblem | undefined {
  if (kind === 'commands') return toolsAlone(root);
  if (kind !== 'runbook' && kind !== 'fleet') return undefined;
  const body = kind === 'runbook' ? 'steps' : 'subsystems';
  if (root.kind !== 'mapping') {
    const what = root.kind === 'sequence' ? 'this list' : 'what is here';
    const message = `A ${kind} is a mapping of keys and values. Begin with \`${kind}:\` and its ${kind === 'runbook' ? 'title' : 'name'}, and put ${what} under \`${body}:\`.`;
    const end = root.kind === 'scalar' ? root.span.end : root.span.start + 1;
    return { rule: 'schema', message, span: { start: root.span.start, end } };
  }
  const title = root.entries.find(({ key }) => key.value === kind);
  if (title?.value?.kind !== 'mapping' || title.value.entries.length === 0) return undefined;
  const word = kind === 'runbook' ? 'title' : 'name';
  const keys = listed(
    title.value.entries.slice(0, 4).map(({ key }) => key.value),
    'and',
  );
  const message = `\`${kind}\` is the ${word} of the ${kind}, one line of text. ${keys} ${title.value.entries.length === 1 ? 'stands' : 'stand'} beside it, at the beginning of the line.`;
  return { rule: 'schema', message, span: title.key.span };
}

/** The tools of a commands file without the key that they belong under. */
function toolsAlone(root: Node): SchemaProblem | undefined {
  const isList = root.kind === 'sequence';
  const tool = entryOf(root, 'commands') === undefined ? entryOf(root, 'tool')?.key.span : undefined;
  const span = isList ? { start: root.span.start, end: root.span.start + 1 } : tool;
  const message =
    'A commands file is a list of tools under `commands:`. Put what is here under it, each tool with a dash.';
  return span && { rule: 'schema', message, span };
}
