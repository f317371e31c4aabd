import type { Span } from '../../syntax/span.ts';
import type { Mapping, Node } from '../../syntax/tree.ts';
import { commands, config, fleet, runbook, type SchemaError, step, type Validator } from '../generated/validate.js';
import { nearest } from '../nearest.ts';
import { parametersIn } from '../parameters.ts';
import { type Schema, type SchemaKind, schemaAt, typesOf } from '../schemas.ts';
import { isVerb, stepVerbs, verbsOf } from '../step-verbs.ts';
import { boundsProblems } from './bounds-check.ts';
import { yamlOf } from './docs.ts';
import { hostsProblems, hostsProblemsIn } from './hosts-check.ts';
import { hoursProblems } from './hours-check.ts';
import { joinedLines } from './joined-lines.ts';
import { layoutProblems, rootProblem } from './layout.ts';
import { withoutColon, writing } from './mends.ts';
import { problemOf } from './messages.ts';
import type { Mistake } from './mistake.ts';
import { entryIndex, isEmpty, placeFinder } from './place.ts';
import type { SchemaProblem } from './problem.ts';
import { type RightPlace, rightPlaceOf } from './right-place.ts';
import { moreOfList } from './strays.ts';
import { synonym } from './synonyms.ts';
import { listed } from './wording.ts';

export type { SchemaProblem } from './problem.ts';

/** What a tree is checked as: a whole file (of a runbook everything but the steps), or one step. */
export type CheckedKind = SchemaKind | 'step';

const validators: Readonly<Record<CheckedKind, Validator>> = { runbook, step, fleet, commands, config };

/**
 * Mistakes in the form of a file or a step, one finding each, in the order of their places.
 * Never throws; a value that is damaged or holds a parameter is not held against its form.
 */
export function checkSchema(kind: CheckedKind, node: Node | undefined): readonly SchemaProblem[] {
  if (kind === 'step') return checkStep(node);
  if (node === undefined) return [emptyFile(kind)];
  const whole = rootProblem(kind, node);
  if (whole !== undefined) return [whole];
  const beyond = [hostsProblems, hoursProblems, boundsProblems].flatMap((problemsIn) => problemsIn(kind, node));
  return onePlaceOnce([...validate(kind, node), ...beyond]);
}

function emptyFile(kind: SchemaKind): SchemaProblem {
  const starts = { runbook: 'runbook: …', fleet: 'fleet: …', commands: 'commands:', config: 'rules:' };
  const message = `This file is empty. Begin with \`${starts[kind]}\`.`;
  return { rule: 'schema', message, span: { start: 0, end: 0 } };
}

function validate(kind: CheckedKind, node: Node): readonly SchemaProblem[] {
  const validator = validators[kind];
  if (validator(plainValue(node))) return none;
  const mistakes = mistakesIn(kind, node, validator.errors ?? []);
  const instead = keysInstead(mistakes);
  const found = mistakes
    .filter(
      (mistake) =>
        !holdsParameter(mistake) && !(isLack(mistake) && instead(mistake).some((key) => standsFor(key, mistake))),
    )
    .flatMap((mistake) => problemOf(mistake) ?? []);
  const layout = kind === 'step' ? layoutProblems('runbook', node, ['steps', '[]']) : layoutProblems(kind, node, []);
  return layout.length === 0 ? found : [...layout, ...notExplained(found, layout)];
}

/** The mistakes that do not only follow from one of the others. */
export function notExplained<Problem extends { readonly span: Span }>(
  found: readonly Problem[],
  by: readonly SchemaProblem[],
): readonly Problem[] {
  const follows = ({ span: { start } }: Problem) =>
    by.some(({ explains }) => explains !== undefined && explains.start <= start && start < explains.end);
  return found.filter((one) => !follows(one));
}

function mistakesIn(kind: CheckedKind, root: Node, errors: readonly SchemaError[]): readonly Mistake[] {
  const schemaKind = kind === 'step' ? 'runbook' : kind;
  const above = kind === 'step' ? ['steps', '[]'] : [];
  const entriesOf = entryIndex();
  const find = placeFinder(root, entriesOf);
  const free = new Map<Node, readonly string[]>();
  const mistakes = errors.flatMap((error): readonly Mistake[] => {
    const found = find(error.instancePath);
    const place = above.length === 0 ? found : { ...found, path: [...above, ...found.path] };
    const schema = schemaAt(schemaKind, place.path);
    if (schema === undefined) return [];
    const key = error.params?.additionalProperty ?? error.params?.property;
    const entry = place.node?.kind === 'mapping' ? entriesOf(place.node).get(String(key)) : undefined;
    if (error.keyword !== 'additionalProperties' || place.node?.kind !== 'mapping') {
      return [{ kind: schemaKind, error, place, schema, entry, meant: undefined, belongs: undefined }];
    }
    const taken = entriesOf(place.node);
    // A step that has a verb is in want of no other.
    const isDone = kind === 'step' && place.node === root && stepVerbs.some((verb) => taken.has(verb));
    const mayBeMeant = (name: string) => !taken.has(name) && !(isDone && isVerb(name));
    const keys = free.get(place.node) ?? Object.keys(schema.properties ?? {}).filter(mayBeMeant);
    free.set(place.node, keys);
    // `if` is one slip of the key from `id`, and means `when`.
    const cut = withoutColon(entry)?.key ?? '';
    const whole = keys.includes(cut) ? { name: cut, certain: false } : undefined;
    // `tags: [a]` is a list, and so no `takes`.
    const isList = entry?.value?.kind === 'sequence';
    const takesList = (name: string) => typesOf(schemaAt(schemaKind, [...place.path, name]) ?? {}).includes('array');
    const ofKind = isList ? keys.filter(takesList) : keys;
    // What a runbook is called is said already.
    const others = taken.has('runbook') ? keys.filter((name) => name !== 'fleet') : keys;
    const meant = whole ?? synonym(String(key), entry?.value, others) ?? nearest(String(key), ofKind);
    const belongs = meant || !entry ? undefined : rightPlaceOf(schemaKind, place, entry);
    return [{ kind: schemaKind, error, place, schema, entry, meant, belongs }];
  });
  return withoutTwins(mistakes);
}

