import type { Entry, Scalar } from '../../syntax/tree.ts';
import { type Schema, type SchemaKind, schemaAt } from '../schemas.ts';
import { idAlone, withoutColon, writing } from './mends.ts';
import type { Mistake } from './mistake.ts';
import type { Place } from './place.ts';
import type { SchemaProblem } from './problem.ts';
import { moreOfList } from './strays.ts';
import { takenForKey } from './taken-for-key.ts';
import { holder, listed, short, spelled } from './wording.ts';

const mostListed = 12;

/** Of a key that the schema does not know: what it was meant for, or where it belongs; undefined where something else says it. */
export function unknownKey({ kind, place, schema, entry, meant, belongs }: Mistake): SchemaProblem | undefined {
  if (entry === undefined || entry.key.damaged) return undefined;
  const key = `\`${short(entry.key.value)}\``;
  const text = takenForKey(entry) ?? idAlone(place);
  if (text !== undefined) return text;
  const inside = inItems(kind, place, schema, entry);
  if (inside !== undefined) return inside === 'said of it' ? undefined : inside;
  const isRule = kind === 'config' && place.path[0] === 'rules';
  const said = isRule ? `There is no rule ${key}` : `${key} is not a key of ${holder(kind, place, schema)}`;
  if (meant?.name === 'count' && /^percent/.test(entry.key.value)) return percentKey(said, entry);
  const cut = withoutColon(entry);
  if (meant !== undefined && cut?.key === meant.name) return colonMissing(entry.key, cut);
  if (meant !== undefined) return spelled(`${said}; did you mean \`${meant.name}\`?`, entry.key, meant);
  if (belongs !== undefined) {
    const { hint } = belongs;
    return hint === undefined ? undefined : { rule: 'schema', message: `${said}; ${hint}.`, span: entry.key.span };
  }
  const more = moreOfList(place, entry);
  if (more !== undefined) return more === 'said of it' ? undefined : more;
  const keys = Object.keys(schema.properties ?? {});
  const list = keys.length <= mostListed ? ` It may have ${listed(keys, 'and')}.` : '';
  return { rule: 'schema', message: `${said}.${list}`, span: entry.key.span };
}

/** The keys of a usage that stand beside their tool; the first of them tells of all. */
function inItems(kind: SchemaKind, { path, node }: Place, schema: Schema, entry: Entry) {
  if (schema.title !== 'Tool' || node?.kind !== 'mapping') return undefined;
  const keys = schemaAt(kind, [...path, 'usages', '[]'])?.properties ?? {};
  const isLost = ({ key: { value } }: Entry) =>
    Object.hasOwn(keys, value) && !Object.hasOwn(schema.properties ?? {}, value);
  const lost = node.entries.filter(isLost);
  if (!lost.includes(entry)) return undefined;
  if (lost[0] !== entry) return 'said of it';
  const names = listed(
    lost.map(({ key }) => key.value),
    'and',
  );
  const message = `${names} ${lost.length === 1 ? 'belongs' : 'belong'} in an item of \`usages\`, for example \`usages: [{ usage: remove <group>, effect: remove }]\`.`;
  return { rule: 'schema', message, span: entry.key.span } as const;
}

/** `percent: 10`, which is written `count: 10%`; with the key alone changed it would be ten servers. */
function percentKey(said: string, { key, value }: Entry): SchemaProblem {
  const figure = value?.kind === 'scalar' ? /^(\d+(?:\.\d+)?)\s*%?$/.exec(value.value)?.[1] : undefined;
  const newText = `count: ${figure ?? 10}%`;
  const problem = { rule: 'schema', message: `${said}; write \`${newText}\`.`, span: key.span } as const;
  if (figure === undefined || value?.kind !== 'scalar') return problem;
  return { ...problem, replacement: writing(newText, { start: key.outer.start, end: value.outer.end }) };
}

function colonMissing(
  { span }: Scalar,
  { key, value }: { readonly key: string; readonly value: string },
): SchemaProblem {
  const newText = `${key}: ${value}`;
  const message = `A colon is missing after \`${key}\`. Write \`${newText}\`.`;
  return { rule: 'schema', message, span, replacement: writing(newText, span) };
}
