import type { CommandUsage } from '../../model/commands.ts';
import type { ParameterValues } from '../../model/parameters.ts';
import type { Scalar } from '../../syntax/tree.ts';
import { sortWords } from '../match/words.ts';
import type { Field } from '../shell/words/field.ts';
import { toolName } from '../shell/words/tool-name.ts';
import type { CommandTable, CompiledUsage } from '../table.ts';
import { leaves, literalOf, type UsageOption, type UsageWord } from '../usage/items.ts';
import { commandAt, cursor } from './complete.ts';

/** A usage line as it can be shown while a command is typed. */
interface CommandSignature {
  readonly tool: string;
  readonly usage: CommandUsage;
  /** Stretches of the usage line, each an option with its value or a word that stands for something. */
  readonly parameters: readonly UsageParameter[];
  /** The one that is being typed. */
  readonly active: number | undefined;
}

interface UsageParameter {
  readonly from: number;
  readonly to: number;
  /** What its value is taken for; undefined for a flag. */
  readonly role: string | undefined;
}

interface CommandSignatures {
  readonly signatures: readonly CommandSignature[];
  /** The one that fits best what is typed. */
  readonly active: number;
}

/** The usages of the command at an offset of the script's value; undefined where there is none, or the tool is still being typed. Never throws. */
export function signaturesAt(
  script: Scalar,
  valueOffset: number,
  table: CommandTable,
  values: ParameterValues,
): CommandSignatures | undefined {
  const text = valueOffset > script.value.length ? `${script.value} ` : script.value;
  const found = commandAt(text.slice(0, Math.max(0, valueOffset)) + cursor, table, values);
  if (found === undefined || found.at === 0) return undefined;
  const tool = toolName(found.words[0]?.value ?? '');
  const usages = table.usagesOf(tool) ?? [];
  const words = found.words.slice(1, found.at);
  const fitting = usages.filter((usage) => fits(usage, words));
  if (fitting.length === 0) return undefined;
  const signatures = fitting.map((usage) => signatureOf(tool, usage, words, found.typed));
  const said = fitting.map((usage) => saidLiterals(usage, words) * 100 + sortWords(words, usage).given.length);
  return { signatures, active: said.indexOf(Math.max(...said)) };
}

function saidLiterals({ literals }: CompiledUsage, words: readonly Field[]): number {
  return literals.filter((literal) => words.some(({ value }) => value === literal)).length;
}

/** Whether the operands so far may be the beginning of this usage. */
function fits(usage: CompiledUsage, words: readonly Field[]): boolean {
  const operands = sortWords(words, usage).operands.filter(({ behind }) => behind === undefined);
  return usage.literals.every((literal, i) => {
    const operand = operands[i]?.field;
    return operand === undefined || operand.value === literal || words.some(({ value }) => value === literal);
  });
}

function signatureOf(tool: string, compiled: CompiledUsage, words: readonly Field[], typed: string): CommandSignature {
  const { usage, items } = compiled;
  const line = usage.usage.value ?? '';
  const shown = [...leaves(items)].filter((leaf) => leaf.kind === 'option' || literalOf(leaf) === undefined);
  return {
    tool,
    usage,
    parameters: shown.map((leaf) => parameterOf(leaf, line)),
    active: activeIn(shown, compiled, words, typed),
  };
}

function parameterOf(leaf: UsageOption | UsageWord, line: string): UsageParameter {
  const parts = (leaf.kind === 'option' ? leaf.value : leaf.parts) ?? [];
  const role = parts.flatMap((part) => (part.kind === 'role' ? [part.role] : []))[0];
  if (leaf.kind === 'word' || leaf.value === undefined) return { from: leaf.from, to: leaf.to, role };
  // The value stands behind the names, with a blank or a sign between.
  const value = /^(?:\[?=|\s+)[^\s\])|]*/.exec(line.slice(leaf.to))?.[0].length ?? 0;
  return { from: leaf.from, to: leaf.to + value, role };
}

function activeIn(
  shown: readonly (UsageOption | UsageWord)[],
  compiled: CompiledUsage,
  words: readonly Field[],
  typed: string,
): number | undefined {
  const { given, operands } = sortWords(words, compiled);
  const last = given.at(-1);
  const awaits =
    last !== undefined && last.option.value !== undefined && !last.option.optional && last.word === words.at(-1);
  const named = typed.startsWith('-') ? compiled.options.get(typed.split('=', 1)[0] ?? '') : undefined;
  const option = awaits ? last?.option : named;
  if (option !== undefined) return indexOrNone(shown.indexOf(option));
  if (typed.startsWith('-')) {
    return indexOrNone(
      shown.findIndex((leaf) => leaf.kind === 'option' && leaf.names.some((name) => name.startsWith(typed))),
    );
  }
  const places = shown.filter((leaf) => leaf.kind === 'word');
  const before = operands.filter(({ behind }) => behind === undefined).length - saidLiterals(compiled, words);
  const place = places[Math.min(before, places.length - 1)];
  if (place === undefined || before < 0) return undefined;
  const repeated = place.parts.some((part) => part.kind === 'role' && part.repeated);
  return before < places.length || repeated ? shown.indexOf(place) : undefined;
}

function indexOrNone(index: number): number | undefined {
  return index < 0 ? undefined : index;
}
