import type { Obstacle } from '../action.ts';
import { type Field, placeOf, unknownIn } from '../shell/words/field.ts';
import type { ShellText } from '../shell/words/text.ts';
import type { CompiledUsage } from '../table.ts';
import type { UsageItem, UsageOption } from '../usage/items.ts';
import { type Bound, bindParts } from './bind.ts';
import { inputRoles, optionRoles } from './inside.ts';
import { matchOperands, type OperandMatch } from './operands.ts';
import { slippedOption } from './slips.ts';
import { type GivenOption, type Operand, type SortedWords, sortWords } from './words.ts';

/** A command and the usage that it fits. */
export interface Match {
  readonly usage: CompiledUsage;
  readonly bound: readonly Bound[];
  readonly given: readonly GivenOption[];
  /** The verb; empty where the usage has none. */
  readonly literals: readonly Field[];
  readonly carried: readonly Field[];
  /** Why the fit is in doubt. */
  readonly obstacle: Obstacle | undefined;
}

interface Candidate {
  readonly usage: CompiledUsage;
  readonly words: SortedWords;
  readonly operands: OperandMatch;
  readonly obstacle: Obstacle | undefined;
  /** A word behind an option that is not declared, for which this usage would have a place. */
  readonly doubt: Operand | undefined;
  readonly score: number;
}

/** The usage that fits the words behind a tool best; undefined where none has their verb. */
export function matchUsage(
  words: readonly Field[],
  usages: readonly CompiledUsage[],
  input: ShellText | undefined,
): Match | undefined {
  const typed = new Set(words.map(({ value }) => value));
  let best: Candidate | undefined;
  const doubted: Candidate[] = [];
  const slipped: Candidate[] = [];
  for (const usage of usages) {
    if (!mayFit(usage, typed)) continue;
    const candidate = fit(words, usage);
    if (candidate === undefined) continue;
    if (best === undefined || candidate.score > best.score) best = candidate;
    if (candidate.doubt !== undefined) doubted.push(candidate);
    if (candidate.obstacle?.slip !== undefined) slipped.push(candidate);
  }
  if (best === undefined) return undefined;
  const { usage, operands } = best;
  const obstacle = best.obstacle ?? otherSlip(best, slipped) ?? otherDoubt(best, doubted);
  const { given, carried } = best.words;
  const values = given.flatMap((option) => valuesOf(option));
  const { inside: places } = usage.usage;
  const inside = places.length === 0 ? [] : [...optionRoles(places, given), ...inputRoles(usage.usage, input)];
  return {
    usage,
    given,
    carried,
    obstacle,
    literals: operands.literals,
    bound: [...operands.bound, ...values, ...inside],
  };
}

/** Whether the words that a usage cannot do without are there; most usages are ruled out by this. */
function mayFit({ literals, choices, needsDashes }: CompiledUsage, typed: ReadonlySet<string | undefined>): boolean {
  if (needsDashes && !typed.has('--')) return false;
  if (!literals.every((literal) => typed.has(literal))) return false;
  return choices.every((starts) =>
    starts.some(({ text, whole }) => typed.has(text) || (!whole && [...typed].some((word) => word?.startsWith(text)))),
  );
}

function fit(words: readonly Field[], usage: CompiledUsage): Candidate | undefined {
  const sorted = sortWords(words, usage);
  const certain = sorted.operands.filter(({ behind }) => behind === undefined);
  const plain = matchOperands(usage.operands, fieldsOf(certain));
  const complete = plain !== undefined && plain.missing === undefined && plain.used === certain.length;
  const doubtful = sorted.operands.filter(({ behind }) => behind !== undefined);
  let operands = plain;
  let total = certain.length;
  let doubt = usage.wordsBeforeCommand === undefined ? undefined : doubtful[0];
  for (const operand of doubtful) {
    const others = sorted.operands.filter((other) => other.behind === undefined || other === operand);
    const withIt = matchOperands(usage.operands, fieldsOf(others));
    if (withIt === undefined || withIt.used < others.length) continue;
    const isVerb = withIt.literals.includes(operand.field);
    if (withIt.missing !== undefined && !isVerb) continue;
    if (isVerb && plain === undefined) {
      operands = withIt;
      total = others.length;
    } else if (!isVerb && (!complete || withIt.missing === undefined)) {
      doubt ??= operand;
      if (!complete) {
        operands = withIt;
        total = others.length;
      }
    }
  }
  if (operands === undefined) return undefined;
  const missing = missingOption(usage.items, sorted.given);
  const odd = unusable(sorted.given);
  const obstacle =
    slippedOption(sorted, usage, missing) ??
    doubtOf(doubt) ??
    misfit(words, usage, sorted, operands, total, missing, odd);
  const fits = operands.missing === undefined && operands.used === total && missing === undefined && odd === undefined;
  // What is known to be harmless is that in its own form alone.
  if (!fits && usage.usage.effect?.value === 'none' && usage.usage.variants.length === 0) return undefined;
  const score =
    operands.literals.length * 10_000 + (fits ? 5000 : 0) - sorted.unknownOptions.length * 10 + sorted.given.length;
  return { usage, words: sorted, operands, obstacle, doubt, score };
}

