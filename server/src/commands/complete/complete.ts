import type { CommandUsage, HostsNotation } from '../../model/commands.ts';
import type { ParameterValues } from '../../model/parameters.ts';
import { sourceSpan } from '../../syntax/decoding/scalar-source.ts';
import type { Span } from '../../syntax/span.ts';
import type { Scalar } from '../../syntax/tree.ts';
import { sortWords } from '../match/words.ts';
import { readShell } from '../shell/shell.ts';
import type { ShellCommand } from '../shell/state/command.ts';
import { type Field, textOfFields } from '../shell/words/field.ts';
import { toolName } from '../shell/words/tool-name.ts';
import { type CommandTable, type CompiledUsage, verbOf } from '../table.ts';
import { shortUsage, type UsageOption, type UsagePart } from '../usage/items.ts';
import { nextWords, roleAfter } from './complete-next.ts';

/** What can stand at a place in a script. */
interface CommandCompletion {
  /** The word, or the part of it, that an item takes the place of. */
  readonly replace: Span;
  /** Tools, verbs and options; names and figures of the fleet are the caller's, by `role`. */
  readonly items: readonly CompletionItem[];
  /** What the usage takes a value at this place for: `subsystem`, `count`, … Undefined where it takes none. */
  readonly role: string | undefined;
  /** How the tool wants hosts written. */
  readonly notation: HostsNotation | undefined;
  /** What is typed already of what is replaced. */
  readonly typed: string;
  /** The usage that speaks of the role. */
  readonly usage: CommandUsage | undefined;
}

export interface CompletionItem {
  readonly label: string;
  readonly detail: string;
  readonly kind: 'tool' | 'verb' | 'option';
  readonly insert: string;
}

/** Stands for the cursor; it means nothing to a shell. */
export const cursor = '\uE002';

/**
 * What can stand at an offset of the script's value. Undefined where the place is in no command. Never throws.
 * An offset behind the value's end stands for as many blanks, which YAML takes from a plain value.
 */
export function completionAt(
  script: Scalar,
  valueOffset: number,
  table: CommandTable,
  values: ParameterValues,
): CommandCompletion | undefined {
  const blanks = Math.max(0, valueOffset - script.value.length);
  const text = blanks === 0 ? script.value : `${script.value} `;
  const offset = Math.max(0, Math.min(valueOffset, text.length));
  const found = commandAt(text.slice(0, offset) + cursor, table, values);
  if (found === undefined) return undefined;
  const { words, at, typed } = found;
  // In a range of hosts the word goes on behind a comma, up to its bracket.
  const isInRange = typed.lastIndexOf('[') > typed.lastIndexOf(']');
  const word = isInRange ? /^[\w,/-]*\]?/ : /^[\p{L}\p{M}\p{N}_./:%@-]*/u;
  const rest = word.exec(text.slice(offset))?.[0].length ?? 0;
  const behind = script.span.end + blanks;
  const replacing = (length: number) =>
    blanks > 0 ? { start: behind, end: behind } : sourceSpan(script, offset - length, offset + rest);
  if (at === 0) {
    const nothing = { role: undefined, usage: undefined, notation: undefined };
    return { replace: replacing(typed.length), items: tools(table), typed, ...nothing };
  }
  const usages = table.usagesOf(toolName(words[0]?.value ?? '')) ?? [];
  const all = usages.flatMap((usage) => offerOf(usage, words.slice(1, at), typed));
  const awaiting = all.filter(({ awaits }) => awaits);
  const offers = awaiting.length > 0 ? awaiting : all;
  const withRole =
    offers.find(({ role }) => role !== undefined && role.name !== '_') ?? offers.find(({ role }) => role);
  const notation = withRole?.notation;
  const begun = typed.slice(typed.length - (withRole?.role?.typed ?? typed.length));
  const own = withRole?.role === undefined ? begun : lastPiece(begun, withRole.role.name, notation);
  // What changes capacity first: it is what a runbook is about.
  const isHarmless = ({ usage }: Offer) => usage.effect?.value === 'none' && usage.variants.length === 0;
  const sorted = [...offers.filter((offer) => !isHarmless(offer)), ...offers.filter(isHarmless)];
  const items = distinct(sorted.flatMap((offer) => offer.items));
  return {
    replace: replacing(own.length),
    // Words first: there are more options than anybody looks for.
    items: [...items.filter(({ kind }) => kind !== 'option'), ...items.filter(({ kind }) => kind === 'option')],
    role: withRole?.role?.name,
    notation,
    typed: own,
    usage: withRole?.usage,
  };
}

