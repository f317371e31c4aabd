import { noSpaceAfterDash } from '../../syntax/mistakes.ts';
import { nearest } from '../nearest.ts';
import { propertyOf, resolve, type Schema, schemas, typesOf } from '../schemas.ts';
import { yamlOf } from './docs.ts';
import { dashWithoutSpace, howToMend, idAlone, inBrackets, writing } from './mends.ts';
import type { Mistake } from './mistake.ts';
import { isEmpty, spanOfHolder } from './place.ts';
import type { SchemaProblem } from './problem.ts';
import { valueSynonym } from './synonyms.ts';
import { unknownKey } from './unknown-key.ts';
import { gluedComment, meantValue } from './values.ts';
import { at, listed, nameOf, quoted, short, spelled } from './wording.ts';

/** The mistake in plain words; undefined where another one says it, or where the text is damaged and something else says so. */
export function problemOf(mistake: Mistake): SchemaProblem | undefined {
  const { error, place } = mistake;
  if (place.node?.kind === 'scalar' && place.node.damaged) return undefined;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(mistake);
    case 'required':
      return error.schemaPath !== undefined ? undefined : missingKey(mistake);
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

function missingKey(mistake: Mistake): SchemaProblem {
  const { error, place, schema, kind } = mistake;
  const key = String(error.params?.missingProperty);
  const property = resolve(schemas[kind], propertyOf(schema, key));
  const verb = place.path.at(-1);
  const message =
    key === 'count' && verb === 'remove'
      ? '`remove` does not say how many: add `count` (a number, a percent such as `10%`, or `all`), or name the `hosts`.'
      : `${nameOf(mistake)} has no \`${key}\`.${addition(key, property)}`;
  return { rule: 'schema', message, span: spanOfHolder(place), missing: true };
}

function missingPartner({ error, place, schema, kind, entry }: Mistake): SchemaProblem {
  const { property, missingProperty } = error.params ?? {};
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