/** Where two keys of a mapping are meant for the same one, neither may be put in unseen. */
function withoutTwins(mistakes: readonly Mistake[]): readonly Mistake[] {
  const times = new Map<string, number>();
  const nameOf = ({ error, meant }: Mistake) => (meant ? `${error.instancePath} ${meant.name}` : '');
  for (const mistake of mistakes) times.set(nameOf(mistake), (times.get(nameOf(mistake)) ?? 0) + 1);
  return mistakes.map((mistake) =>
    mistake.meant !== undefined && (times.get(nameOf(mistake)) ?? 0) > 1
      ? { ...mistake, meant: { ...mistake.meant, certain: false } }
      : mistake,
  );
}

/** A value with a parameter in it may take any form once the parameter has a value. */
function holdsParameter({ kind, error, place }: Mistake): boolean {
  if (kind !== 'runbook' || (error.keyword !== 'pattern' && error.keyword !== 'enum')) return false;
  return place.node?.kind === 'scalar' && parametersIn(place.node.value).length > 0;
}

/** Unknown keys that may stand for what a mapping lacks: those in it, and those that belong in it. */
function keysInstead(mistakes: readonly Mistake[]): (lack: Mistake) => readonly Mistake[] {
  const byPlace = new Map<unknown, Mistake[]>();
  for (const mistake of mistakes) {
    const { error, belongs } = mistake;
    if (error.keyword !== 'additionalProperties') continue;
    const place = belongs?.into ?? error.instancePath;
    const there = byPlace.get(place);
    if (there === undefined) byPlace.set(place, [mistake]);
    else there.push(mistake);
  }
  return ({ error, place }) => [...(byPlace.get(error.instancePath) ?? []), ...(byPlace.get(place.entry) ?? [])];
}

/** A key that has to be there is not, or all of a mapping is not. */
function isLack({ error, schema, place }: Mistake): boolean {
  return missingKeys(error, schema).length > 0 || (error.keyword === 'type' && isEmpty(place.node));
}

/** A key is missing because it is there, with a slip in it, in other words or at another place; that one is told. */
function standsFor({ error, entry, meant, belongs, place }: Mistake, lack: Mistake): boolean {
  const missing = missingKeys(lack.error, lack.schema);
  const isHere = error.instancePath === lack.error.instancePath;
  if (missing.length === 0) {
    // What slipped out of a mapping has left it empty.
    return isIn(belongs, lack);
  }
  if (meant !== undefined) {
    // Named hosts need no count, and a percent stands where the servers should.
    const instead = missing.includes('count') ? ['hosts'] : missing.includes('hosts') ? ['count'] : [];
    return isHere && [...missing, ...instead].includes(meant.name);
  }
  if (belongs !== undefined) {
    return isHere
      ? belongs.list !== undefined && missing.includes(belongs.list)
      : isIn(belongs, lack) && missing.includes(entry?.key.value ?? '');
  }
  return isHere && entry !== undefined && !isEmpty(entry.value) && moreOfList(place, entry) === undefined;
}

function isIn(belongs: RightPlace | undefined, { place }: Mistake): boolean {
  return belongs?.into !== undefined && belongs.into === place.entry;
}

function missingKeys({ keyword, params }: SchemaError, schema: Schema): readonly string[] {
  if (keyword === 'anyOf') return schema.anyOf?.flatMap((choice) => choice.required ?? []) ?? [];
  return keyword === 'required' || keyword === 'dependencies' ? [String(params?.missingProperty)] : [];
}

function checkStep(node: Node | undefined): readonly SchemaProblem[] {
  if (node?.kind === 'scalar' && node.damaged) return none;
  if (node === undefined || node.kind !== 'mapping') return [noStep(node)];
  const verbs = verbsOf(node);
  const found = verbs.length > 0 ? validate('step', node) : withoutStrays(validate('step', node), node);
  const hosts = [...hostsProblemsIn(verbs), ...joinedLines(verbs)];
  const inner = verbs.flatMap((verb) => innerSteps(verb.key.value, verb.value).flatMap(checkStep));
  const which = verbs.length === 1 ? none : wrongVerbs(node, verbs, found);
  if (found.length + hosts.length + inner.length + which.length === 0) return none;
  return onePlaceOnce([...which, ...found, ...hosts, ...inner]);
}