/** The part of a list that is being typed: behind the last comma that is not in brackets, or the last colon of Ansible. */
function lastPiece(typed: string, role: string, notation: HostsNotation = 'nodeset'): string {
  if (role === 'selector') return typed.slice(typed.lastIndexOf(',') + 1);
  if (!listed.has(role) || notation === 'glob' || notation === 'regex') return typed;
  const separators = notation === 'ansible' ? ',:&!' : notation === 'nodeset' ? ',!&^' : ',';
  let from = 0;
  let depth = 0;
  for (const [at, char] of [...typed].entries()) {
    if (char === '[') depth += 1;
    else if (char === ']') depth -= 1;
    else if (depth <= 0 && separators.includes(char)) from = at + 1;
  }
  return typed.slice(from);
}

/** Roles of which a word may hold several. */
const listed: ReadonlySet<string> = new Set(['hosts', 'target', 'except']);

/** A command in which the cursor stands. */
interface CommandWithCursor {
  readonly words: ShellCommand['words'];
  readonly at: number;
  /** The word up to the cursor. */
  readonly typed: string;
}

/** The command at the end of a text that ends with `cursor`; undefined where it stands in none. */
export function commandAt(text: string, table: CommandTable, values: ParameterValues): CommandWithCursor | undefined {
  let found: CommandWithCursor | undefined;
  const visit = (command: ShellCommand) => {
    const carried = carriedWith(command, table);
    if (carried !== undefined) {
      command.carry(textOfFields(carried), visit);
      if (found !== undefined) return;
    }
    const at = command.words.findIndex(({ value }) => value?.includes(cursor));
    const word = command.words[at]?.value;
    if (word !== undefined && found === undefined) {
      found = { words: command.words, at, typed: word.slice(0, word.indexOf(cursor)) };
    }
  };
  readShell(text, values, (start, end) => ({ start, end }), {
    isDeclared: (tool) => table.declares(tool),
    listingOf: () => undefined,
    visit,
    choose: (ways) => {
      for (const way of ways) way();
    },
    turnForAll: (turn) => turn(),
  });
  return found;
}

/** The words of a carried command in which the cursor stands. */
function carriedWith(command: ShellCommand, table: CommandTable): readonly Field[] | undefined {
  const usages = table.usagesOf(toolName(command.words[0]?.value ?? ''));
  for (const usage of usages ?? []) {
    if (usage.wordsBeforeCommand === undefined) continue;
    const { carried, operands } = sortWords(command.words.slice(1), usage);
    const own = operands.filter(({ behind }) => behind === undefined).map(({ field }) => field);
    if (nextWords(usage.items, own) === undefined) continue;
    if (carried.some(({ value }) => value?.includes(cursor))) return carried;
  }
  return undefined;
}

function tools(table: CommandTable): readonly CompletionItem[] {
  return table.names.map((name) => {
    const verbs = [...new Set(table.ownUsagesOf(name)?.map(verbOf))].filter((verb) => verb !== '');
    return { label: name, detail: verbs.join(', '), kind: 'tool', insert: name };
  });
}

interface Offer {
  readonly usage: CommandUsage;
  readonly notation: HostsNotation | undefined;
  readonly items: readonly CompletionItem[];
  /** An option stands before it that needs a value. */
  readonly awaits: boolean;
  /** A role and how many characters of its value are typed already. */
  readonly role: { readonly name: string; readonly typed: number } | undefined;
}

