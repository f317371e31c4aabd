import { noSpaceAfterDash } from '../../syntax/mistakes.ts';
import type { Entry, Scalar } from '../../syntax/tree.ts';
import type { SchemaError } from '../generated/validate.js';
import { type Nearest, nearest } from '../nearest.ts';
import { propertyOf, resolve, type Schema, type SchemaKind, schemaAt, schemas, typesOf } from '../schemas.ts';
import { yamlOf } from './docs.ts';
import { dashWithoutSpace, howToMend, idAlone, inBrackets, withoutColon, writing } from './mends.ts';
import { isEmpty, type Place, spanOfHolder, spanOfValue } from './place.ts';
import type { SchemaProblem } from './problem.ts';
import type { RightPlace } from './right-place.ts';
import { moreOfList } from './strays.ts';
import { valueSynonym } from './synonyms.ts';
import { takenForKey } from './taken-for-key.ts';
import { gluedComment, meantValue } from './values.ts';

/** A mistake that a validator found, with its place and what the schema says there. */
export interface Mistake {
  readonly kind: SchemaKind;
  readonly error: SchemaError;
  readonly place: Place;
  readonly schema: Schema;
  /** The entry whose key is at fault, where it is a key. */
  readonly entry: Entry | undefined;
  /** What an unknown key was meant for. */
  readonly meant: Nearest | undefined;
  /** Where an unknown key would be right. */
  readonly belongs: RightPlace | undefined;
}

/** The mistake in plain words; undefined where another one says it, or where the text is damaged and something else says so. */
export function problemOf(mistake: Mistake): SchemaProblem | undefined {
  const { error, place } = mistake;
  if (place.node?.kind === 'scalar' && place.node.damaged) return undefined;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(mistake);
    case 'required':
      return error.schemaPath.includes('/anyOf/') ? undefined : missingKey(mistake);
    case 'dependencies':
      return missingPartner(mistake);
    case 'anyOf':
      return idAlone(place) === undefined ? noneOf(mistake) : undefined;
    case 'minItems':
    case 'minProperties':
      return { ...at(place), message: `${nameOf(mistake)} is empty.${example(mistake.schema)}` };
    case 'type':
      return wrongType(mistake);
    case 'pattern':
      return wrongForm(mistake);
    case 'enum':
      return notAllowed(mistake);
    default:
      return undefined;
  }
}

function at(place: Place): Pick<SchemaProblem, 'rule' | 'span'> {
  return { rule: 'schema', span: spanOfValue(place) };
}

const mostListed = 12;

