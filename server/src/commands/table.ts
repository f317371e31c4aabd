import type { CommandTool, CommandUsage } from '../model/commands.ts';
import type { Leaf } from '../model/leaf.ts';
import { sourceSpan } from '../syntax/decoding/scalar-source.ts';
import type { Span } from '../syntax/span.ts';
import { toolName } from './shell/words/tool-name.ts';
import { checkUsage, signatureOf } from './usage/check.ts';
import {
  choicesIn,
  leaves,
  literalOf,
  operandItems,
  partsOf,
  type UsageItem,
  type UsageOption,
  type WordStart,
} from './usage/items.ts';
import { parseUsage, roles, type UsageMistake, unknownRole } from './usage/usage.ts';

/** Tools that are declared, made ready for matching. Tools are known by their name without a folder. */
export interface CommandTable {
  /** Every name under which a tool is declared, those of a user first. */
  readonly names: readonly string[];
  declares(name: string): boolean;
  /** The usages of a tool, those of a user first; undefined where it is not declared. */
  usagesOf(name: string): readonly CompiledUsage[] | undefined;
  /** Those of a user alone, which are there without reading anything. */
  ownUsagesOf(name: string): readonly CompiledUsage[] | undefined;
  /** What the fleet is of: its subsystems, its groups and their other names. */
  readonly served?: ReadonlySet<string>;
}

/** A usage line, read, with what matching needs at once. */
export interface CompiledUsage {
  readonly tool: CommandTool;
  readonly usage: CommandUsage;
  /** The user declared it: names in it that the fleet does not know are mistakes. */
  readonly strict: boolean;
  /** The user's declaration has a mistake, so that what its commands do cannot be told. */
  readonly isFlawed: boolean;
  readonly items: readonly UsageItem[];
  /** The items that are no options. */
  readonly operands: readonly UsageItem[];
  /** Options by each of their names, those of the tool and those that only decide a variant included. */
  readonly options: ReadonlyMap<string, UsageOption>;
  /** Literals that every command of this usage has. */
  readonly literals: readonly string[];
  /** Words of which each command of this usage has one; what cannot be told at a glance is left out. */
  readonly choices: readonly (readonly WordStart[])[];
  readonly roles: ReadonlySet<string>;
  /** Words before the carried command, options aside; undefined where there is none. */
  readonly wordsBeforeCommand: number | undefined;
  /** What it carries stands behind `--` and nowhere else; of a user's own usage that is not asked. */
  readonly needsDashes: boolean;
}

/** A declaration that commands cannot be matched with; the span is in the file that declares it. */
interface UsageProblem {
  readonly message: string;
  readonly span: Span;
  /** A spelling that mends it. */
  readonly replacement?:
    | { readonly title: string; readonly span: Span; readonly newText: string; readonly spelling: boolean }
    | undefined;
}

/** Reads the usage lines of the tools that a user declares. Usages with mistakes are kept as far as they could be read. */
export function compileTools(tools: readonly CommandTool[]): {
  readonly table: CommandTable;
  readonly problems: readonly UsageProblem[];
} {
  const byName = new Map<string, readonly CompiledUsage[]>();
  const problems: UsageProblem[] = [];
  for (const tool of tools) {
    const usages = compileTool(tool, true, problems);
    for (const name of namesOf(tool)) byName.set(name, [...(byName.get(name) ?? []), ...usages]);
  }
  return { table: tableOf(byName), problems };
}

function tableOf(byName: ReadonlyMap<string, readonly CompiledUsage[]>): CommandTable {
  return {
    names: [...byName.keys()],
    declares: (name) => byName.has(name),
    usagesOf: (name) => byName.get(name),
    ownUsagesOf: (name) => byName.get(name),
  };
}

/** The names under which a tool is called, each without a folder. */
function namesOf({ tool, aliases }: CommandTool): readonly string[] {
  const names = [tool, ...aliases].map(({ value }) => toolName(value ?? ''));
  return [...new Set(names)].filter((name) => name !== '');
}

/** Reads the usage lines of one tool; `strict` where a user declares it, which is then checked too. */
export function compileTool(tool: CommandTool, strict: boolean, problems: UsageProblem[]): readonly CompiledUsage[] {
  const globals = tool.globals.flatMap((global) => globalOption(global, problems));
  const signatures = new Set<string>();
  return tool.usages.flatMap((usage) => {
    const compiled = compileUsage(tool, usage, strict, globals, problems);
    if (compiled === undefined) return [];
    if (!strict) return [compiled];
    const signature = signatureOf(compiled.items);
    if (signatures.has(signature)) {
      const message = `Another usage of \`${tool.tool.value ?? ''}\` takes the same commands, so this one is never used. Remove one of the two.`;
      problems.push({ message, span: usage.usage.span });
    }
    signatures.add(signature);
    return [compiled];
  });
}

/** The literals with which its commands begin, as one text. */
export function verbOf(compiled: CompiledUsage): string {
  return compiled.literals.join(' ');
}