/** What one usage has to offer behind the words; nothing where they are not its own. */
function offerOf(compiled: CompiledUsage, before: ShellCommand['words'], typed: string): readonly Offer[] {
  const { usage, tool, options, items } = compiled;
  const notation = usage.hostsNotation?.value ?? tool.hostsNotation?.value;
  const sorted = sortWords(before, compiled);
  const next = nextWords(
    items,
    sorted.operands.filter(({ behind }) => behind === undefined).map(({ field }) => field),
  );
  if (next === undefined) return [];
  const last = sorted.given.at(-1);
  const value = last?.option.value;
  const awaited = value !== undefined && last?.option.optional === false && last.word === before.at(-1);
  const repeated = value?.some((part) => part.kind === 'role' && part.repeated) === true;
  if (value !== undefined && (awaited || (repeated && last?.values.at(-1) === before.at(-1)))) {
    return [{ usage, notation, items: [], awaits: awaited, role: roleAfter(value, typed) }];
  }
  const named = optionIn(typed, options);
  if (named?.option.value !== undefined)
    return [
      { usage, notation, items: [], awaits: true, role: roleAfter(named.option.value, typed.slice(named.length)) },
    ];
  const used = new Set(sorted.given.map(({ option }) => option));
  const unused = [...new Set(options.values())].filter((option) => !used.has(option)).map(optionItem);
  if (typed.startsWith('-')) return [{ usage, notation, items: unused, awaits: false, role: undefined }];
  const verbs = next.flatMap(({ literal, parts }) => literal ?? beginningOf(parts, typed) ?? []);
  const detail = shortUsage(usage.usage.value);
  const words = verbs.map((verb) => ({ label: verb, detail, kind: 'verb', insert: verb }) as const);
  const begun = compiled.literals.every((literal) => before.some((field) => field.value === literal));
  const found = next.flatMap(({ parts }) => (parts === undefined ? [] : (roleAfter(parts, typed) ?? [])));
  const role = found.find(({ name }) => name !== '_') ?? found[0];
  return [{ usage, notation, items: [...words, ...(begun ? unused : [])], awaits: false, role }];
}

/** The option in a half-typed word that holds its value too, and how far it goes: `--count=4`, `-n4`. */
function optionIn(typed: string, options: CompiledUsage['options']) {
  const equals = typed.indexOf('=');
  const long = equals > 0 ? options.get(typed.slice(0, equals)) : undefined;
  if (long !== undefined) return { option: long, length: equals + 1 };
  const short = /^-[A-Za-z]./.test(typed) ? options.get(typed.slice(0, 2)) : undefined;
  const isOther = [...options.keys()].some((name) => name.startsWith(typed));
  return short === undefined || isOther ? undefined : { option: short, length: 2 };
}

/** What stands before the value of a word like `NodeName=<hosts>`, until it is typed. */
function beginningOf(parts: readonly UsagePart[] | undefined, typed: string): string | undefined {
  const [first] = parts ?? [];
  return first?.kind === 'literal' && first.text.endsWith('=') && !typed.startsWith(first.text)
    ? first.text
    : undefined;
}

function optionItem(option: UsageOption): CompletionItem {
  const label = option.names.reduce((a, b) => (b.length > a.length ? b : a), '');
  const role = option.value?.map((part) => (part.kind === 'role' ? `<${part.role}>` : part.text)).join('');
  const others = option.names.filter((name) => name !== label).join(', ');
  const detail = [others, option.optional ? '' : role].filter((text) => text !== '' && text !== undefined).join(' ');
  return { label, detail, kind: 'option', insert: label };
}

function distinct(items: readonly CompletionItem[]): readonly CompletionItem[] {
  return [...new Map(items.map((item) => [`${item.kind} ${item.label}`, item])).values()];
}
