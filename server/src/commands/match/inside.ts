import type { CommandInside, CommandUsage } from '../../model/commands.ts';
import { fitsPattern } from '../../model/pattern.ts';
import { parseYaml } from '../../syntax/parse.ts';
import type { Node } from '../../syntax/tree.ts';
import { type Field, fieldOf, part } from '../shell/words/field.ts';
import type { ShellText } from '../shell/words/text.ts';
import { roleIn } from '../table.ts';
import { type Bound, isFigure } from './bind.ts';
import type { GivenOption } from './words.ts';

/** Roles read out of the JSON or YAML that an option has for a value: `-p '{"spec":{"replicas":4}}'`. */
export function optionRoles(places: readonly CommandInside[], given: readonly GivenOption[]): readonly Bound[] {
  return places.flatMap(({ role, path, option }) => {
    const names = option?.value?.split('|') ?? [];
    return given
      .filter(({ option: { names: own } }) => own.some((one) => names.includes(one)))
      .flatMap(({ values }) => values)
      .flatMap((field) => {
        const name = roleIn(role.value) ?? '_';
        if (field.value === undefined) return isApart(field, path?.value ?? '') ? [] : [{ role: name, field }];
        return placesIn(field.value, path?.value ?? '').flatMap(({ start, end }) => {
          const own = part(field, start, end);
          return own === undefined ? [] : [{ role: name, field: own }];
        });
      });
  });
}

/** Whether what is not known of a value is text in quotes, and stands elsewhere than at the path: `{"date":"$(date)"}`. */
function isApart({ pieces }: Field, path: string): boolean {
  const text = pieces.map((piece) => piece.text ?? '\0').join('');
  if (!/^[^\0]*(?:["'][^"'{}\0]*\0[^"'{}\0]*["'][^\0]*)+$/.test(text)) return false;
  return placesIn(text.replaceAll('\0', '0'), path).length === 0;
}

/**
 * Roles read out of a here-document, which may hold several documents. Those that a variant calls harmless say nothing.
 * Where another one does not say everything, none is read: what it does is not known, so neither is what all do.
 */
export function inputRoles({ inside, variants }: CommandUsage, input: ShellText | undefined): readonly Bound[] {
  const wanted = inside.filter(({ option }) => option === undefined);
  if (wanted.length === 0 || input === undefined) return [];
  const found = documentsIn(input.text).map(({ text, from }) =>
    wanted.flatMap(({ role, path }): readonly Bound[] =>
      placesIn(text, path?.value ?? '').map(({ start, end }) => ({
        role: roleIn(role.value) ?? '_',
        field: fieldIn(input, from + start, from + end),
      })),
    ),
  );
  const harmless = variants.flatMap(({ effect, when }) => (effect?.value === 'none' ? when : []));
  const says = (bound: readonly Bound[]) =>
    !bound.some(({ role, field }) => role === '_' && harmless.some(({ value }) => fits(value, field.value)));
  const roles = wanted.map(({ role }) => roleIn(role.value) ?? '_');
  const isThere = (bound: readonly Bound[]) => (role: string) => bound.some((one) => one.role === role);
  const isWhole = (bound: readonly Bound[]) =>
    roles.every((role) => role === '_' || isFigure(role) || isThere(bound)(role)) &&
    (!roles.some(isFigure) || roles.filter(isFigure).some(isThere(bound)));
  const saying = found.filter(says);
  if (saying.length === 0) return found[0] ?? [];
  return saying.length === 1 || saying.every(isWhole) ? saying.flat() : [];
}

function fits(pattern: string | undefined, value: string | undefined): boolean {
  return pattern !== undefined && value !== undefined && fitsPattern(pattern, value);
}

/** The documents of a text, without empty ones. */
function documentsIn(text: string): readonly { readonly text: string; readonly from: number }[] {
  const documents: { readonly text: string; readonly from: number }[] = [];
  let from = 0;
  for (const { 0: line, index } of [...text.matchAll(/^---.*$/gm), { 0: '', index: text.length }]) {
    const own = text.slice(from, index);
    if (own.trim() !== '') documents.push({ text: own, from });
    from = index + line.length;
  }
  return documents;
}

function fieldIn(source: ShellText, from: number, to: number): Field {
  const hole = [...source.holes].find(([at]) => at >= from && at < to)?.[1];
  const text = hole === undefined ? source.text.slice(from, to) : hole.value;
  return fieldOf([{ text, why: hole?.why, from, to, exact: hole === undefined, origin: undefined }], source, true);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the values at a dotted path stand; JSON is read as the YAML that it is, and `a=1,b=2` like `{"a": 1, "b": 2}`.
 * A `*` stands for any key and for every item of a list, and a key may hold dots itself: `a.b` leads into `{"a.b": 1}` too.
 * Of several paths with a `|` between them the first that leads to something counts.
 */
function placesIn(text: string, path: string): readonly Stretch[] {
  for (const one of path.split('|')) {
    const found = placesAt(text, one);
    if (found.length > 0) return found;
  }
  return [];
}

function placesAt(text: string, path: string): readonly Stretch[] {
  const steps = path.split('.').filter((name) => name !== '');
  if (steps.length > 0 && /^[\w.-]+=/.test(text)) return placesInPairs(text, steps);
  return nodesAt(parseYaml(text).root, steps).flatMap((node) =>
    node.kind === 'scalar' && node.style !== 'empty' ? [node.span] : [],
  );
}

/** `key=value` pairs with commas between them; a value may be a list in brackets or stand in quotes. */
function placesInPairs(text: string, [step, ...rest]: readonly string[]): readonly Stretch[] {
  const pair = /([\w.-]+)=((?:\[[^\]]*\]|"[^"]*"|'[^']*'|[^,])*)(?:,|$)/g;
  for (const { 1: key, 2: value = '', index } of text.matchAll(pair)) {
    if (key !== step && step !== '*') continue;
    const from = index + (key?.length ?? 0) + 1;
    const isList = value.startsWith('[');
    // A value that is no list is a list of one.
    if (rest.length > 0 && !isList && rest.join('.') !== '*') return [];
    const inner =
      isList || /^["']/.test(value) ? placesIn(value, isList ? rest.join('.') : '') : [{ start: 0, end: value.length }];
    return inner.map(({ start, end }) => ({ start: from + start, end: from + end }));
  }
  return [];
}

function nodesAt(node: Node | undefined, steps: readonly string[]): readonly Node[] {
  const [step, ...rest] = steps;
  if (node === undefined) return [];
  if (step === undefined) return [node];
  if (node.kind === 'sequence') {
    const items = node.items.filter((_, index) => step === '*' || step === `${index}`);
    return items.flatMap((item) => nodesAt(item, rest));
  }
  if (node.kind !== 'mapping') return [];
  return node.entries.flatMap(({ key, value }) => {
    const keys = key.value.split('.');
    const leads = keys.every((name, index) => steps[index] === name || steps[index] === '*');
    return leads ? nodesAt(value, steps.slice(keys.length)) : [];
  });
}