function unknownKey({ kind, place, schema, entry, meant, belongs }: Mistake): SchemaProblem | undefined {
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

/** A finding on a word with the spelling that mends it. */
function spelled(message: string, scalar: Scalar, meant: Nearest) {
  const { span } = scalar;
  const replacement = {
    title: `Did you mean \`${meant.name}\`?`,
    span,
    newText: meant.name,
    spelling: meant.certain,
  };
  return { rule: 'schema', message, span, replacement } as const;
}

function missingKey(mistake: Mistake): SchemaProblem {
  const { error, place, schema, kind } = mistake;
  const key = String(error.params.missingProperty);
  const property = resolve(schemas[kind], propertyOf(schema, key));
  const verb = place.path.at(-1);
  const message =
    key === 'count' && verb === 'remove'
      ? '`remove` does not say how many: add `count` (a number, a percent such as `10%`, or `all`), or name the `hosts`.'
      : `${nameOf(mistake)} has no \`${key}\`.${addition(key, property)}`;
  return { rule: 'schema', message, span: spanOfHolder(place), missing: true };
}

function missingPartner({ error, place, schema, kind, entry }: Mistake): SchemaProblem {
  const { property, missingProperty } = error.params;
  const [key, other] = [String(property), String(missingProperty)];
  const message = `\`${key}\` counts only together with \`${other}\`.${addition(other, resolve(schemas[kind], propertyOf(schema, other)))}`;
  return { rule: 'schema', message, span: entry?.key.span ?? spanOfHolder(place), missing: true };
}

function addition(key: string, property: Schema | undefined): string {
  const first = property?.examples?.[0];
  return first === undefined ? ' Add it.' : ` Add it, for example \`${key}: ${yamlOf(first)}\`.`;
}

function noneOf(mistake: Mistake): SchemaProblem {
  const keys = (mistake.schema.anyOf ?? []).flatMap((choice) => choice.required ?? []);
  const lack = keys.includes('zone') ? ' does not say which servers' : '';
  const size = keys.includes('count') ? ' does not say how many servers it has' : '';
  const message = `${nameOf(mistake)}${lack || size || ' is not complete'}: add ${listed(keys, 'or')}.`;
  return { rule: 'schema', message, span: spanOfHolder(mistake.place), missing: true };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'one value',
  object: 'a mapping of keys and values',
  array: 'a list',
};

function wrongType(mistake: Mistake): SchemaProblem | undefined {
  const { place, schema } = mistake;
  const types = new Set(typesOf(schema).map((type) => (type === 'array' || type === 'object' ? type : 'string')));
  const form = schema.patternErrorMessage?.replace(/^Must be |\.$/g, '');
  const names = [...types].map((type) => (type === 'string' ? form : undefined) ?? typeNames[type] ?? type);
  const must = `must be ${names.join(', or ')}`;
  if (isEmpty(place.node)) {
    const simple = types.size === 1 && types.has('string') && form === undefined;
    const message = simple ? `${nameOf(mistake)} has no value.` : `${nameOf(mistake)} has no value; it ${must}.`;
    return { ...at(place), message: message + example(schema), missing: true };
  }
  // What stands above them is no key, and has its own finding.
  if (place.node?.kind === 'mapping' && place.node.entries[0]?.key.value.startsWith('//')) return undefined;
  const dash = dashWithoutSpace(place.node);
  if (dash !== undefined && types.has('array')) {
    return {
      rule: 'schema',
      message: noSpaceAfterDash,
      span: dash,
      replacement: { title: 'Write a space after the dash', span: dash, newText: '- ', spelling: false },
    };
  }
  const replacement = inBrackets(mistake.kind, place, schema, types);
  if (replacement !== undefined) {
    return {
      ...at(place),
      message: `${nameOf(mistake)} must be a list; write \`${replacement.newText}\`.`,
      replacement,
    };
  }
  const found = place.node?.kind === 'scalar' ? `\`${short(place.node.value)}\`` : foundNames[place.node?.kind ?? ''];
  const message = `${nameOf(mistake)} ${must}, and ${found} is not.${howToMend(place, types) ?? example(schema)}`;
  return { ...at(place), message };
}

const foundNames: Readonly<Record<string, string>> = { mapping: 'a mapping', sequence: 'a list' };

function example(schema: Schema): string {
  const first = schema.examples?.[0];
  return first === undefined ? '' : ` An example: \`${yamlOf(first)}\`.`;
}

const tooLarge = /^0*[1-9]\d{9,}$/;
const tooFine = /^\d+\.\d{4,}\s?%$/;

function wrongForm(mistake: Mistake): SchemaProblem | undefined {
  const { place, schema } = mistake;
  if (place.node?.kind !== 'scalar') return undefined;
  const value = place.node.value;
  if (tooLarge.test(value)) {
    return { ...at(place), message: `${nameOf(mistake)} is larger than 1000000000, the most that is read.` };
  }
  if (tooFine.test(value) && schema.patternErrorMessage?.includes('percent'))
    return { ...at(place), message: `${nameOf(mistake)} may have three decimals at most; ${quoted(value)} has more.` };
  const comment = gluedComment(place.node.source, schema);
  if (comment !== undefined) {
    const message = `${nameOf(mistake)} cannot be ${quoted(value)}: a comment begins with a space and \`#\`. Write \`${short(comment)}\`.`;
    return { ...at(place), message };
  }
  const meant = meantValue(value, schema);
  if (meant !== undefined) {
    const message = `${nameOf(mistake)} cannot be ${quoted(value)}; write \`${meant}\`.`;
    return { ...at(place), message, replacement: writing(meant, place.node.span) };
  }
  const name = /^\$\{?(\w+)\}?$|^\{\{\s*(\w+)\s*\|/.exec(value)?.find((part, i) => i > 0 && part !== undefined);
  if (name !== undefined && mistake.kind === 'runbook') {
    const message = `${nameOf(mistake)} cannot be ${quoted(value)}; a parameter is written \`"{{ ${name} }}"\`.`;
    return { ...at(place), message };
  }
  const [holder, parameter] = place.path;
  const percent =
    holder === 'parameters' && value.endsWith('%')
      ? ` Write the \`%\` where it is used: \`"{{ ${parameter} }}%"\`.`
      : '';
  const form = schema.patternErrorMessage?.replace(/^Must be |\.$/g, '') ?? 'of another form';
  const missing = value === '' ? ({ missing: true } as const) : {};
  const not = form.includes(' or ') ? 'is none of these' : 'is not';
  return {
    ...at(place),
    ...missing,
    message: `${nameOf(mistake)} must be ${form}; ${quoted(value)} ${not}.${percent}`,
  };
}

function notAllowed(mistake: Mistake): SchemaProblem | undefined {
  const { place, schema } = mistake;
  if (place.node?.kind !== 'scalar') return undefined;
  const allowed = schema.enum ?? [];
  const said = `${nameOf(mistake)} cannot be ${quoted(place.node.value)}`;
  const meant = valueSynonym(place.node.value, allowed) ?? nearest(place.node.value, allowed);
  if (meant !== undefined) return spelled(`${said}; did you mean \`${meant.name}\`?`, place.node, meant);
  return { ...at(place), message: `${said}. It is one of ${listed(allowed, 'and')}.` };
}

const rootNames: Readonly<Record<SchemaKind, string>> = {
  runbook: 'a runbook',
  fleet: 'a fleet',
  commands: 'a commands file',
  config: 'the configuration',
};

/** The mapping that a key stands in: "a subsystem", "`remove`". */
function holder(kind: SchemaKind, place: Place, schema: Schema): string {
  if (place.path.length === 0) return rootNames[kind];
  if (schema.title === undefined) return `\`${short(place.owner?.key.value ?? '')}\``;
  const noun = schema.title.toLowerCase();
  return `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** The value at fault, at the beginning of a sentence: "The subsystem `billing`", "`count`", "This usage". */
function nameOf({ kind, place, schema }: Mistake): string {
  if (place.path.length === 0) return kind === 'runbook' || kind === 'fleet' ? `This ${kind}` : 'This file';
  if (place.entry === undefined) {
    if (schema.title !== undefined) return `This ${schema.title.toLowerCase()}`;
    return place.owner === undefined ? 'This item' : `An item of \`${short(place.owner.key.value)}\``;
  }
  const key = `\`${short(place.entry.key.value)}\``;
  const parent = schemaAt(kind, place.path.slice(0, -1));
  const free = parent?.properties === undefined || !Object.hasOwn(parent.properties, place.entry.key.value);
  return free && schema.title !== undefined ? `The ${schema.title.toLowerCase()} ${key}` : key;
}

function quoted(value: string): string {
  return value === '' ? 'an empty text' : `\`${short(value)}\``;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** "`a`, `b` or `c`". */
export function listed(names: readonly string[], word: 'and' | 'or'): string {
  const quotedNames = names.map((name) => `\`${name}\``);
  const last = quotedNames.pop() ?? '';
  return quotedNames.length === 0 ? last : `${quotedNames.join(', ')} ${word} ${last}`;
}