function compileUsage(
  tool: CommandTool,
  usage: CommandUsage,
  strict: boolean,
  globals: readonly UsageOption[],
  problems: UsageProblem[],
): CompiledUsage | undefined {
  const text = usage.usage.value ?? usage.usage.scalar.value;
  const everything = usage.allIf.flatMap(({ value }) => value ?? []);
  const { items, mistakes } = parseUsage(text, everything);
  const inside = usage.inside.map(({ role }) => roleIn(role.value) ?? '_');
  if (strict) {
    const [first] = items;
    const isTool = first?.kind === 'word' && literalOf(first) === toolName(tool.tool.value ?? '');
    if (isTool) {
      const message = `A usage line begins behind the name of its tool. Leave \`${literalOf(first)}\` out.`;
      tell([{ message, from: first.from, to: first.to }], usage.usage, problems);
    }
    const further = mistakes.length > 0 ? [] : checkUsage(items, text, usage.effect?.value, inside);
    tell([...mistakes, ...further], usage.usage, problems);
    checkFurtherRoles(usage, problems);
  }
  if (items.length === 0) return undefined;
  const options = new Map<string, UsageOption>();
  for (const option of conditions(usage)) for (const name of option.names) options.set(name, option);
  for (const option of globals) for (const name of option.names) options.set(name, option);
  const found = new Set<string>();
  for (const leaf of leaves(items)) {
    if (leaf.kind === 'option') for (const name of leaf.names) options.set(name, leaf);
    for (const part of partsOf(leaf)) if (part.kind === 'role') found.add(part.role);
  }
  for (const role of inside) found.add(role);
  const literals = items.flatMap((item) => literalOf(item) ?? []).filter((literal) => literal !== '--');
  const isQuiet = usage.effect?.value === 'none' && usage.variants.length === 0;
  const isFlawed = strict && (!usage.isRead || (mistakes.length > 0 && !isQuiet));
  return {
    ...{ tool, usage, strict, isFlawed, items, operands: operandItems(items), options, literals, roles: found },
    choices: choicesIn(items),
    wordsBeforeCommand: wordsBeforeCommand(items),
    needsDashes: !strict && items.some((item) => literalOf(item) === '--'),
  };
}

/** The place of a role's name in `<count>`; undefined where it has no such form. */
export function roleIn(text: string | undefined): string | undefined {
  return /^<([\w]+)(?:\.\.\.)?>$/.exec(text ?? '')?.[1];
}

/** Options that the usage names only to decide something, as flags that may have a value behind `=`. */
function conditions(usage: CommandUsage): readonly UsageOption[] {
  const said = [...usage.allIf, ...usage.dryRunIf, ...usage.unguardedIf, ...usage.variants.flatMap(({ when }) => when)];
  return said.flatMap(({ value = '' }) => {
    const name = value.split('=', 1)[0] ?? '';
    const role = [{ kind: 'role', role: '_', repeated: false }] as const;
    return name.startsWith('-')
      ? name
          .split('|')
          .map((one) => ({ kind: 'option', names: [one], value: role, optional: true, from: 0, to: 0 }) as const)
      : [];
  });
}

function globalOption(global: Leaf<string>, problems: UsageProblem[]): readonly UsageOption[] {
  const text = global.value ?? global.scalar.value;
  const { items, mistakes } = parseUsage(text);
  tell(mistakes, global, problems);
  const options = [...leaves(items)].filter((leaf) => leaf.kind === 'option');
  if (options.length === 0 && mistakes.length === 0) {
    const message = `\`${text}\` is no option. A global is written as \`-n|--namespace <_>\`.`;
    problems.push({ message, span: global.span });
  }
  return options;
}

function wordsBeforeCommand(items: readonly UsageItem[]): number | undefined {
  let words = 0;
  for (const item of items) {
    if (item.kind === 'optional') {
      if (wordsBeforeCommand(item.items) !== undefined) return words;
    } else if (item.kind === 'word') {
      if (item.parts.some((part) => part.kind === 'role' && part.role === 'command' && part.repeated)) return words;
      if (literalOf(item) !== '--') words += 1;
    } else if (item.kind === 'choice' && item.branches.some((branch) => branch[0]?.kind === 'word')) words += 1;
  }
  return undefined;
}

function tell(mistakes: readonly UsageMistake[], leaf: Leaf<string>, problems: UsageProblem[]): void {
  for (const { message, from, to, meant } of mistakes) {
    const span = sourceSpan(leaf.scalar, from, to);
    const replacement = meant && {
      ...{ title: `Did you mean \`${meant.text}\`?`, span, newText: meant.text, spelling: meant.certain },
    };
    problems.push(replacement === undefined ? { message, span } : { message, span, replacement });
  }
}

/** Roles that stand elsewhere than in the usage line. */
function checkFurtherRoles({ undo, inside, speed }: CommandUsage, problems: UsageProblem[]): void {
  const batch = speed !== undefined && 'batch' in speed ? speed.batch : undefined;
  for (const leaf of [undo, ...inside.map(({ role }) => role), batch]) {
    if (leaf === undefined) continue;
    for (const { 1: name = '', index } of (leaf.value ?? '').matchAll(/<([^<>\s.]+)(?:\.\.\.)?>/g)) {
      if (roles.includes(name)) continue;
      tell([{ ...unknownRole(name), from: index + 1, to: index + 1 + name.length }], leaf, problems);
    }
  }
}