/** Another usage of the same verb may be meant, where a word behind an option that neither declares is no value of it. */
function otherDoubt({ words, operands }: Candidate, doubted: readonly Candidate[]): Obstacle | undefined {
  const other = doubted.find(({ doubt, operands: others }) => {
    const option = doubt?.behind;
    const isUnknown = option !== undefined && words.unknownOptions.includes(option);
    return isUnknown && others.literals.length === operands.literals.length;
  });
  return doubtOf(other?.doubt);
}

/** An option that this usage does not know is a slip away from one that another usage of the same verb has. */
function otherSlip({ words, operands }: Candidate, slipped: readonly Candidate[]): Obstacle | undefined {
  if (words.unknownOptions.length === 0) return undefined;
  return slipped.find(({ operands: others }) => others.literals.length === operands.literals.length)?.obstacle;
}

/** Where a word stands behind an unknown option: it may be its value or a word of the command's own. */
function doubtOf(operand: Operand | undefined): Obstacle | undefined {
  const option = operand?.behind;
  if (option === undefined) return undefined;
  return { span: placeOf(option), why: `whether \`${option.value ?? ''}\` takes a value is not declared` };
}

function fieldsOf(operands: SortedWords['operands']): readonly Field[] {
  return operands.map(({ field }) => field);
}

/** The values of an option, by their roles. */
function valuesOf({ option, values }: GivenOption): readonly Bound[] {
  const { value } = option;
  return value === undefined ? [] : values.flatMap((field) => bindParts(value, field) ?? []);
}

function misfit(
  words: readonly Field[],
  usage: CompiledUsage,
  sorted: SortedWords,
  operands: OperandMatch,
  total: number,
  missing: UsageOption | undefined,
  odd: Obstacle | undefined,
): Obstacle | undefined {
  const verb = operands.literals.at(-1) ?? words[0];
  if (operands.used < total) {
    const extra = sorted.operands.find(
      ({ field }) => !operands.literals.includes(field) && !operands.bound.some((bound) => holds(field, bound)),
    )?.field;
    const hole = extra && unknownIn(extra);
    if (hole !== undefined) return hole;
    if (extra !== undefined) {
      const why = `no usage declares what \`${extra.value}\` is here`;
      return { span: placeOf(extra), why, advice: 'Leave it out, or declare it.' };
    }
  }
  const lacks = [...lackingWord(operands), ...lackingOption(missing)];
  if (lacks.length > 0 && verb !== undefined)
    return { span: placeOf(verb), why: `${lacks.join(' and ')} ${lacks.length > 1 ? 'are' : 'is'} missing` };
  return twice(sorted.given) ?? odd ?? hiddenOption(sorted, usage);
}

function lackingWord({ missing }: OperandMatch): readonly string[] {
  if (missing === undefined) return [];
  const word = missing.parts.map((item) => (item.kind === 'role' ? `<${item.role}>` : item.text)).join('');
  return [word === '<_>' ? 'a word' : `\`${word.replace('<_>/', '')}\``];
}

/** Of two long names either is meant; a short one only stands for the long one. */
function lackingOption(missing: UsageOption | undefined): readonly string[] {
  if (missing === undefined) return [];
  const long = missing.names.filter((name) => name.startsWith('--'));
  const names = long.length > 1 ? long : missing.names.slice(-1);
  return [names.map((name) => `\`${name}\``).join(' or ')];
}