/** The steps in the value of `parallel` or `repeat`. */
function innerSteps(verb: string, value: Node | undefined): readonly Node[] {
  const list = verb === 'parallel' ? value : verb === 'repeat' ? stepsOf(value) : undefined;
  return list?.kind === 'sequence' ? list.items : noNodes;
}

function stepsOf(repeat: Node | undefined): Node | undefined {
  return repeat?.kind === 'mapping' ? repeat.entries.find((entry) => entry.key.value === 'steps')?.value : undefined;
}

const oneOfThem = `A step is exactly one of ${listed(stepVerbs, 'or')}`;

function noStep(node: Node | undefined): SchemaProblem {
  const span = node?.span ?? { start: 0, end: 0 };
  if (node === undefined || isEmpty(node))
    return { rule: 'schema', message: `This step is empty. ${oneOfThem}.`, span };
  const [, verb, value] = (node.kind === 'scalar' && /^([a-z]+)\s*[:=\uff1a]?\s*(\S.*)?$/s.exec(node.value)) || [];
  if (verb !== undefined && isVerb(verb)) return noColon(verb, value, span);
  const message = `${oneOfThem}, each with a colon and its value, for example \`wait: 10m\`; this is none.`;
  return { rule: 'schema', message, span };
}

function noColon(verb: string, value: string | undefined, span: SchemaProblem['span']): SchemaProblem {
  const newText = `${verb}: ${value ?? ''}`;
  const schema = schemaAt('runbook', ['steps', '[]', verb]) ?? {};
  const isText = typesOf(schema).includes('string');
  if (value === undefined || /[\r\n]|: /.test(value) || !(isText || value.startsWith('{'))) {
    const example = isText ? '' : `, for example \`${verb}: ${yamlOf(schema.examples?.[0])}\``;
    return { rule: 'schema', message: `\`${verb}\` has to be followed by a colon and its value${example}.`, span };
  }
  const message = `A colon and a space are missing: write \`${newText}\`.`;
  return { rule: 'schema', message, span, replacement: writing(newText, span) };
}

/** Of a step without a verb it is said that it has none; that its other keys are of no use then is no mistake of its own. */
function withoutStrays(found: readonly SchemaProblem[], step: Mapping): readonly SchemaProblem[] {
  const keys = new Set(step.entries.map(({ key }) => key.span.start));
  return found.filter(({ span, replacement }) => replacement !== undefined || !keys.has(span.start));
}

function wrongVerbs(
  node: Mapping,
  verbs: ReturnType<typeof verbsOf>,
  found: readonly SchemaProblem[],
): readonly SchemaProblem[] {
  const [first, second] = verbs;
  if (first !== undefined && second !== undefined) {
    const message = `${oneOfThem}; this one is \`${first.key.value}\` and \`${second.key.value}\`. Make two steps of it.`;
    return [{ rule: 'schema', message, span: second.key.span }];
  }
  if (found.some(({ replacement }) => replacement !== undefined && isVerb(replacement.newText))) return none;
  const known = schemaAt('runbook', ['steps', '[]'])?.properties ?? {};
  const stray = node.entries.find((entry) => !Object.hasOwn(known, entry.key.value) && !entry.key.damaged);
  const span = stray?.key.span ?? node.entries[0]?.key.span ?? node.span;
  const message =
    stray === undefined ? `${oneOfThem}; this one is none.` : `${oneOfThem}; \`${stray.key.value}\` is none.`;
  return [{ rule: 'schema', message, span, missing: true }];
}

/** At most one finding a place, the first that is said; in the order of the places. */
function onePlaceOnce(problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  const seen = new Set<string>();
  const distinct = problems.filter(({ span }) => {
    const key = `${span.start} ${span.end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return distinct.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const none: readonly SchemaProblem[] = [];
const noNodes: readonly Node[] = [];

type Plain = string | null | readonly unknown[] | { readonly [key: string]: Plain };

/** The tree as the validators want it. The steps of a list of steps are checked one at a time, so only their number counts. */
function plainValue(node: Node | undefined): Plain {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.style === 'empty' ? null : node.value;
  if (node.kind === 'sequence') return node.items.map(plainValue);
  const object: Record<string, Plain> = {};
  for (let i = 0; i < node.entries.length; i++) {
    const { key, value: child } = node.entries[i] ?? {};
    if (key === undefined || Object.hasOwn(object, key.value)) continue;
    const steps = (key.value === 'steps' || key.value === 'parallel') && child?.kind === 'sequence';
    const value = steps ? child.items : plainValue(child);
    // To set this key would be to set what the object inherits.
    if (key.value === '__proto__') Object.defineProperty(object, key.value, { value, enumerable: true });
    else object[key.value] = value;
  }
  return object;
}