function holds(field: Field, bound: Bound): boolean {
  return bound.field === field || bound.field.pieces[0]?.from === field.pieces[0]?.from;
}

/** The first option that every command of the usage has and this one has not. */
function missingOption(items: readonly UsageItem[], given: readonly GivenOption[]): UsageOption | undefined {
  for (const item of items) {
    if (item.kind === 'option' && !given.some(({ option }) => option === item)) return item;
    if (item.kind === 'choice') {
      const lacking = item.branches.map((branch) => missingOption(branch, given));
      if (lacking.every((option) => option !== undefined)) return lacking[0];
    }
  }
  return undefined;
}

/** An option with a value that is given two of them: which one counts is the tool's own affair. */
function twice(given: readonly GivenOption[]): Obstacle | undefined {
  if (!given.some(({ option }, i) => given.findIndex((other) => other.option === option) < i)) return undefined;
  const fitting = given.filter(fitsForm);
  for (const [index, one] of fitting.entries()) {
    if (!matters(one.option)) continue;
    const others = fitting.slice(0, index).filter(({ option }) => option === one.option);
    if (others.every((other) => isSame(other, one) || namesAnother(other, one))) continue;
    return { span: one.nameSpan, why: `\`${one.name}\` is given twice`, advice: 'Give it once.' };
  }
  return undefined;
}

function isSame(a: GivenOption, b: GivenOption): boolean {
  return a.values[0]?.value === b.values[0]?.value;
}

/** `--scale web=4 --scale api=2`: each of the values begins with a name of its own. */
function namesAnother(a: GivenOption, b: GivenOption): boolean {
  const [one = [], other = []] = [valuesOf(a), valuesOf(b)];
  const [name, otherName] = [one[0]?.field.value, other[0]?.field.value];
  return one.length > 1 && name !== undefined && otherName !== undefined && name !== otherName;
}

/** Whether a second value of the option would say something else: not of a list, nor of what decides nothing (`ssh -o`). */
function matters({ value = [], again = false }: UsageOption): boolean {
  return (
    !again &&
    value.some((item) => item.kind === 'role' && item.role !== '_' && item.role !== 'environment') &&
    !value.some((item) => item.kind === 'role' && item.repeated)
  );
}

/** An option without the value that it needs, or with one of another form. */
function unusable(given: readonly GivenOption[]): Obstacle | undefined {
  for (let i = 0; i < given.length; i++) {
    const one = given[i];
    if (one?.option.value === undefined) continue;
    const { option, values, name, nameSpan } = one;
    if (values.length === 0 && !option.optional) return { span: nameSpan, why: `\`${name}\` has no value` };
    if (fitsForm(one)) continue;
    if (isKeyed(option) && given.some((other) => other.option === option && fitsForm(other))) continue;
    const odd = values.find((field) => bindParts(option.value ?? [], field) === undefined);
    if (odd !== undefined) return { span: placeOf(odd), why: `\`${odd.value}\` has not the form that is declared` };
  }
  return undefined;
}

/** Its values begin with a key, `--set replicaCount=<count>`, so that those with other keys say other things. */
function isKeyed({ value = [] }: UsageOption): boolean {
  return value[0]?.kind === 'literal' && value.length > 1;
}

/** Whether the values of the option have the form that is declared; of one with a key, any. */
function fitsForm({ option, values }: GivenOption): boolean {
  const form = option.value ?? [];
  const isOne = isKeyed(option);
  for (let i = 0; i < values.length; i++) {
    const field = values[i];
    if (field !== undefined && (bindParts(form, field) !== undefined) === isOne) return isOne;
  }
  return !isOne;
}

/** An option whose text is not known may be any option. */
function hiddenOption(sorted: SortedWords, usage: CompiledUsage): Obstacle | undefined {
  for (const word of sorted.unknownOptions) {
    const text = word.pieces[0]?.text ?? '';
    if (word.value !== undefined || text.includes('=')) continue;
    if ([...usage.options.keys()].some((name) => name.startsWith(text))) return unknownIn(word);
  }
  return undefined;
}
